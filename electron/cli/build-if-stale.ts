import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['electron', 'renderer', 'shared', 'package.json', 'vite.config.ts'];
const built = ['dist/main/main.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'];

/** Builds `dist/` when a source is newer than what was built, or one is gone. Throws when the build fails. */
export function buildIfStale(root: string): void {
  if (!isStale(root)) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed');
}

/** Whether something is not built yet, or a source was changed, added or removed since. */
export function isStale(root: string): boolean {
  const oldest = Math.min(...built.map((file) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0)));
  return oldest <= Math.max(...sources.map((source) => newestTime(join(root, source))));
}

/** When a file, or anything in a folder, was changed last. The time of a folder is that of the last name added or removed. */
function newestTime(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestTime(join(path, name))));
}
