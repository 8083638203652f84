import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { supportedMajors } from '../../../electron/packaging/electron-support.ts';
import { releaseNotes } from '../../../electron/packaging/release-notes.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  devDependencies: { electron: string };
};
const major = Number.parseInt(devDependencies.electron, 10);

function run(program: string, { args = [], input = '' }: { args?: string[]; input?: string }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'electron/packaging', program), ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the check of Electron', () => {
  const released = (...majors: number[]) => ({ input: JSON.stringify(majors.map((number) => `${number}.0.0`)) });

  test('passes as long as ours is among the newest three majors', () => {
    for (const newest of [major, major + 1, major + 2]) {
      expect(run('electron-support.ts', released(newest - 2, newest - 1, newest))).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('fails when three newer ones are out, and says which to take', () => {
    expect(run('electron-support.ts', released(major, major + 1, major + 2, major + 3))).toEqual({
      status: 1, stdout: '',
      stderr: `Electron ${devDependencies.electron} is no longer supported; supported are ${major + 3}, ${major + 2}, ${major + 1}.\n`,
    });
  });

  test('fails when the registry did not answer: silence is no support', () => {
    for (const input of ['', '[]']) expect(run('electron-support.ts', { input }).status).toBe(1);
  });

  test('counts no preview, whatever the order', () => {
    const previews = ['48.0.0-alpha.1', '47.0.0-beta.3', '49.0.0-nightly.20261123'];
    fc.assert(fc.property(fc.shuffledSubarray([...previews, '9.4.4', '43.1.0', '44.0.2', '45.0.0', '45.4.1'], { minLength: 8 }), (versions) => {
      expect(supportedMajors(versions)).toEqual([45, 44, 43]);
    }));
  });
});

describe('the notes of a release', () => {
  const groups = [{ title: 'New', items: ['Tea', 'Coffee'] }, { title: 'Better', items: ['Cups'] }];
  const releases = [{ version: '0.2.0', date: '2026-12-01', groups }, { version: '0.1.0', date: '2026-11-23', groups: [] }];

  test('are what the changelog says of that version', () => {
    expect(releaseNotes('v0.2.0', '0.2.0', releases)).toBe('### New\n\n- Tea\n- Coffee\n\n### Better\n\n- Cups\n');
  });

  test('are refused when tag, package and changelog do not mean the same version', () => {
    expect(() => releaseNotes('v0.3.0', '0.2.0', releases)).toThrow('The tag is v0.3.0, but package.json has version 0.2.0: it must be v0.2.0.');
    expect(() => releaseNotes('v0.3.0', '0.3.0', releases)).toThrow('CHANGELOG.md begins with 0.2.0, not with 0.3.0.');
    expect(() => releaseNotes('v0.3.0', '0.3.0', [])).toThrow('CHANGELOG.md begins with nothing, not with 0.3.0.');
  });

  test('are there for the version that is built; another tag makes no release', () => {
    expect(run('release-notes.ts', { args: [`v${version}`] })).toMatchObject({ status: 0, stderr: '' });
    expect(run('release-notes.ts', { args: ['v99.0.0'] })).toMatchObject({ status: 1, stdout: '' });
  });
});
