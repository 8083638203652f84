import { readFileSync } from 'node:fs';
import type { HandlersOf } from '../dispatch.ts';
import type { EventHub } from '../events.ts';
import type { Store } from '../store/open.ts';
import { readChangelog, releasesSince } from './changelog.ts';

export interface NewsDeps {
  store: Store;
  events: Pick<EventHub, 'publish'>;
  version: string;
  /** CHANGELOG.md, where this shell has one. */
  changelogFile: string | undefined;
}

/** What is new, told once after an update. Somebody who starts with this version has nothing to be told. */
export function newsHandlers({ store, events, version, changelogFile }: NewsDeps): HandlersOf<'news.get' | 'news.seen'> {
  const stored = store.db.prepare(`select value from setting where key = 'seenVersion'`).pluck();
  const remember = (): void => {
    store.statement(`insert or replace into setting (key, value) values ('seenVersion', ?)`).run(JSON.stringify(version));
  };
  if (stored.get() === undefined) remember();

  return {
    'news.get'() {
      const releases = readChangelog(changelogFile === undefined ? '' : readText(changelogFile));
      const unseen = releasesSince(releases, JSON.parse(stored.get() as string) as string, version);
      const own = releases.filter((release) => release.version === version);
      return { version, isUnseen: unseen.length > 0, releases: unseen.length > 0 ? unseen : own };
    },
    'news.seen'() {
      remember();
      events.publish({ type: 'updates' });
      return null;
    },
  };
}

/** A changelog that cannot be read is as good as an empty one: nobody's work depends on it. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
