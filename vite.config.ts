import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

// Only better-sqlite3 stays a module of its own: it carries a native addon. All else is bundled,
// so the packed application needs no other node_modules.
const external = ['electron', 'better-sqlite3', ...builtinModules, /^node:/];
const node: EnvironmentOptions = { consumer: 'server', resolve: { noExternal: true, external: ['electron', 'better-sqlite3'] } };

/** Has the page fetch the window while its entry is still being read: the entry imports it only when zod is set up. */
const preloadWindow: Plugin = {
  name: 'preload-window',
  transformIndexHtml: (_html, { bundle = {} }) =>
    Object.values(bundle)
      .filter(({ name }) => name === 'window')
      .map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` }, injectTo: 'head' })),
};

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), preloadWindow],
  builder: {}, // `vite build` builds every environment below
  environments: {
    client: {
      build: {
        outDir: '../dist/renderer',
        emptyOutDir: true,
        target: 'chrome148',
        modulePreload: { polyfill: false },
        // A style sheet that could not be fetched is not asked for again, as a part of the window is.
        cssCodeSplit: false,
        chunkSizeWarningLimit: 800,
        rollupOptions: {
          output: {
            // The window in one piece, which is smaller and sooner there than sixty. Apart from it is what must run before it.
            codeSplitting: {
              groups: [
                { name: 'setup', test: /zod[\\/]v4[\\/]core|vite[\\/]preload-helper/, priority: 2 },
                { name: 'window', test: /renderer[\\/]open-window\.tsx$/, priority: 1 },
              ],
            },
          },
        },
      },
    },
    main: {
      ...node,
      build: {
        outDir: '../dist/main',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        sourcemap: true,
        rollupOptions: {
          input: {
            main: 'electron/main.ts',
            'import-worker': 'electron/imports/import-worker.ts',
            'book-worker': 'electron/backups/book-worker.ts',
            'sync-worker': 'electron/sync/worker.ts',
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    },
    preload: {
      ...node,
      build: {
        outDir: '../dist/preload',
        emptyOutDir: true,
        target: 'chrome148',
        minify: false,
        rollupOptions: {
          input: { preload: 'electron/preload.ts' },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
