import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isStale } from '../../../electron/cli/build-if-stale.ts';
import { temporaryFolder } from '../support/book.ts';

const sources = ['electron/main.ts', 'renderer/main.tsx', 'renderer/app/app.tsx', 'shared/text.ts', 'package.json', 'vite.config.ts'];
const built = ['dist/main/main.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'];

/** A package that was built after its sources were written: times are set, so that nothing depends on a clock. */
function builtPackage(): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  for (const file of [...sources, ...built]) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), '');
  }
  for (const path of [...sources, 'electron', 'renderer', 'renderer/app', 'shared']) utimesSync(join(folder.path, path), 100, 100);
  for (const file of built) utimesSync(join(folder.path, file), 200, 200);
  return folder.path;
}

test('nothing is built again as long as nothing changes', () => {
  expect(isStale(builtPackage())).toBe(false);
});

test('a source that is changed, added or removed is seen, and so is something that was never built', () => {
  const changes: ((root: string) => void)[] = [
    (root) => writeFileSync(join(root, 'shared/text.ts'), 'changed'),
    (root) => writeFileSync(join(root, 'renderer/app/more.tsx'), ''),
    (root) => rmSync(join(root, 'renderer/app/app.tsx')),
    (root) => rmSync(join(root, 'dist/preload/preload.cjs')),
  ];
  for (const change of changes) {
    const root = builtPackage();
    change(root);
    expect(isStale(root), String(change)).toBe(true);
  }
});
