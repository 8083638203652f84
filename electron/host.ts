import { randomUUID } from 'node:crypto';
import type { Settings } from '../shared/operations/book.ts';
import { backupHandlers } from './backups/backup-handlers.ts';
import { createBackups, type Backups } from './backups/backups.ts';
import { createDailyBackups } from './backups/daily.ts';
import { createRunTask, sourceWorker } from './backups/run-task.ts';
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
import { createDispatch, type Dispatch, type Handlers } from './dispatch.ts';
import { draftHandlers } from './drafts/drafts.ts';
import { placeOf } from './error-place.ts';
import { createEventHub, type EventHub } from './events.ts';
import { exportHandlers } from './exports/export-handlers.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createIdempotencyStore } from './http/idempotency-store.ts';
import { createHttpServer } from './http/server.ts';
import { createImages, imageHandlers } from './images/images.ts';
import { createImports } from './imports/imports.ts';
import { importHandlers } from './imports/import-handlers.ts';
import { createJournal } from './journal/journal.ts';
import { journalHandlers } from './journal/journal-handlers.ts';
import { createUndo } from './journal/undo.ts';
import { createDeletedTags } from './lists/deleted-tags.ts';
import { createLists } from './lists/lists.ts';
import { listHandlers } from './lists/list-handlers.ts';
import { openLog, type Log } from './log.ts';
import { adoptIds, openProfile } from './profile.ts';
import { seedHandlers } from './seed/seed-handlers.ts';
import { createSettings } from './settings/settings.ts';
import { hostHandlers } from './settings/host-handlers.ts';
import { createNotices, damagedNotice } from './recovery/notices.ts';
import type { Choose } from './recovery/recover.ts';
import { startStore } from './recovery/start-store.ts';
import { createPlaceWatch, goneNotice } from './recovery/book-in-place.ts';
import { createDamageWatch } from './recovery/stop-at-damage.ts';
import { createSlices, loneSliceMs } from './store/slices.ts';
import { createSyncBook } from './sync/book/book.ts';
import { createSecrets, type Secrets } from './sync/secrets.ts';
import { createSync } from './sync/sync.ts';
import { digestOf, makeSecret } from './tokens/secret.ts';
import { keepTickShape } from './tick-shape.ts';
import { createTokenBook } from './tokens/token-book.ts';
import { createTokenHandlers } from './tokens/token-handlers.ts';
import { newsHandlers } from './updates/news.ts';
import { createUpdates, type Updater } from './updates/updates.ts';

export interface HostConfig {
  /** The profile: a folder of its own, made when it is not there. */
  dataDir: string;
  migrationsDir: string;
  version: string;
  /** The worker that parses imports: a source or a built file. */
  importWorker: URL;
  /** The thread of sync, likewise. */
  syncWorker: URL;
  /** Where the sign-in to the server is kept; without it, in a file of the profile that its owner alone may read. */
  secrets?: Secrets;
  /** The built page for browser windows; without it the API serves no page. */
  rendererDir?: string;
  /** CHANGELOG.md: what is new is told from it after an update. */
  changelogFile?: string;
  /** Fetches newer versions of this program; without it nobody looks for any. */
  updater?: Updater;
  /** Instead of the port in the settings; 0 picks a free one. */
  port?: number | undefined;
  /** False for a command that only wants the operations: nothing listens. */
  api?: boolean;
  /**
   * This host's windows come over HTTP, so it listens whatever the settings say: an API that is switched off is closed to
   * programs only, and another port counts from the next start, so that a window keeps the ground it stands on.
   */
  windowsOverHttp?: boolean;
  /** After crashes in a row: the book as ever, but neither API nor sync, whatever the settings say. */
  safeMode?: boolean;
  /** The worker that copies, checks and repairs whole books, where it is not the source. */
  bookWorker?: URL;
  /** Says what takes the place of a damaged book; without it such a book is left as it is and not opened. */
  choose?: Choose;
  /** The book was found to be damaged: it is checked and repaired however large it is. */
  suspect?: boolean;
  /** Closes this host and opens another around the book that is there then. Without it no backup can be restored. */
  reopen?: (how: Reopen) => void;
  /** Kept while hosts come and go: who listens to events, and the secret of this person's windows and commands. */
  events?: EventHub;
  ownerSecret?: string;
  clock?: () => Date;
  newId?: () => string;
}

export interface Reopen {
  /** Because the book is damaged. */
  suspect?: boolean;
}

/** The book and its API, without any window. */
export interface Host {
  dispatch: Dispatch;
  events: EventHub;
  log: Log;
  settings(): Settings;
  /** Where the API listens, or why it does not. */
  api(): { url: string | null; error: string | null };
  /** The address of a browser window; the code in it works once. */
  windowUrl(): string;
  /** Turns off what runs beside the windows (API and sync) until the next start. */
  enterSafeMode(): Promise<void>;
  /** Ends requests, finishes what is being written, closes the database. */
  close(): Promise<void>;
}

/**
 * Builds store, operations, REST and events, in this order, and stops them in reverse. The only place that knows them all.
 * Throws AppError `conflict` when another process has the profile, `unavailable` when its database is not for this program,
 * DamagedBook when it is damaged and nobody chose what is to take its place.
 */
export async function createHost(config: HostConfig): Promise<Host> {
  keepTickShape();
  const { dataDir, version, clock = () => new Date(), newId = randomUUID } = config;
  const now = () => clock().toISOString();
  const runTask = createRunTask(config.bookWorker ?? sourceWorker);
  const { store, notices: started } = await startStore({ ...config, clock, run: runTask });
  try {
    const { log, logRequest } = openLog(dataDir);
    const events = config.events ?? createEventHub((error) => log.error({ err: error }, 'a listener failed'));
    const profile = openProfile(store, now, newId);
    const settings = createSettings(store, { apiEnabled: true, apiPort: 4780, theme: 'system', phoneRegion: localRegion(), updates: 'off' });
    const region = () => settings.get().phoneRegion;
    const slices = createSlices(undefined, config.api === false ? loneSliceMs : undefined);
    const upkeep = createSearchUpkeep({ store, turns: slices, log });
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
    const tokens = createTokenBook({
      store, clock,
      report: (error) => log.error({ err: error }, 'the last use of a token could not be written'),
    });
    const idempotency = createIdempotencyStore({ store, clock, newId });
    const core = { store, lists, journal, reader, writer, search, totals, slices, profile, counts, images, undo, now, newId, events };
    const syncBook = createSyncBook({ ...core, region, random: Math.random, announceLists });
    const imports = createImports({ ...core, dataDir, region, workerUrl: config.importWorker, log });

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
    const backups = createBackups({
      store, dataDir, migrationsDir: config.migrationsDir, clock, run: runTask, reopen: config.reopen, onDamage: (messages) => damage.found(messages),
      announce: () => events.publish({ type: 'backups' }),
    });

    const flushLog = (): Promise<void> => new Promise((resolve) => log.flush(() => resolve()));
    const ownerSecret = config.ownerSecret ?? makeSecret();
    const codes = new Set<string>();
    let listening: { url: string; port: number } | null = null;
    let apiError: string | null = null;
    let safeMode = config.safeMode ?? false;

    const sync = createSync({
      store, now,
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
      report: (error) => log.error({ fault: error instanceof Error ? placeOf(error) : error }, 'sync met a problem that nobody foresaw'),
      automatic: () => config.api !== false,
      safeMode: () => safeMode,
    });
    const stopHearing = events.subscribe((event) => {
      if (event.type === 'change' && event.change.actor !== 'sync') sync.service.changed();
    });

    const updates = createUpdates({
      updater: config.updater, events, now, timer, log,
      choice: () => settings.get().updates,
      ongoing: () => ({ sync: sync.service.status(), imports: imports.list() }),
    });

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
        version, dataDir, profile, counts, settings, events, reindexer, now, flushLog,
        sqliteVersion: store.db.prepare('select sqlite_version()').pluck().get() as string,
        api: () => ({ url: servesPrograms() ? (listening?.url ?? null) : null, error: apiError }),
        safeMode: () => safeMode,
        windowUrl: () => (config.rendererDir === undefined || listening === null ? null : windowUrl(listening.url)),
        applyApi,
      }),
    };
    const dispatch = place.watch(damage.watch(createDispatch(handlers)));
    const servesPrograms = (): boolean => !safeMode && settings.get().apiEnabled;
    const server = await createHttpServer({
      dispatch, tokens, events, idempotency, version, clock, log, logRequest,
      owners: new Map([[digestOf(ownerSecret), 'ui']]),
      servesPrograms,
      claimWindowCode: (code) => (codes.delete(code) ? ownerSecret : undefined),
      profile: () => profile,
      head: () => journal.head(),
      changes: () => store.changes(),
      rendererDir: config.rendererDir,
    });

    function windowUrl(origin: string): string {
      const code = makeSecret();
      codes.add(code);
      return `${origin}/#code=${code}`;
    }

    /** Listens, moves or stops as the settings say. Throws when the port is taken, and then nothing changes. */
    async function applyApi({ apiEnabled, apiPort }: Pick<Settings, 'apiEnabled' | 'apiPort'>): Promise<void> {
      const port = config.port ?? apiPort;
      const mayMove = config.port === undefined && !config.windowsOverHttp;
      if (!config.windowsOverHttp && (safeMode || !apiEnabled)) {
        listening = null;
        apiError = safeMode ? 'Fieldbook is in safe mode. Restart it to turn the API on again.' : null;
        // Not awaited: the window that asked may itself be on a connection of this server.
        void server.close();
      } else if (!listening || (mayMove && listening.port !== port)) {
        listening = await server.listen(port);
        apiError = null;
      }
      // In a folder that took the place of this book's, another process may be at home.
      if (store.isInPlace()) writeControl(dataDir, { pid: process.pid, url: listening?.url ?? null, token: ownerSecret });
    }

    if (config.api !== false) {
      await applyApi(settings.get()).catch((error: unknown) => {
        apiError = error instanceof Error ? error.message : String(error);
        writeControl(dataDir, { pid: process.pid, url: null, token: ownerSecret });
        log.warn({ reason: apiError }, 'the API does not listen');
      });
    }
    const housekeeping = createHousekeeping({ store, journal, writer, slices, clock, log, unfinished: [() => reindexer.resume()] });
    upkeep.start();
    const daily = config.api === false ? undefined : createDailyBackups({ backups, notices, log });
    // After a repair there is no search index yet.
    if (notices.list().some(({ kind }) => kind === 'repaired' || kind === 'recovered')) reindexer.resume();
    sync.service.start();
    log.info({ version, pid: process.pid }, 'started');

    return {
      dispatch,
      events,
      log,
      settings: () => settings.get(),
      api: () => ({ url: listening?.url ?? null, error: apiError }),
      windowUrl: () => windowUrl(listening?.url ?? ''),
      async enterSafeMode() {
        if (safeMode) return;
        safeMode = true;
        log.warn('safe mode: the API and sync are off until the next start');
        sync.service.stop();
        await applyApi(settings.get());
        events.publish({ type: 'settings' });
      },
      async close() {
        await server.close();
        stopHearing();
        updates.close();
        await sync.service.close();
        await imports.close();
        await housekeeping.close();
        await upkeep.close();
        daily?.close();
        await backups.close();
        if (config.api !== false) removeControl(dataDir);
        place.close();
        log.info('stopped');
        store.close();
        await flushLog();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Calls back later, unless the program ends before; returns the way to call it off. */
function timer(milliseconds: number, callback: () => void): () => void {
  const handle = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(handle);
}

/** A copy of the book, checked to its last byte, is both the proof that the book is sound and something to go back to. */
async function verified(backups: Backups): Promise<{ ok: boolean; text: string }> {
  try {
    await backups.make('daily');
    return { ok: true, text: 'The database is sound, and backed up.' };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

/** The country of this computer's language settings: whose phones are typed without a country code. */
function localRegion(): string {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).maximize().region ?? 'US';
}
