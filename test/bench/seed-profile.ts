import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCounts } from '../../electron/contacts/counts.ts';
import { createSearchUpkeep } from '../../electron/contacts/search-upkeep.ts';
import { createContactWriter } from '../../electron/contacts/writer.ts';
import { createJournal } from '../../electron/journal/journal.ts';
import { createLists } from '../../electron/lists/lists.ts';
import { openProfile } from '../../electron/profile.ts';
import { seedBook } from '../../electron/seed/seed-book.ts';
import { openStore } from '../../electron/store/open.ts';
import type { Slices } from '../../electron/store/slices.ts';
import { openHost } from './open-host.ts';

/*
 * Fills a profile for a benchmark: `node seed-profile.ts DIR CONTACTS`. Nobody waits for an answer of this process, so
 * it writes in the largest pieces it is given.
 */

const [dataDir = '', contacts = ''] = process.argv.slice(2);
// A host makes the profile: later ones find nothing in it that is left to do for them.
await (await openHost(dataDir)).close();
const store = openStore(dataDir, join(import.meta.dirname, '../../drizzle'));
const now = () => new Date().toISOString();
const lists = createLists(store, openProfile(store, now, randomUUID));
const upkeep = createSearchUpkeep({ store, turns: { turn: () => Promise.resolve(() => true) }, log: console });
const whole: Slices = {
  each<T>(items: readonly T[], work: (part: () => Generator<T>) => void) {
    work(function* all() {
      yield* items;
    });
    return Promise.resolve();
  },
};
const writer = createContactWriter({
  store, lists, now,
  slices: whole,
  journal: createJournal(store), counts: createCounts(store), newId: randomUUID, region: () => 'DE', announce: () => undefined,
  onCommit: () => upkeep.noticeCommit(),
});
store.db.pragma('wal_autocheckpoint = 50000');
await seedBook({ store, lists, writer, now }, { contacts: Number(contacts), seed: 1, actor: 'bench' });
await upkeep.close();
store.db.pragma('wal_checkpoint(TRUNCATE)');
store.close();
