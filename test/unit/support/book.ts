import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { contactHandlers } from '../../../electron/contacts/contact-handlers.ts';
import { createCounts } from '../../../electron/contacts/counts.ts';
import { personHandlers } from '../../../electron/contacts/person-handlers.ts';
import { createContactReader } from '../../../electron/contacts/reader.ts';
import { createSearch } from '../../../electron/contacts/search.ts';
import { createSearchUpkeep } from '../../../electron/contacts/search-upkeep.ts';
import { createTotals } from '../../../electron/contacts/totals.ts';
import { createContactWriter, type WriterDeps } from '../../../electron/contacts/writer.ts';
import { createDispatch, type Handlers } from '../../../electron/dispatch.ts';
import { draftHandlers } from '../../../electron/drafts/drafts.ts';
import { createImages, imageHandlers } from '../../../electron/images/images.ts';
import { journalHandlers } from '../../../electron/journal/journal-handlers.ts';
import { createJournal } from '../../../electron/journal/journal.ts';
import { createUndo } from '../../../electron/journal/undo.ts';
import { listHandlers } from '../../../electron/lists/list-handlers.ts';
import { createDeletedTags } from '../../../electron/lists/deleted-tags.ts';
import { createLists } from '../../../electron/lists/lists.ts';
import { openProfile } from '../../../electron/profile.ts';
import { createSlices } from '../../../electron/store/slices.ts';
import { openStore } from '../../../electron/store/open.ts';
import type { HostEvent } from '../../../shared/events.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import type { Caller } from '../../../shared/permissions.ts';

export const migrationsDir = join(import.meta.dirname, '..', '..', '..', 'drizzle');
export const owner: Caller = { kind: 'owner', actor: 'ui' };

export function temporaryFolder(): { path: string; remove: () => void } {
  // The blank is there on purpose: people's folders have them.
  const path = mkdtempSync(join(tmpdir(), 'field book-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface TestBookOptions {
  dataDir?: string;
  clock?: () => Date;
  newId?: () => string;
  region?: string;
  /** What sync hears of each change. */
  queue?: WriterDeps['queue'];
  slices?: ReturnType<typeof createSlices>;
}

/** The operations on contacts over a real store in a temporary folder, without a host around them. */
export function openTestBook(options: TestBookOptions = {}) {
  const folder = options.dataDir === undefined ? temporaryFolder() : { path: options.dataDir, remove: () => undefined };
  const clock = options.clock ?? (() => new Date());
  const now = () => clock().toISOString();
  const newId = options.newId ?? randomUUID;
  const region = () => options.region ?? 'DE';
  const store = openStore(folder.path, migrationsDir);
  const profile = openProfile(store, now, newId);
  const lists = createLists(store, profile);
  const journal = createJournal(store);
  const counts = createCounts(store);
  const reader = createContactReader(store, lists, profile);
  const events: HostEvent[] = [];
  const slices = options.slices ?? createSlices();
  const upkeep = createSearchUpkeep({ store, turns: slices, log: { error: () => undefined } });
  const writer = createContactWriter({
    store, journal, lists, counts, slices, now, newId, region,
    onCommit: () => upkeep.noticeCommit(),
    announce: (change) => events.push({ type: 'change', change }),
    ...(options.queue && { queue: options.queue }),
  });
  const search = createSearch(store, lists);
  const totals = createTotals(store, counts);
  const announceLists = () => void events.push({ type: 'lists' });
  const deletedTags = createDeletedTags({ store, lists, writer, announceLists });
  const undo = createUndo(journal, writer, deletedTags);
  const images = createImages(store, now, newId);
  const core = { store, lists, journal, reader, writer, search, totals, slices, profile, counts, images, deletedTags, undo, now, newId, region };
  const handlers = {
    ...contactHandlers(core),
    ...personHandlers(core),
    ...listHandlers({ ...core, announce: announceLists }),
    ...journalHandlers(journal, undo),
    ...imageHandlers(core),
    ...draftHandlers(store, now, () => events.push({ type: 'drafts' })),
  } as Partial<Handlers> as Handlers;
  const dispatch = createDispatch(handlers);
  return {
    ...core,
    dispatch,
    events,
    /** Calls an operation as the person at the window, or as another caller. */
    call: async <N extends CallName>(name: N, input: Input<N>, caller: Caller = owner): Promise<Output<N>> =>
      (await dispatch(name, input, caller)) as Output<N>,
    close() {
      void upkeep.close();
      store.close();
      folder.remove();
    },
  };
}

export type TestBook = ReturnType<typeof openTestBook>;
