import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { row, type Row } from './measure.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'dist/renderer');
const limitKB = 250;

/** The JavaScript that a window loads before it shows anything: the entry and all that is imported statically. */
export function benchBundle(): Row[] {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  const files = new Set<string>();
  for (const entry of scriptsOf(readFileSync(join(folder, 'index.html'), 'utf8'))) collect(entry, files);
  const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1000;
  return [row('bundle: initial JavaScript, gzip', `${size.toFixed(0)} kB in ${files.size} files`, size, 'at most', limitKB)];
}

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const code = readFileSync(join(folder, file), 'utf8');
  for (const [, imported] of code.matchAll(/(?:^|[;}\n])(?:import|export)\s*(?:[\w${}*,\s]+?from)?\s*["'](\.[^"']+\.js)["']/g)) {
    if (imported !== undefined) collect(join(file, '..', imported), files);
  }
}

/** Scripts and preloaded modules of the page. */
function scriptsOf(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => /(?:src|href)="\.?\/?([^"]+\.js)"/.exec(tag)?.[1] ?? []);
}
