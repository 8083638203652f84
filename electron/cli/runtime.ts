import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const downloadWithinMs = 120_000;

/**
 * The Electron executable, or null when it is neither installed nor to be had.
 * Electron's package downloads it at first use; where there is no way to it, that fails within moments.
 */
export async function findRuntime(root: string): Promise<string | null> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return join(override, 'electron');
  const electron = join(root, 'node_modules', 'electron');
  if (!existsSync(join(electron, 'path.txt'))) await download(electron);
  if (!existsSync(join(electron, 'path.txt'))) return null;
  const executable = join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

function download(electron: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(electron, 'install.js')], { stdio: 'ignore', timeout: downloadWithinMs });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
