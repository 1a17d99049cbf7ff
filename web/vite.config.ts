import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compress } from './build/compress.ts';
import { early } from './build/early.ts';
import { persistOperations } from './build/operations.ts';
import { keyless, mutations, possibleTypes } from './build/schema.mjs';
import { serviceWorker } from './build/worker.ts';
import { words } from './build/words.ts';

// Checking everything in every size, theme and language takes a while.
const patience = process.env.HUB_STORIES_ALL ? 900_000 : 90_000;
// Over a slow network every file has its own delay, so what nearly every page needs is in two files.
const groups = [
  { name: 'frame', test: /node_modules\/(react|react-dom|scheduler|react-router|urql|@urql|@0no-co|wonka|graphql|gql\.tada)\// },
  { name: 'parts', test: /src\/(parts|client|look|words)\/[\w-]+\.(tsx?|css)$|src\/(graphql|paths)\.ts|paths\.json|dates\.json/, minShareCount: 3 },
];
const hub = process.env.HUB_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  define: { __KEYLESS__: JSON.stringify(keyless), __MUTATIONS__: JSON.stringify(mutations), __POSSIBLE_TYPES__: JSON.stringify(possibleTypes) },
  plugins: [react(), words(), persistOperations(), serviceWorker(), early(), compress()],
  build: { outDir: 'dist/app', target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, rolldownOptions: { output: { codeSplitting: { groups } } } },
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(['/graphql', '/app.json', '/consent', '/coming', '/oidc', '/me/data.json', '/uploads', '/photos', '/register.csv', '^/certificates/.*\\.pdf$', '/graphiql'].map((path) => [path, hub])) },
  test: {
    maxWorkers: availableParallelism() + 1, // stories wait more than they work
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      {
        extends: true,
        test: { name: 'stories', include: ['stories/**/*.test.ts'], environment: 'node', globalSetup: 'stories/hub.ts', testTimeout: patience, hookTimeout: 90_000, expect: { poll: { timeout: 20_000 } } },
      },
    ],
  },
});
