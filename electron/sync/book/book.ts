import type { ContactReader } from '../../contacts/reader.ts';
import type { ContactWriter } from '../../contacts/writer.ts';
import type { Images } from '../../images/images.ts';
import type { Lists } from '../../lists/lists.ts';
import type { Slices } from '../../store/slices.ts';
import type { Store } from '../../store/open.ts';
import type { LocalSide } from '../local-side.ts';
import type { SyncBook } from '../ports.ts';
import { rules as allRules, type Rules } from '../rules.ts';
import { createAbsorb } from './absorb.ts';
import { createAccountBook } from './account.ts';
import { createAttempts } from './attempts.ts';
import { createConflicts } from './conflicts.ts';
import { createLinking } from './linking.ts';
import { createLinks } from './links.ts';
import { createMassDelete } from './mass-delete.ts';
import { createNames } from './names.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createOverview } from './overview.ts';
import { createParked } from './parked.ts';
import { createPictures } from './pictures.ts';
import { createPresence } from './presence.ts';
import { createProjector } from './project.ts';
import { createPull } from './pull.ts';
import { createPush } from './push.ts';
import { createQuarantine } from './quarantine.ts';
import { createResolve } from './resolve.ts';

export interface SyncBookDeps {
  store: Store;
  writer: ContactWriter;
  lists: Lists;
  reader: ContactReader;
  images: Images;
  now: () => string;
  newId: () => string;
  /** From 0 up to 1. */
  random: () => number;
  slices: Slices;
  /** Country of phones without a country code. */
  region: () => string;
  /** Tells the windows to read the lists again. */
  announceLists: () => void;
  rules?: Rules;
}

/** The book's side of sync: what it knows of the server, and every decision; no network. */
export type BookSide = SyncBook & LocalSide & Pick<Outbox, 'queue'>;

/** Builds the book's side over a store. `queue` is to be given to the contact writer. Functions need no `this`. */
export function createSyncBook(deps: SyncBookDeps): BookSide {
  const { store, lists, reader, now, newId, rules = allRules } = deps;
  const account = createAccountBook(store, now);
  const outbox = createOutbox({ store, now, newId });
  const links = createLinks(store);
  const attempts = createAttempts(store, now);
  const conflicts = createConflicts(store, now, newId);
  const quarantine = createQuarantine(store, now);
  const pictures = createPictures(store, deps.images);
  const names = createNames({
    store, lists, links, now, newId, announceLists: deps.announceLists,
    onMatch: (set, no) => outbox.queueCarriers(set, no),
  });
  const projector = createProjector({ reader, lists, names, pictures, dialect: () => account.need().dialect });
  const absorb = createAbsorb({ links, conflicts, projector, now, rules });
  const parts = { ...deps, rules, account, outbox, links, attempts, conflicts, quarantine, pictures, names, projector, absorb, find: (id: string) => reader.find(id) };
  const presence = createPresence(parts);
  const massDelete = createMassDelete(parts);
  const overview = createOverview(parts);

  return {
    queue: (record, kind, at) => outbox.queue(record, kind, at),
    ...createLinking(parts),
    ...overview,
    ...createParked({ ...parts, presence }),
    ...createResolve({ ...parts, massDelete }),
    ...createPull({ ...parts, presence }),
    ...createPush({ ...parts, presence }),
    account: async () => ({ ...account.need(), region: deps.region() }),
    saveProgress: async (changes) => account.saveProgress(changes),
    saveDialect: async (changes) => account.saveDialect(changes),
    report: () => undefined,
    missingImages: async (remoteIds) => remoteIds.filter((id) => pictures.localOf(id) === undefined),
    storeImage: async (remoteId, mediaType, bytes) => pictures.store(remoteId, mediaType, bytes),
    quarantine: async (rows) => quarantine.add(rows),
    setAside: async () => quarantine.unlinked(),
    forgetSetAside: async (remoteIds) => quarantine.forget(remoteIds),
    linked: async (after, limit) => links.settled(after ?? '', limit),
    linkedCount: async () => links.count(),
    massDelete: async (contactIds) => massDelete.ask(contactIds),
    waiting: async () => overview.counts().waiting,
    learnTag: async (key, remote) => store.transaction(() => names.learnTag(key, remote)),
    learnImage: async (localId, remoteId) => store.transaction(() => pictures.learn(localId, remoteId)),
  };
}
