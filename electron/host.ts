import { randomUUID } from 'node:crypto';
import { backupHandlers } from './backups/backup-handlers.ts';
import { createBackups } from './backups/backups.ts';
import { createDailyBackups } from './backups/daily.ts';
import { createRunTask, sourceWorker } from './backups/run-task.ts';
import { verified } from './backups/verified.ts';
import { contactHandlers } from './contacts/contact-handlers.ts';
import { createCounts } from './contacts/counts.ts';
import { personHandlers } from './contacts/person-handlers.ts';
import { createContactReader } from './contacts/reader.ts';
import { createReindexer } from './contacts/reindex.ts';
import { createSearch } from './contacts/search.ts';
import { createSearchUpkeep } from './contacts/search-upkeep.ts';
import { createTotals } from './contacts/totals.ts';
import { createContactWriter } from './contacts/writer.ts';
import { removeControl, writeControl } from './control-file.ts';
import { createDispatch, type Handlers } from './dispatch.ts';
import { draftHandlers } from './drafts/drafts.ts';
import { placeOf } from './error-place.ts';
import { createEventHub } from './events.ts';
import { exportHandlers } from './exports/export-handlers.ts';
import type { Host, HostConfig } from './host-config.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createApiSwitch } from './http/api-switch.ts';
import { createIdempotencyStore } from './http/idempotency-store.ts';
import { createHttpServer } from './http/server.ts';
import { createWindowCodes } from './http/window-codes.ts';
import { createImages, imageHandlers } from './images/images.ts';
import { createImports } from './imports/imports.ts';
import { importHandlers } from './imports/import-handlers.ts';
import { createJournal } from './journal/journal.ts';
import { journalHandlers } from './journal/journal-handlers.ts';
import { createUndo } from './journal/undo.ts';
import { createDeletedTags } from './lists/deleted-tags.ts';
import { createLists } from './lists/lists.ts';
import { listHandlers } from './lists/list-handlers.ts';
import { later } from './later.ts';
import { openLog } from './log.ts';
import { adoptIds, openProfile } from './profile.ts';
import { seedHandlers } from './seed/seed-handlers.ts';
import { createSettings } from './settings/settings.ts';
import { localRegion } from './settings/local-region.ts';
import { hostHandlers } from './settings/host-handlers.ts';
import { createNotices, damagedNotice } from './recovery/notices.ts';
import { createPlaceWatch, goneNotice } from './recovery/book-in-place.ts';
import { startStore } from './recovery/start-store.ts';
import { createDamageWatch } from './recovery/stop-at-damage.ts';
import { createSlices, loneSliceMs } from './store/slices.ts';
import { createSyncBook } from './sync/book/book.ts';
import { createSecrets } from './sync/secrets.ts';
import { createSync } from './sync/sync.ts';
import { digestOf, makeSecret } from './tokens/secret.ts';
import { keepTickShape } from './tick-shape.ts';
import { createTokenBook } from './tokens/token-book.ts';
import { createTokenHandlers } from './tokens/token-handlers.ts';
import { newsHandlers } from './updates/news.ts';
import { createUpdates } from './updates/updates.ts';

export type { Host, HostConfig, Reopen } from './host-config.ts';

/**
 * Builds store, operations, events and REST, in this order, and stops them in reverse. The only place that knows them all.
 * What one part fails to stop does not keep the others from being stopped, nor the profile from being let go of.
 * Throws AppError `conflict` when another process has the profile, `unavailable` when its database is not for this program,
 * DamagedBook when it is damaged and nobody chose what is to take its place. Nothing is left running then.
 */
export async function createHost(config: HostConfig): Promise<Host> {
  keepTickShape();
  const parts = new AsyncDisposableStack();
  try {
    return await compose(config, parts);
  } catch (error) {
    await parts.disposeAsync().catch(() => undefined); // the first error is the one that says what is the matter
    throw error;
  }
}

/** Each part says to `parts` how it is stopped, right where it is made. */
async function compose(config: HostConfig, parts: AsyncDisposableStack): Promise<Host> {
  const { dataDir, version, clock = () => new Date(), newId = randomUUID } = config;
  const hasApi = config.api !== false;
  const now = () => clock().toISOString();
  const runTask = createRunTask(config.bookWorker ?? sourceWorker);
  const { store, notices: started } = await startStore({ ...config, clock, run: runTask });
  parts.defer(() => store.close());
  const logs = openLog(dataDir);
  const { log, logRequest } = logs;
  parts.defer(() => {
    log.info('stopped');
    return logs.close();
  });
  // Commands look for the host in it as long as the profile is held.
  if (hasApi) parts.defer(() => removeControl(dataDir));

  const events = config.events ?? createEventHub((error) => log.error({ err: error }, 'a listener failed'));
  const profile = openProfile(store, now, newId);
  const settings = createSettings(store, { apiEnabled: true, apiPort: 4780, theme: 'system', phoneRegion: localRegion(), updates: 'off' });
  const region = () => settings.get().phoneRegion;
  const slices = createSlices(undefined, hasApi ? undefined : loneSliceMs);
  const upkeep = createSearchUpkeep({ store, turns: slices, log });
  parts.defer(() => upkeep.close());
  const onCommit = () => upkeep.noticeCommit();

  const lists = createLists(store, profile);
  const journal = createJournal(store);
  const counts = createCounts(store);
  const reader = createContactReader(store, lists, profile);
  const writer = createContactWriter({
    store, journal, lists, counts, slices, now, newId, region, onCommit,
    announce: (change) => events.publish({ type: 'change', change }),
    queue: (record, kind, at) => syncBook.queue(record, kind, at),
  });
  const search = createSearch(store, lists);
  const totals = createTotals(store, counts);
  const announceLists = () => events.publish({ type: 'lists' });
  const deletedTags = createDeletedTags({ store, lists, writer, announceLists });
  const undo = createUndo(journal, writer, deletedTags);
  const images = createImages(store, now, newId);
  const reindexer = createReindexer({ store, reader, turns: slices, region, log, onCommit });
  parts.defer(() => reindexer.close());
  const tokens = createTokenBook({
    store, clock, report: (error) => log.error({ err: error }, 'the last use of a token could not be written'),
  });
  const idempotency = createIdempotencyStore({ store, clock, newId });
  const core = { store, lists, journal, reader, writer, search, totals, slices, profile, counts, images, undo, now, newId, events };
  const syncBook = createSyncBook({ ...core, region, random: Math.random, announceLists });
  const imports = createImports({ ...core, dataDir, region, workerUrl: config.importWorker, log });
  parts.defer(() => imports.close());

  const notices = createNotices(store, dataDir, started, () => events.publish({ type: 'notices' }));
  const damage = createDamageWatch(store, (messages) => {
    log.error({ messages }, 'the book is damaged');
    notices.show(damagedNotice);
  });
  const place = createPlaceWatch(store, (isGone) => {
    log.error(isGone ? 'the folder of the book is gone' : 'the folder of the book is back');
    if (isGone) notices.show(goneNotice);
    else notices.withdraw(goneNotice.id);
  });
  parts.defer(() => place.close());
  const backups = createBackups({
    store, dataDir, migrationsDir: config.migrationsDir, clock, run: runTask, reopen: config.reopen, onDamage: (messages) => damage.found(messages),
    announce: () => events.publish({ type: 'backups' }),
  });
  parts.defer(() => backups.close());
  if (hasApi) {
    const daily = createDailyBackups({ backups, notices, log });
    parts.defer(() => daily.close());
  }

  const sync = createSync({
    store, slices, now,
    book: syncBook,
    secrets: config.secrets ?? createSecrets(dataDir),
    workerUrl: config.syncWorker,
    head: () => journal.head(),
    liveContacts: () => counts.live(),
    adoptIds(ids) {
      adoptIds(store, profile, ids);
      lists.refresh();
    },
    publish: (event) => events.publish(event),
    log: ({ error, ...result }) => log.info({ ...result, ...(error === undefined ? {} : { reason: error }) }, 'a sync cycle ended'),
    verify: () => verified(backups),
    report: (error) => log.error({ fault: error instanceof Error ? placeOf(error) : error }, 'sync ran into an unexpected problem'),
    automatic: () => hasApi,
    safeMode: () => api.isSafe(),
  });
  parts.defer(() => sync.service.close());
  parts.defer(
    events.subscribe((event) => {
      if (event.type === 'change' && event.change.actor !== 'sync') sync.service.changed();
    }),
  );

  const updates = createUpdates({
    updater: config.updater, events, now, timer: later, log,
    choice: () => settings.get().updates,
    ongoing: () => ({ sync: sync.service.status(), imports: imports.list() }),
  });
  parts.defer(() => updates.close());
  const housekeeping = createHousekeeping({ store, journal, writer, slices, clock, log, unfinished: [() => reindexer.resume()] });
  parts.defer(() => housekeeping.close());

  const handlers: Handlers = {
    ...contactHandlers(core),
    ...personHandlers({ ...core, region }),
    ...listHandlers({ ...core, deletedTags, announce: announceLists }),
    ...journalHandlers(journal, undo),
    ...imageHandlers(core),
    ...draftHandlers(store, now, () => events.publish({ type: 'drafts' })),
    ...createTokenHandlers({ tokens, events, profile: () => profile }),
    ...importHandlers(imports),
    ...exportHandlers(core),
    ...seedHandlers({ ...core, announceLists }),
    ...sync.handlers,
    ...updates.handlers,
    ...newsHandlers({ store, events, version, changelogFile: config.changelogFile }),
    ...backupHandlers({ backups, notices, repair: () => config.reopen?.({ suspect: true }) }),
    ...hostHandlers({
      version, dataDir, profile, counts, settings, events, reindexer, now,
      sqliteVersion: store.db.prepare('select sqlite_version()').pluck().get() as string,
      flushLog: () => new Promise((resolve) => log.flush(() => resolve())),
      api: () => ({ ...api.address(), ...(api.servesPrograms() ? {} : { url: null }) }),
      safeMode: () => api.isSafe(),
      windowUrl: () => (config.rendererDir === undefined || api.address().url === null ? null : windowUrl()),
      applyApi: (wanted) => api.apply(wanted),
    }),
  };
  const dispatch = place.watch(damage.watch(createDispatch(handlers)));
  const ownerSecret = config.ownerSecret ?? makeSecret();
  const codes = createWindowCodes();
  const server = await createHttpServer({
    dispatch, tokens, events, idempotency, turns: slices, version, clock, log, logRequest,
    owners: new Map([[digestOf(ownerSecret), 'ui']]),
    servesPrograms: () => api.servesPrograms(),
    claimWindowCode: (code) => (codes.claim(code) ? ownerSecret : undefined),
    profile: () => profile,
    head: () => journal.head(),
    changes: () => store.changes(),
    rendererDir: config.rendererDir,
  });
  parts.defer(() => server.close());
  const api = createApiSwitch({
    server, log, port: config.port, windowsOverHttp: config.windowsOverHttp ?? false, safeMode: config.safeMode ?? false,
    settings: () => settings.get(),
    note(url) {
      // In a folder that took the place of this book's, another process may be at home.
      if (store.isInPlace()) writeControl(dataDir, { pid: process.pid, url, token: ownerSecret });
    },
  });
  const windowUrl = () => `${api.address().url ?? ''}/#code=${codes.make()}`;

  if (hasApi) await api.start();
  upkeep.start();
  // After a repair there is no search index yet.
  if (notices.list().some(({ kind }) => kind === 'repaired' || kind === 'recovered')) reindexer.resume();
  sync.service.start();
  log.info({ version, pid: process.pid }, 'started');

  const running = parts.move();
  let closing: Promise<void> | undefined;
  return {
    dispatch,
    events,
    log,
    settings: () => settings.get(),
    api: () => api.address(),
    windowUrl,
    async enterSafeMode() {
      if (api.isSafe()) return;
      log.warn('safe mode: the API and sync are off until the next start');
      const isOff = api.enterSafeMode();
      sync.service.stop();
      await isOff;
      events.publish({ type: 'settings' });
    },
    close: () => (closing ??= running.disposeAsync()),
  };
}
