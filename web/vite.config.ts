import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compress } from './build/compress.ts';
import { persistOperations } from './build/operations.ts';

const hub = process.env.HUB_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), persistOperations(), compress()],
  define: { __OPERATIONS__: '{}' },
  build: { outDir: 'dist/app', target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(['/graphql', '/app.json', '/consent', '/oidc', '/me/data.json', '/graphiql'].map((path) => [path, hub])) },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      {
        extends: true,
        test: { name: 'stories', include: ['stories/**/*.test.ts'], environment: 'node', globalSetup: 'stories/hub.ts', testTimeout: 90_000, hookTimeout: 90_000 },
      },
    ],
  },
});
