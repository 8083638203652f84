import { AppError, invalidField } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { Output } from '../../shared/operations/index.ts';
import type { SyncProgress, SyncReport, SyncState, SyncStatus } from '../../shared/operations/sync.ts';
import { readOrigin } from './engine/origin.ts';
import type { Credentials, SignedIn } from './engine/connect.ts';
import type { LocalSide } from './local-side.ts';
import type { CycleResult, RemoteRows, SyncBook } from './ports.ts';
import { createScheduler, type Nudge, type SchedulerDeps } from './scheduler.ts';
import type { Secrets } from './secrets.ts';
import { createSyncThread } from './worker-client.ts';

export interface SyncServiceDeps {
  book: SyncBook & LocalSide;
  secrets: Secrets;
  workerUrl: URL;
  now: () => string;
  /** Live contacts of the book. */
  liveContacts: () => number;
  /** The book takes on the ids of the server's tenant and organization. */
  adoptIds: (ids: { tenantId: string; organizationId: string }) => void;
  publish: (event: HostEvent) => void;
  log: (result: CycleResult) => void;
  clock: Pick<SchedulerDeps, 'monotonic' | 'random' | 'timer'>;
  /** False for a command that has the book for a moment, and in safe mode: nothing happens by itself. */
  automatic: () => boolean;
  /** Before a cycle, with the time of the last good one. */
  onBegin: (lastSuccessAt: string | null) => void;
}

export type SignInInput = Credentials & { url: string };

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
  close(): Promise<void>;
}

/** How often at most the windows hear of progress, in milliseconds. */
const announceEveryMs = 250;

export function createSyncService(deps: SyncServiceDeps): SyncService {
  const { book, secrets, clock } = deps;
  let last: CycleResult | undefined;
  let progress: SyncProgress | undefined;
  let isSignedOut = false;
  let unannounce: (() => void) | undefined;

  const thread = createSyncThread(deps.workerUrl, {
    ...book,
    report(at) {
      progress = at;
      announceSoon();
    },
    loadTokens: () => secrets.load(),
    saveTokens: (tokens) => secrets.save(tokens),
  });

  const scheduler = createScheduler({
    ...clock,
    isReady: () => deps.automatic() && book.linkedAccount() !== null && !isSignedOut,
    async runCycle({ full, signal }) {
      const account = book.linkedAccount();
      const nothing = { pulled: 0, pushed: 0, deleted: 0, requests: 0, writes: 0 };
      if (!account) return { outcome: 'cancelled', ...nothing, error: 'The book is not linked to a server.' };
      deps.onBegin(account.progress.lastSuccessAt);
      signal.addEventListener('abort', () => thread.cancel());
      try {
        return await thread.run((worker) => worker.cycle(account.url, full));
      } catch (error) {
        return { outcome: 'offline', ...nothing, error: error instanceof Error ? error.message : String(error) };
      }
    },
    onCycle(result) {
      progress = result ? undefined : { phase: 'connecting', done: 0, total: null };
      if (result) {
        last = result;
        isSignedOut = result.outcome === 'signedOut';
        deps.log(result);
      }
      announce();
    },
  });

  function announce(): void {
    unannounce?.();
    unannounce = undefined;
    deps.publish({ type: 'sync', status: status() });
  }

  function announceSoon(): void {
    unannounce ??= clock.timer(announceEveryMs, announce);
  }

  function status(): SyncStatus {
    const account = book.linkedAccount();
    const counts = book.counts();
    const next = scheduler.nextIn();
    return {
      state: stateOf(account !== null, counts),
      account: account && {
        url: account.url,
        server: account.dialect.server,
        organizationId: account.organizationId,
        organizationName: account.organizationName,
        userName: account.userName,
        linkedAt: account.linkedAt,
      },
      ...counts,
      lastSuccessAt: account?.progress.lastSuccessAt ?? null,
      ...(last?.error === undefined || account === null ? {} : { lastError: last.error }),
      ...(scheduler.isPaused() ? { pauseReason: 'by you' } : last?.outcome === 'paused' && last.error ? { pauseReason: last.error } : {}),
      ...(progress ? { progress } : {}),
      nextAt: next === null ? null : new Date(Date.parse(deps.now()) + next).toISOString(),
    };
  }

  function stateOf(isLinked: boolean, { conflicts, parked }: { conflicts: number; parked: number }): SyncState {
    if (!isLinked) return 'unlinked';
    if (scheduler.isRunning()) return 'syncing';
    if (isSignedOut) return 'signedOut';
    if (scheduler.isPaused() || last?.outcome === 'paused') return 'paused';
    if (last?.outcome === 'offline') return 'offline';
    return conflicts + parked > 0 ? 'attention' : 'synced';
  }

  function needAccount() {
    const account = book.linkedAccount();
    if (!account) throw new AppError('conflict', 'The book is not linked to a server');
    return account;
  }

  function signIn({ url, ...credentials }: SignInInput): Promise<SignedIn> {
    const origin = readOrigin(url);
    return thread.run((worker) => worker.signIn(origin, credentials));
  }

  return {
    start: () => scheduler.start(),
    status,
    async run() {
      const started = clock.monotonic();
      const { outcome, pulled, pushed, deleted, requests, writes, error } = await scheduler.runNow();
      const { waiting, conflicts, parked } = book.counts();
      const ok = outcome === 'done';
      return {
        ok, pulled, pushed, deleted, conflicts, parked, waiting, requests, writes,
        durationMs: Math.round(clock.monotonic() - started),
        ...(ok ? {} : { error: error ?? 'The cycle was stopped.' }),
      };
    },
    async inspect(input) {
      const signedIn = await signIn(input);
      const linked = book.linkedAccount();
      const url = readOrigin(input.url);
      const isSame = linked !== null && linked.url === url && linked.tenantId === signedIn.tenantId;
      return {
        url,
        server: signedIn.dialect.server,
        userName: signedIn.userName,
        organizations: signedIn.organizations,
        contactsHere: deps.liveContacts(),
        replaces: linked && !isSame ? `${linked.organizationName} on ${linked.url}` : null,
      };
    },
    async connect({ organizationId, replace, ...input }) {
      const { dialect, tenantId, userName, organizations, tokens } = await signIn(input);
      const organization = organizationId === undefined && organizations.length === 1
        ? organizations[0]
        : organizations.find(({ id }) => id === organizationId);
      if (!organization) {
        const names = organizations.map(({ id, name }) => `${name} (${id})`).join(', ');
        throw invalidField('organizationId', `must be one of: ${names}`);
      }
      const url = readOrigin(input.url);
      const linked = book.linkedAccount();
      const isSame = linked !== null && linked.url === url && linked.tenantId === tenantId && linked.organizationId === organization.id;
      if (linked && !isSame && !replace) {
        throw new AppError('conflict', `The book is linked to ${linked.organizationName} on ${linked.url}; linking it elsewhere needs replace`);
      }
      if (linked && !isSame) await leave();
      // The tokens first: a link without them would only say that one is signed out.
      await secrets.save(tokens);
      if (!isSame) {
        await book.link({ url, tenantId, organizationId: organization.id, organizationName: organization.name, userName, dialect });
        deps.adoptIds({ tenantId, organizationId: organization.id });
      }
      isSignedOut = false;
      last = undefined;
      scheduler.start();
      announce();
      return status();
    },
    async disconnect() {
      needAccount();
      await leave();
      announce();
      return status();
    },
    cancel() {
      scheduler.cancel();
      return status();
    },
    pause(paused) {
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
    ask(remoteId) {
      const { url } = needAccount();
      return thread.run((worker) => worker.readOne(url, remoteId));
    },
    async close() {
      unannounce?.();
      await scheduler.close();
      await thread.close();
    },
  };

  /** Ends what is running, then forgets the account and its tokens. */
  async function leave(): Promise<void> {
    scheduler.cancel();
    while (scheduler.isRunning()) await new Promise<void>((resolve) => void clock.timer(20, resolve));
    book.unlink();
    await secrets.clear();
    isSignedOut = false;
    last = undefined;
  }
}
