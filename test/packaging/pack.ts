import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { electronDist } from './electron-dist.ts';

const root = join(import.meta.dirname, '..', '..');

/** What was packed from `dist/` as it is, in a folder of its own. */
export interface Packed {
  /** The folder with the packages. */
  folder: string;
  /** The unpacked application: its executable, and the folder with app.asar. */
  executable: string;
  resources: string;
  remove(): void;
}

/** Packs as `npm run package` does, with more arguments for electron-builder. Nothing is downloaded. */
export async function pack(...args: string[]): Promise<Packed> {
  const work = mkdtempSync(join(tmpdir(), 'fieldbook-pack-'));
  const folder = join(work, 'release');
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`-c.directories.output=${folder}`, `-c.electronDist=${electronDist(join(work, 'electron'))}`];
  if (!args.includes('--publish')) settings.push('--publish', 'never');
  const fpm = join(work, 'fpm');
  writeFileSync(fpm, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'test', 'packaging', 'fpm.ts')}' "$@"\n`, { mode: 0o755 });
  await promisify(execFile)(process.execPath, [cli, ...settings, ...args], {
    cwd: root,
    env: { ...process.env, CUSTOM_FPM_PATH: fpm, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    maxBuffer: 16 * 1024 * 1024,
  });
  return { folder, ...unpacked(folder), remove: () => rmSync(work, { recursive: true, force: true, maxRetries: 3 }) };
}

function unpacked(folder: string): Pick<Packed, 'executable' | 'resources'> {
  const { platform, arch } = process;
  if (platform === 'darwin') {
    const contents = join(folder, arch === 'arm64' ? 'mac-arm64' : 'mac', 'Fieldbook.app', 'Contents');
    return { executable: join(contents, 'MacOS', 'Fieldbook'), resources: join(contents, 'Resources') };
  }
  const application = join(folder, platform === 'win32' ? 'win-unpacked' : 'linux-unpacked');
  return { executable: join(application, platform === 'win32' ? 'Fieldbook.exe' : 'fieldbook'), resources: join(application, 'resources') };
}
