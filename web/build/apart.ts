import { build, type Rolldown } from 'vite';

/** Builds a program that runs beside the app as one script without imports; told is passed to it as __NAME__. */
export async function scriptOf(file: string, told: Record<string, unknown>): Promise<string> {
  const define = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, JSON.stringify(value)]));
  const input = { configFile: false as const, logLevel: 'warn' as const, define, publicDir: false as const };
  const built = await build({ ...input, build: { write: false, target: 'es2023', modulePreload: false, rolldownOptions: { input: file, output: { format: 'iife' } } } });
  return (built as Rolldown.RolldownOutput).output[0].code;
}

/** The files of chunks, and of everything that they load at once. */
export function filesOf(chunks: Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk) => {
    if (files.has(`/${chunk.fileName}`)) return;
    files.add(`/${chunk.fileName}`);
    chunk.viteMetadata?.importedCss.forEach((name) => files.add(`/${name}`));
    for (const name of chunk.imports) {
      const file = bundle[name];
      if (file?.type === 'chunk') add(file);
    }
  };
  chunks.forEach(add);
  return [...files];
}

/** The chunk that one of the app's own files is built into. */
export function chunkOf(file: string, bundle: Rolldown.OutputBundle): Rolldown.OutputChunk | undefined {
  return Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(`/${file}`)) as Rolldown.OutputChunk | undefined;
}

/** A regular expression for the paths that a pattern of paths.json matches. */
export const pathOf = (pattern: string) => `^${pattern.replace(/:\w+/g, '[^/.]+')}$`;
