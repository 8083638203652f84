import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChangelog, releasesSince } from '../../../electron/updates/changelog.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const named = (...versions: string[]) => versions.map((version) => ({ version, date: '2026-11-23', groups: [] }));

describe('the changelog', () => {
  test('tells of the version that is built, in words for people', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const [newest] = readChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
    expect(newest?.version).toBe(version);
    for (const { title, items } of newest?.groups ?? []) {
      expect(title).not.toBe('');
      expect(items.length).toBeGreaterThan(0);
    }
  });

  test('is read with its groups, points over several lines, and Windows line ends', () => {
    const text = '# Changelog\n\nWords.\n\n## 0.2.0 - 2026-12-01\n\n### New\n\n- One\n  and a half\n- Two\n\n### Better\n- Three\n\n## 0.1.0 - 2026-11-23\n';
    const expected = [
      { version: '0.2.0', date: '2026-12-01', groups: [{ title: 'New', items: ['One and a half', 'Two'] }, { title: 'Better', items: ['Three'] }] },
      { version: '0.1.0', date: '2026-11-23', groups: [] },
    ];
    expect(readChangelog(text)).toEqual(expected);
    expect(readChangelog(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('whatever stands in it, reading ends', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('## 1.0.0 - 2026-01-01', '### New', '- a', '  b', '## soon', '', 'c')), (lines) => {
      for (const { groups } of readChangelog(lines.join('\n'))) for (const { items } of groups) expect(items).not.toContain('');
    }));
  });
});

describe('what is new', () => {
  const releases = named('0.4.0', '0.3.0', '0.2.0', '0.1.0');
  const since = (seen: string, current: string) => releasesSince(releases, seen, current).map(({ version }) => version);

  test('is every version since the one that was used last', () => {
    expect(since('0.1.0', '0.3.0')).toEqual(['0.3.0', '0.2.0']);
    expect(since('0.3.0', '0.4.0')).toEqual(['0.4.0']);
  });

  test('is nothing for the same version, an older one, or one that the changelog does not know', () => {
    expect(since('0.3.0', '0.3.0')).toEqual([]);
    expect(since('0.4.0', '0.2.0')).toEqual([]);
    expect(since('0.1.0', '0.5.0-beta.1')).toEqual([]);
  });

  test('after a version that was never published it is the present one', () => {
    expect(since('0.3.0-beta.2', '0.3.0')).toEqual(['0.3.0']);
  });
});
