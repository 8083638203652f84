import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/**
 * The runtime to pack: Electron's own where it is installed, else a distribution made in `folder` whose executable
 * starts the stand-in on the application that was packed beside it.
 */
export function electronDist(folder: string): string {
  const real = join(root, 'node_modules', 'electron', 'dist');
  if (existsSync(join(root, 'node_modules', 'electron', 'path.txt'))) return real;
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')) as { version: string };
  for (const [name, content] of [['version', version], ['LICENSE', ''], ['LICENSES.chromium.html', ''], ['locales/en-US.pak', ''], ['locales/de.pak', '']] as const) {
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, 'electron'), standInExecutable(), { mode: 0o755 });
  return folder;
}

/**
 * Stands for Electron's executable in a package: takes the application out of its archive, which plain Node cannot read,
 * and starts it with the stand-in. After its last line it has the wire of fuses that a real executable has inside.
 */
function standInExecutable(): string {
  const asar = createRequire(import.meta.url).resolve('@electron/asar');
  const unpack = `require(${JSON.stringify(asar)}).extractAll(process.argv[1], process.argv[2])`;
  return [
    '#!/bin/sh',
    'here=$(cd "$(dirname "$0")" && pwd)',
    'application="$here/application"',
    `[ -d "$application" ] || '${process.execPath}' -e '${unpack}' "$here/resources/app.asar" "$application"`,
    `exec '${join(root, 'test', 'electron-stub', 'electron')}' "$@" "$application"`,
    fuseWire(),
  ].join('\n');
}

/** Electron's fuses as its builds come: sentinel, version, length, one character a fuse ('0' off, '1' on). Source: @electron/fuses. */
function fuseWire(): string {
  return `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009${'101100010'}\n`;
}
