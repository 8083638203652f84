import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import type { Profile } from '../contacts/record.ts';
import type { Reindexer } from '../contacts/reindex.ts';
import type { Counts } from '../contacts/writer.ts';
import { diagnosticsHandlers } from '../diagnostics/diagnostics-handlers.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { EventHub } from '../events.ts';
import type { SettingsBook } from './settings.ts';

export interface HostHandlerDeps {
  version: string;
  sqliteVersion: string;
  dataDir: string;
  profile: Profile;
  counts: Counts;
  settings: SettingsBook;
  events: EventHub;
  reindexer: Reindexer;
  api: () => { url: string | null; error: string | null };
  safeMode: () => boolean;
  /** The address of a browser window, with a code that works once; null where no page is served. */
  windowUrl: () => string | null;
  /** Makes the API as the settings say; throws when it cannot, and then it is as it was. */
  applyApi: (settings: Settings) => Promise<void>;
  now: () => string;
  /** Writes what was logged until now to the file. */
  flushLog: () => Promise<void>;
}

/** What this host is, its settings, and a file that tells both to whoever helps with a problem. */
export function hostHandlers(
  deps: HostHandlerDeps,
): HandlersOf<'health.get' | 'host.info' | 'host.window' | 'host.diagnostics' | 'settings.get' | 'settings.update'> {
  const { settings, events, counts, api } = deps;
  const info = (): HostInfo => ({
    version: deps.version,
    sqliteVersion: deps.sqliteVersion,
    dataDir: deps.dataDir,
    ...deps.profile,
    apiUrl: api().url,
    apiError: api().error,
    safeMode: deps.safeMode(),
    contacts: counts.live(),
    trashed: counts.trashed(),
  });
  return {
    'health.get': () => ({ status: 'ok' }),
    'host.info': info,
    'host.window': () => ({ url: deps.windowUrl() }),
    ...diagnosticsHandlers({ ...deps, info, settings: () => settings.get() }),

    'settings.get': () => settings.get(),

    async 'settings.update'(input) {
      const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Settings>;
      const former = settings.get();
      const next = { ...former, ...changes };
      if (next.apiEnabled !== former.apiEnabled || next.apiPort !== former.apiPort) {
        await deps.applyApi(next);
      }
      const saved = settings.update(changes);
      events.publish({ type: 'settings' });
      if (saved.phoneRegion !== former.phoneRegion) deps.reindexer.start();
      return saved;
    },
  };
}
