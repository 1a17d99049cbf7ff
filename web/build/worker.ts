import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { paths } from '../src/paths.ts';
import { languages } from '../src/words/languages.ts';
import { chunkOf, filesOf, pathOf, scriptOf } from './apart.ts';

/** What works without the hub: what index.html loads, the person's own page, and the words in each language. */
const offline = ['index.html', 'src/pages/me/page.tsx', ...languages.flatMap((language) => [`src/words/${language}/app.json`, `src/words/${language}/schema.json`])];

/** Builds the service worker beside the app, at an address that does not change, and tells it which files are this build's shell. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_, bundle) {
      const name = createHash('sha256').update(Object.keys(bundle).toSorted().join('\n')).digest('hex').slice(0, 12);
      const shell = {
        cache: `shell-${name}`,
        entry: chunkOf('index.html', bundle)!.fileName,
        files: filesOf(offline.flatMap((file) => chunkOf(file, bundle) ?? []), bundle),
        pages: Object.values(paths).map(pathOf).join('|'),
      };
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: await scriptOf('worker/worker.ts', { __SHELL__: shell }) });
    },
  };
}
