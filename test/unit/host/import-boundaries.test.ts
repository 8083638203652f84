import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/*
 * The layers of the architecture are kept apart by the linter: one file for each import that must not be, and one for
 * each that may.
 */

const forbidden: [file: string, imports: string][] = [
  ['shared/contact.ts', '../electron/host.ts'],
  ['shared/vcard/reader.ts', 'node:fs'],
  ['renderer/app/app.ts', '../../electron/host.ts'],
  ['renderer/detail/detail.ts', 'electron'],
  ['electron/store/open.ts', '../contacts/writer.ts'],
  ['electron/contacts/writer.ts', '../http/server.ts'],
  ['electron/imports/imports.ts', '../ipc/register.ts'],
  ['electron/journal/undo.ts', '../host.ts'],
  ['electron/http/server.ts', '../host.ts'],
  ['electron/http/routes.ts', 'electron'],
  ['electron/ipc/register.ts', '../host.ts'],
  ['electron/ipc/uploads.ts', '../cli/arguments.ts'],
  ['electron/ipc/calls.ts', '../http/server.ts'],
  ['electron/sync/sync.ts', '../desktop/windows.ts'],
  ['electron/host.ts', 'electron'],
  ['electron/desktop/windows.ts', '../../renderer/app/app.ts'],
  ['electron/main.ts', '../test/run.ts'],
];
const allowed: [file: string, imports: string][] = [
  ['electron/store/rows.ts', '../../shared/contact.ts'],
  ['electron/contacts/reader.ts', '../store/open.ts'],
  ['electron/http/app.ts', '../dispatch.ts'],
  ['electron/ipc/main-port.ts', 'electron'],
  ['electron/desktop/tray.ts', '../host.ts'],
  ['renderer/app/theme.ts', '../../shared/contact.ts'],
];

let directory: string;
let refused: Set<string>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fieldbook-layers-'));
  const config = JSON.parse(readFileSync('.oxlintrc.json', 'utf8')) as Record<string, unknown>;
  // Types are no part of this, and would need a project around the files.
  writeFileSync(join(directory, '.oxlintrc.json'), JSON.stringify({ ...config, options: {}, rules: {}, categories: {} }));
  for (const [file, imports] of [...forbidden, ...allowed]) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), `import '${imports}';\n`);
  }
  refused = new Set(lint().map(({ filename }) => filename.replaceAll('\\', '/')));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function lint(): { filename: string }[] {
  const oxlint = join(process.cwd(), 'node_modules/oxlint/bin/oxlint');
  try {
    execFileSync(process.execPath, [oxlint, '--format', 'json'], { cwd: directory, encoding: 'utf8' });
    return [];
  } catch (error) {
    return (JSON.parse((error as { stdout: string }).stdout) as { diagnostics: { filename: string }[] }).diagnostics;
  }
}

test.each(forbidden)('%s may not import %s', (file) => {
  expect([...refused]).toContain(file);
});

test.each(allowed)('%s may import %s', (file) => {
  expect([...refused]).not.toContain(file);
});
