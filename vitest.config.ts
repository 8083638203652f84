import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './test/chromium.ts';
import { LongestFirst } from './test/longest-first.ts';

// Where Electron's own runtime is not installed, `electron` is the stand-in of test/electron-stub.
// The tests are the same: only the executable differs.
const hasRuntime = existsSync('node_modules/electron/path.txt');
const env = {
  // Tests start some hundreds of processes; what they load is the same.
  NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/node`,
  ...(hasRuntime ? {} : { ELECTRON_OVERRIDE_DIST_PATH: `${import.meta.dirname}/test/electron-stub` }),
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // A worker for each core: on two cores there would be one. The windows come afterwards, one of either kind at a time.
        test: {
          name: 'unit', include: ['test/unit/**/*.test.ts'], env, testTimeout: 300_000, hookTimeout: 300_000,
          maxWorkers: '100%', sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [react()],
        optimizeDeps: {
          include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'zustand', '@mantine/core', '@mantine/hooks', '@tanstack/react-query', '@tanstack/react-virtual'],
        },
        test: {
          name: 'browser', fileParallelism: false, sequence: { groupOrder: 2 },
          include: ['test/browser/**/*.test.tsx'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
      {
        test: {
          name: 'e2e', include: ['test/e2e/**/*.test.ts'], env, testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false,
          sequence: { groupOrder: 2 },
          // On a busy machine a window may take longer than a second to show what the host already knows.
          expect: { poll: { timeout: 30_000 } },
          // A .deb is made and read with Debian's own tools.
          exclude: process.platform === 'linux' ? [] : ['test/e2e/debian-package.test.ts'],
        },
      },
    ],
  },
});
