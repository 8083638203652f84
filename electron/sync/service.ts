import { AppError } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { Output } from '../../shared/operations/index.ts';
import type { SyncProgress, SyncReport, SyncStatus } from '../../shared/operations/sync.ts';
import type { SyncAway } from './away.ts';
import type { LinkedAccount, LocalSide } from './local-side.ts';
import type { SyncMemory } from './memory.ts';
import type { CycleResult, RemoteRows, SyncBook } from './ports.ts';
import { createScheduler, noCycle, type Nudge, type SchedulerDeps } from './scheduler.ts';
import type { Secrets } from './secrets.ts';
import { createSignIns, type SignInInput } from './sign-ins.ts';
import { safeModeWords, statusOf } from './status.ts';
import { toldOf } from './thread-rpc.ts';
import type { SyncThread } from './worker-client.ts';
import type { HostSide } from './worker.ts';

export interface SyncServiceDeps {
  book: SyncBook & LocalSide;
  secrets: Secrets;
  memory: SyncMemory;
  createThread: (host: HostSide) => SyncThread;
  now: () => string;
  /** Live contacts of the book. */
  liveContacts: () => number;
  /** The book takes on the ids of the server's tenant and organization. */
  adoptIds: (ids: { tenantId: string; organizationId: string }) => void;
  publish: (event: HostEvent) => void;
  log: (result: CycleResult) => void;
  /** An error that is nobody's answer. */
  report: (error: unknown) => void;
  clock: Pick<SchedulerDeps, 'monotonic' | 'random' | 'timer'>;
  /** False for a command that has the book for a moment: nothing happens by itself. */
  automatic: () => boolean;
  /** Nothing of the network, also not by hand. */
  safeMode: () => boolean;
  away: Pick<SyncAway, 'begin' | 'end'>;
}

/** Sync as the host has it: the state that everybody sees, and what can be asked of it. */
export interface SyncService {
  start(): void;
  status(): SyncStatus;
  run(): Promise<SyncReport>;
  inspect(input: SignInInput): Promise<Output<'sync.inspect'>>;
  connect(input: SignInInput & { organizationId?: string | undefined; replace?: boolean | undefined }): Promise<SyncStatus>;
  disconnect(): Promise<SyncStatus>;
  cancel(): SyncStatus;
  pause(paused: boolean): SyncStatus;
  nudge(reason: Nudge): void;
  /** Something was changed in the book, by whomever. */
  changed(): void;
  /** What the server holds of a contact; null when it has none. */
  ask(remoteId: string): Promise<RemoteRows | null>;
  /** Safe mode has begun. */
  stop(): void;
  close(): Promise<void>;
}

/** How often at most the windows hear of progress, in milliseconds. */
const announceEveryMs = 250;

export function createSyncService(deps: SyncServiceDeps): SyncService {
  const { book, secrets, memory, clock } = deps;
  let progress: SyncProgress | undefined;
  let unannounce: (() => void) | undefined;
  let closed = false;

  const thread = deps.createThread({
    ...book,
    report(at) {
      progress = at;
      announceSoon();
    },
    async loadTokens() {
      const tokens = await secrets.load();
      return tokens?.origin === book.linkedAccount()?.url ? tokens : null;
    },
    saveTokens: (tokens) => secrets.renew({ ...tokens, origin: needAccount().url }),
    noteFault: (place) => deps.report(place),
  });

  const scheduler = createScheduler({
    ...clock,
    isPaused: memory.get().paused,
    isReady: () => deps.automatic() && !deps.safeMode() && book.linkedAccount() !== null && memory.get().last?.outcome !== 'signedOut',
    async runCycle({ full, signal }) {
      try {
        const { url, progress: known } = needAccount();
        deps.away.begin(known.lastSuccessAt);
        signal.addEventListener('abort', () => thread.cancel());
        return await thread.run((worker) => worker.cycle(url, full));
      } catch (error) {
        return noCycle(signal.aborted ? 'cancelled' : 'paused', toldOf(error, deps.report).message);
      }
    },
    onCycle(result) {
      progress = result ? undefined : { phase: 'connecting', done: 0, total: null };
      if (result) {
        if (result.outcome !== 'cancelled') remember({ last: outcomeOf(result) });
        if (result.outcome === 'done') attempt(() => deps.away.end());
        deps.log(result);
      }
      announce();
    },
  });

  /** What is beside the point must not stop what is going on: that it failed is in the log. */
  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      deps.report(error);
    }
  }

  /** A disk that is full keeps it in memory only. */
  function remember(changes: Parameters<SyncMemory['set']>[0]): void {
    attempt(() => memory.set(changes));
  }

  function announce(): void {
    unannounce?.();
    unannounce = undefined;
    if (!closed) attempt(() => deps.publish({ type: 'sync', status: status() }));
  }

  function announceSoon(): void {
    unannounce ??= clock.timer(announceEveryMs, announce);
  }

  function status(): SyncStatus {
    const next = scheduler.nextIn();
    return statusOf({
      account: book.linkedAccount(),
      counts: book.counts(),
      last: memory.get().last,
      isRunning: scheduler.isRunning(),
      isPaused: scheduler.isPaused(),
      safeMode: deps.safeMode(),
      progress,
      keptIn: secrets.describe(),
      nextAt: next === null ? null : new Date(Date.parse(deps.now()) + next).toISOString(),
    });
  }

  function needAccount(): LinkedAccount {
    const account = book.linkedAccount();
    if (!account) throw new AppError('conflict', 'The book is not linked to a server');
    return account;
  }

  const account = createSignIns({ ...deps, thread, scheduler, needAccount, remember });

  return {
    start() {
      const linked = book.linkedAccount();
      // The program may have ended just after linking.
      if (linked) deps.adoptIds({ tenantId: linked.tenantId, organizationId: linked.organizationId });
      scheduler.start();
    },
    status,
    async run() {
      const started = clock.monotonic();
      const { outcome, pulled, pushed, deleted, requests, writes, error } = await cycleNow();
      const { waiting, conflicts, parked } = book.counts();
      const ok = outcome === 'done';
      return {
        ok, pulled, pushed, deleted, conflicts, parked, waiting, requests, writes,
        durationMs: Math.round(clock.monotonic() - started),
        ...(ok ? {} : { error: error ?? 'The cycle was stopped.' }),
      };
    },
    inspect: (input) => account.inspect(input),
    async connect(input) {
      await account.connect(input);
      announce();
      return status();
    },
    async disconnect() {
      await account.disconnect();
      announce();
      return status();
    },
    cancel() {
      if (scheduler.isRunning()) {
        remember({ last: { outcome: 'cancelled', error: 'Stopped by you.' } });
        scheduler.cancel('Stopped by you.');
      }
      return status();
    },
    pause(paused) {
      remember({ paused });
      scheduler.pause(paused);
      announce();
      return status();
    },
    nudge: (reason) => scheduler.nudge(reason),
    changed() {
      if (book.linkedAccount() === null) return;
      scheduler.changed();
      announceSoon();
    },
    async ask(remoteId) {
      const { url } = needAccount();
      if (deps.safeMode()) throw new AppError('unavailable', safeModeWords);
      return thread.run((worker) => worker.readOne(url, remoteId));
    },
    stop() {
      scheduler.cancel(safeModeWords);
      announce();
    },
    async close() {
      closed = true;
      unannounce?.();
      await scheduler.close();
      await thread.close();
    },
  };

  function cycleNow(): Promise<CycleResult> {
    if (book.linkedAccount() === null) return Promise.resolve(noCycle('cancelled', 'The book is not linked to a server.'));
    return deps.safeMode() ? Promise.resolve(noCycle('cancelled', safeModeWords)) : scheduler.runNow();
  }
}

function outcomeOf({ outcome, error }: CycleResult): Pick<CycleResult, 'outcome' | 'error'> {
  return error === undefined ? { outcome } : { outcome, error };
}
