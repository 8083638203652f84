import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { row, type Row } from './measure.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'dist/renderer');
const limitKB = 250;

/**
 * The JavaScript that a window loads before it shows anything: the entry, what it waits for (it imports the window when
 * zod has been told its limits), and all that these import statically.
 */
export function benchBundle(): Row[] {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  const files = new Set<string>();
  for (const entry of importedIn('index.html', /<script\b[^>]*\bsrc="(\.[^"]+\.js)"/g)) {
    collect(entry, files);
    for (const awaited of importedIn(entry, /\bimport\(\s*["'`](\.[^"'`]+\.js)["'`]/g)) collect(awaited, files);
  }
  const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1000;
  return [row('bundle: initial JavaScript, gzip', `${size.toFixed(0)} kB in ${files.size} files`, size, 'at most', limitKB)];
}

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  for (const imported of importedIn(file, /(?:^|[;}\n])(?:import|export)\s*(?:[\w${}*,\s]+?from)?\s*["'](\.[^"']+\.js)["']/g)) {
    collect(imported, files);
  }
}

/** The files that a file names where `pattern` captures, from the folder of the page. */
function importedIn(file: string, pattern: RegExp): string[] {
  const code = readFileSync(join(folder, file), 'utf8');
  return [...code.matchAll(pattern)].flatMap(([, imported]) => (imported === undefined ? [] : [join(file, '..', imported)]));
}
