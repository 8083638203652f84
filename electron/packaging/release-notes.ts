import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../shared/operations/updates.ts';
import { readChangelog } from '../updates/changelog.ts';

/*
 * `npx node electron/packaging/release-notes.ts v0.2.0`: prints what CHANGELOG.md says of the version. Ends with 1 when the
 * tag, package.json and the changelog do not mean the same version: its packages would never be offered as an update.
 */

/** The notes of a release as Markdown. Throws an Error that says what does not fit. */
export function releaseNotes(tag: string, version: string, releases: readonly Release[]): string {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has version ${version}: it must be v${version}.`);
  const [newest] = releases;
  if (newest?.version !== version) throw new Error(`CHANGELOG.md begins with ${newest?.version ?? 'nothing'}, not with ${version}.`);
  return newest.groups
    .map(({ title, items }) => `### ${title}\n\n${items.map((item) => `- ${item}\n`).join('')}`)
    .join('\n');
}

if (import.meta.main) {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  try {
    process.stdout.write(releaseNotes(process.argv[2] ?? '', version, readChangelog(read('CHANGELOG.md'))));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
