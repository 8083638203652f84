import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack, type Packed } from '../packaging/pack.ts';
import { releaseArguments, stepsOf, workflow } from '../unit/packaging/workflows.ts';

/*
 * A real .deb, packed as a release packs it and unpacked into a folder as an installation would put it into the system.
 * Runs where Debian's tools are.
 */

let packed: Packed;
let debian: string;
let system: string;
beforeAll(async () => {
  packed = await pack('--linux', 'deb', ...releaseArguments('fieldbook/book'));
  debian = join(packed.folder, readdirSync(packed.folder).find((name) => name.endsWith('.deb')) ?? 'no .deb');
  system = mkdtempSync(join(tmpdir(), 'fieldbook-system-'));
  execFileSync('dpkg', ['-x', debian, system]);
});
afterAll(() => {
  packed.remove();
  rmSync(system, { recursive: true, force: true });
});

/** The keys of the main group of the desktop entry. */
function desktopEntry(): Record<string, string> {
  const text = readFileSync(join(system, 'usr/share/applications/fieldbook.desktop'), 'utf8');
  expect(text).toMatch(/^\[Desktop Entry\]\n/);
  return Object.fromEntries(text.trim().split('\n').slice(1).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

test('says what it is, who made it and what it needs', () => {
  const field = (name: string) => execFileSync('dpkg-deb', ['--field', debian, name], { encoding: 'utf8' }).trim();
  expect(field('Package')).toBe('fieldbook');
  expect(field('Version')).toMatch(/^\d+\.\d+\.\d+/);
  expect(field('Maintainer')).toMatch(/^.+ <.+@.+>$/);
  expect(field('Description')).toMatch(/^Contacts of an organisation/);
  expect(field('Depends').split(', ')).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnss3', 'libsecret-1-0', 'xdg-utils']));
  expect(debian).toMatch(/fieldbook-\d+\.\d+\.\d+-linux-amd64\.deb$/);
});

test('stands in the menu with its icon, and what it starts is there and can be run', () => {
  const { Name, Exec = '', Icon, Type, Categories, Terminal } = desktopEntry();
  expect({ Name, Icon, Type, Categories, Terminal }).toEqual({
    Name: 'Fieldbook', Icon: 'fieldbook', Type: 'Application', Categories: 'Office;', Terminal: 'false',
  });
  const [executable = '', argument] = Exec.split(' ');
  expect(argument).toBe('%U');
  expect(statSync(join(system, executable)).mode & 0o111).toBe(0o111);
  expect(existsSync(join(system, executable, '..', 'resources', 'app.asar'))).toBe(true);
  for (const size of [16, 32, 48, 128, 256, 512]) {
    const png = readFileSync(join(system, `usr/share/icons/hicolor/${size}x${size}/apps/fieldbook.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});

test('is offered for contact cards, tables and fieldbook: links', () => {
  expect(desktopEntry()['MimeType']?.split(';').filter(Boolean).toSorted()).toEqual(
    ['text/csv', 'text/vcard', 'text/x-vcard', 'x-scheme-handler/fieldbook'],
  );
  const types = readFileSync(join(system, 'usr/share/mime/packages/fieldbook.xml'), 'utf8');
  expect(types).toMatch(/<mime-type type="text\/vcard">\s*<glob pattern="\*\.vcf"\/>/);
  expect(types).not.toContain('csv'); // what a .csv is has long been said
});

test('of a release knows where newer versions are published, and of which kind it is', () => {
  const resources = join(system, 'opt/Fieldbook/resources');
  expect(load(readFileSync(join(resources, 'app-update.yml'), 'utf8'))).toMatchObject({ provider: 'github', owner: 'fieldbook', repo: 'book' });
  expect(readFileSync(join(resources, 'package-type'), 'utf8')).toBe('deb');
  const offered = load(readFileSync(join(packed.folder, 'latest-linux.yml'), 'utf8')) as { path: string };
  expect(existsSync(join(packed.folder, offered.path))).toBe(true);
});

test('can be checked against the checksums of its release', () => {
  const { run = '' } = stepsOf(workflow('release.yml')).find(({ name }) => name === 'Checksums') ?? {};
  execFileSync('bash', ['-e', '-c', run.replace('*', '*.deb *.yml')], { cwd: packed.folder });
  const check = () => execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: packed.folder, stdio: 'pipe' });
  check();
  appendFileSync(debian, 'x');
  expect(check).toThrow(/1 computed checksum did NOT match/);
});

test('puts nothing outside its own folder, the menu, the icons and the types of files', () => {
  const outside = readdirSync(system, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(system, path)).isFile())
    .filter((path) => !/^(opt\/Fieldbook|usr\/share\/(applications|mime\/packages|icons\/hicolor))\//.test(path));
  expect(outside).toEqual([]);
});
