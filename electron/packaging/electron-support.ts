import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/*
 * `npm view electron versions --json | npx node electron/packaging/electron-support.ts`: ends with 1 when the Electron that
 * package.json names gets no more fixes.
 */

/** Electron's maintainers fix so many majors, the newest ones. Source: electronjs.org, "Electron releases". */
const supportedCount = 3;

/** The majors that get fixes, newest first, of all versions there are; previews are none. */
export function supportedMajors(versions: readonly string[]): number[] {
  const stable = versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version)).map((version) => Number.parseInt(version, 10));
  return [...new Set(stable)].toSorted((a, b) => b - a).slice(0, supportedCount);
}

if (import.meta.main) process.exitCode = await main();

async function main(): Promise<number> {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  const used = manifest.devDependencies.electron;
  const supported = supportedMajors(JSON.parse((await text(process.stdin)) || '[]') as string[]);
  if (supported.length < supportedCount) {
    process.stderr.write('The list of Electron’s versions on standard input is empty or incomplete.\n');
    return 1;
  }
  const isSupported = supported.includes(Number.parseInt(used, 10));
  const line = `Electron ${used} is ${isSupported ? 'supported' : 'no longer supported'}; supported are ${supported.join(', ')}.\n`;
  (isSupported ? process.stdout : process.stderr).write(line);
  return isSupported ? 0 : 1;
}
