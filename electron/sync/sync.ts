import type { HostEvent } from '../../shared/events.ts';
import { createAway } from './away.ts';
import type { BookSide } from './book/book.ts';
import { createLeaveCheck, type LeaveCheckDeps } from './leave-check.ts';
import { later } from '../later.ts';
import { createQuietWork } from '../quiet-work.ts';
import type { Store } from '../store/open.ts';
import type { Slices } from '../store/slices.ts';
import type { Secrets } from './secrets.ts';
import { createSyncMemory } from './memory.ts';
import { createSyncService, type SyncService } from './service.ts';
import { syncHandlers } from './sync-handlers.ts';
import { createSyncThread } from './worker-client.ts';
import type { CycleResult } from './ports.ts';

export interface SyncDeps {
  store: Store;
  book: BookSide;
  slices: Slices;
  secrets: Secrets;
  workerUrl: URL;
  now: () => string;
  /** The journal's newest number. */
  head: () => number;
  liveContacts: () => number;
  adoptIds: (ids: { tenantId: string; organizationId: string }) => void;
  publish: (event: HostEvent) => void;
  log: (result: CycleResult) => void;
  report: (error: unknown) => void;
  verify: LeaveCheckDeps['verify'];
  /** False for a command that has the book for a moment: nothing happens by itself. */
  automatic: () => boolean;
  safeMode: () => boolean;
}

/** Sync as one part of the host: its service and the handlers of its operations. */
export function createSync(deps: SyncDeps): { service: SyncService; handlers: ReturnType<typeof syncHandlers> } {
  const { store, book, now } = deps;
  const quietly = createQuietWork(deps.report);
  const away = createAway(store, book, deps.head, now);
  const service = createSyncService({
    ...deps,
    memory: createSyncMemory(store),
    createThread: (host) => createSyncThread(deps.workerUrl, host, deps.report),
    away,
    clock: {
      monotonic: () => performance.now(),
      random: Math.random,
      timer: (milliseconds, callback) => later(milliseconds, () => quietly(callback)),
    },
  });
  const leaveCheck = createLeaveCheck({ book, service, verify: deps.verify });
  return { service, handlers: syncHandlers({ book, slices: deps.slices, service, leaveCheck, away }) };
}
