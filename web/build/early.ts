import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';
import { folderOf, paths } from '../src/paths.ts';
import { languages } from '../src/words/languages.ts';
import { chunkOf, filesOf, pathOf, scriptOf } from './apart.ts';
import { operations } from './operations.ts';

/** Puts early/early.ts before the app, and tells it the files of the words and the pages, and the hashes of the first operations. */
export function early(): Plugin {
  let fileName = '';
  return {
    name: 'early',
    apply: 'build',
    async generateBundle(_, bundle) {
      const source = await scriptOf('early/early.ts', { __FIRST__: first(bundle) });
      fileName = `assets/early-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName, source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => (fileName ? [{ tag: 'script', attrs: { async: true, fetchpriority: 'high', src: `/${fileName}` }, injectTo: 'head-prepend' }] : []),
    },
  };
}

/** What can be loaded early, without what index.html loads itself. */
function first(bundle: Rolldown.OutputBundle) {
  const there = new Set(filesOf([chunkOf('index.html', bundle)!], bundle));
  const { Home, Tasks } = operations(); // those in src/pages/first.ts
  const besides = (...files: string[]) =>
    filesOf(files.flatMap((file) => chunkOf(file, bundle) ?? []), bundle).filter((name) => !there.has(name));
  return {
    words: Object.fromEntries(languages.map((language) => [language, besides(`src/words/${language}/app.json`, `src/words/${language}/schema.json`)])),
    pages: Object.values(paths).map((path) => [pathOf(path), besides(`src/pages/${folderOf(path)}/page.tsx`)]),
    hashes: { Home: Home!.hash, Tasks: Tasks!.hash },
  };
}
