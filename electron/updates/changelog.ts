import type { Release } from '../../shared/operations/updates.ts';

/**
 * Reads CHANGELOG.md: `## 1.2.0 - 2026-11-23`, below it `### New` and `- …`, where a point may go on over several lines.
 * Answers the versions in the file's order, newest first. What is neither is passed over.
 */
export function readChangelog(text: string): Release[] {
  const releases: Release[] = [];
  for (const line of text.split(/\r?\n/)) {
    const release = releases.at(-1);
    const items = release?.groups.at(-1)?.items;
    const [, version, date] = /^## (\d\S*) - (\d{4}-\d\d-\d\d)$/.exec(line) ?? [];
    if (version !== undefined && date !== undefined) releases.push({ version, date, groups: [] });
    else if (line.startsWith('### ')) release?.groups.push({ title: line.slice(4).trim(), items: [] });
    else if (line.startsWith('- ')) items?.push(line.slice(2).trim());
    else if (/^ {2}\S/.test(line) && items && items.length > 0) items.push(`${items.pop()} ${line.trim()}`);
  }
  return releases;
}

/**
 * What is new for somebody who last saw `seen` and now runs `current`, newest first. Nothing when that is the same
 * version or an older one; the current version alone when the changelog does not know what was seen.
 */
export function releasesSince(releases: readonly Release[], seen: string, current: string): Release[] {
  const from = releases.findIndex(({ version }) => version === current);
  if (from < 0 || seen === current) return [];
  const to = releases.findIndex(({ version }) => version === seen);
  return releases.slice(from, to < 0 ? from + 1 : Math.max(from, to));
}
