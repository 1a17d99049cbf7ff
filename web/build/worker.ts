import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';

/** What is there without the hub, besides what index.html loads: one's own page, and the words in each language. */
const offline = [/src\/pages\/me\/page\.tsx$/, /src\/words\/\w+\/(app|schema)\.json$/];

/** Builds the service worker beside the app, at an address that stays, and tells it what the shell of this build is. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: 'index.html', worker: 'worker/worker.ts' },
          output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
        },
      },
    }),
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const worker = chunks.find(({ fileName }) => fileName === 'worker.js')!;
      const index = chunks.find(({ name, isEntry }) => isEntry && name === 'index')!;
      if (worker.imports.length > 0) throw new Error('The service worker has to be one file');
      const files = filesOf([index, ...chunks.filter(({ facadeModuleId }) => offline.some((module) => module.test(facadeModuleId ?? '')))], bundle);
      const cache = `shell-${createHash('sha256').update(Object.keys(bundle).toSorted().join('\n')).digest('hex').slice(0, 12)}`;
      const shell = { cache, entry: index.fileName, files: files.map((name) => `/${name}`), pages: pages() };
      worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify(shell));
    },
  };
}

/** The files of chunks, and of all that they load at once. */
function filesOf(chunks: Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk) => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    chunk.viteMetadata?.importedCss.forEach((name) => files.add(name));
    for (const name of chunk.imports) {
      const file = bundle[name];
      if (file?.type === 'chunk') add(file);
    }
  };
  chunks.forEach(add);
  return [...files];
}

/** An expression for the paths of the app's pages. */
function pages(): string {
  const patterns = Object.values(JSON.parse(readFileSync('src/paths.json', 'utf8')) as Record<string, string>);
  return `^(${patterns.map((pattern) => pattern.replace(/:\w+/g, '[^/]+')).join('|')})$`;
}
