import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * Takes the arguments that electron-builder gives to fpm for a .deb, and makes it with Debian's own dpkg-deb: fpm itself
 * would have to be downloaded. What electron-builder chose (control fields, scripts, files) goes into the package as it is.
 */

const text = { type: 'string' } as const;
const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' }, target: { ...text, short: 't' }, force: { type: 'boolean' },
    depends: { ...text, short: 'd', multiple: true, default: [] }, 'deb-recommends': { ...text, multiple: true, default: [] },
    'deb-compression': text, 'deb-priority': text, architecture: text, 'after-install': text, 'after-remove': text,
    description: text, version: text, package: text, name: text, maintainer: text, vendor: text, url: text, license: text, category: text,
  },
});
const given = (name: Exclude<keyof typeof values, 'force' | 'depends' | 'deb-recommends'>): string => {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
};

const root = mkdtempSync(join(tmpdir(), 'deb-'));
try {
  for (const file of files) {
    const [from = '', to = ''] = file.split('=');
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true });
  }
  mkdirSync(join(root, 'DEBIAN'));
  for (const [script, name] of [['after-install', 'postinst'], ['after-remove', 'postrm']] as const) {
    copyFileSync(given(script), join(root, 'DEBIAN', name));
    chmodSync(join(root, 'DEBIAN', name), 0o755);
  }
  writeFileSync(join(root, 'DEBIAN', 'control'), control());
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, given('package')], { stdio: 'inherit' });
} finally {
  rmSync(root, { recursive: true });
}

function control(): string {
  const [synopsis = '', ...more] = given('description').trim().split('\n');
  return [
    `Package: ${given('name')}`,
    `Version: ${given('version')}`,
    `Architecture: ${given('architecture')}`,
    `Maintainer: ${given('maintainer')}`,
    `Depends: ${values.depends.join(', ')}`,
    `Recommends: ${values['deb-recommends'].join(', ')}`,
    `Section: ${values.category ?? 'utils'}`,
    `Priority: ${given('deb-priority')}`,
    `Homepage: ${given('url')}`,
    `Description: ${synopsis}`,
    ...more.map((line) => ` ${line.trim()}`),
    '',
  ].join('\n');
}
