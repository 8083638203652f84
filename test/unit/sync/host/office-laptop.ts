import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect } from 'vitest';
import { createAway } from '../../../../electron/sync/away.ts';
import { readOne, signIn } from '../../../../electron/sync/engine/connect.ts';
import { createCycle } from '../../../../electron/sync/engine/cycle.ts';
import { createLeaveCheck, type LeaveCheckDeps } from '../../../../electron/sync/leave-check.ts';
import { createSyncMemory } from '../../../../electron/sync/memory.ts';
import type { CycleResult, TokenStore, World } from '../../../../electron/sync/ports.ts';
import { createSecrets } from '../../../../electron/sync/secrets.ts';
import { createSyncService } from '../../../../electron/sync/service.ts';
import { syncHandlers } from '../../../../electron/sync/sync-handlers.ts';
import { connectThreads, type Link } from '../../../../electron/sync/thread-rpc.ts';
import type { SyncThread } from '../../../../electron/sync/worker-client.ts';
import type { HostSide, WorkerSide } from '../../../../electron/sync/worker.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { HostEvent } from '../../../../shared/events.ts';
import type { CallName, Input, Output } from '../../../../shared/operations/index.ts';
import type { SyncStatus } from '../../../../shared/operations/sync.ts';
import { owner } from '../../support/book.ts';
import { directTransport, openLaptop, type createOffice } from '../engine/support.ts';
import { createTimers } from './clock.ts';

export type Office = ReturnType<typeof createOffice>;

/** The office's server as a person names it. */
const origin = 'https://remote.test';

/** What the thread does, done here: the real engine, behind the real wire between two threads. */
function engineThread({ remote }: Office, world: World, host: HostSide, report: (error: unknown) => void): SyncThread & { die: () => void } {
  const transport = directTransport(remote);
  let abort = new AbortController();
  let current: { link: Link<WorkerSide>; end: () => void } | undefined;

  function begin(): NonNullable<typeof current> {
    const { port1, port2 } = new MessageChannel();
    const own: WorkerSide = {
      cycle(_origin, full) {
        abort = new AbortController();
        return createCycle({ book: there, tokens, transport, world })({ full, signal: abort.signal });
      },
      cancel: () => abort.abort(),
      signIn: (_origin, credentials) => signIn({ transport, world }, credentials),
      readOne: (_origin, remoteId) => readOne({ book: there, tokens, transport, world }, remoteId),
    };
    const { remote: there } = connectThreads<HostSide>(port2, own, report);
    const tokens: TokenStore = { load: () => there.loadTokens(), save: (pair) => there.saveTokens(pair) };
    return { link: connectThreads<WorkerSide>(port1, host, report), end: () => port1.close() };
  }

  return {
    run: (work) => work((current ??= begin()).link.remote),
    cancel: () => void current?.link.remote.cancel(),
    close: async () => current?.end(),
    /** As a thread ends that ran out of memory: nothing of it is heard any more. */
    die() {
      const ended = current;
      current = undefined;
      ended?.end();
      ended?.link.fail(new AppError('unavailable', 'Sync stopped unexpectedly; it resumes in a moment.'));
    },
  };
}

export interface HostSyncOptions {
  office: Office;
  dataDir: string;
  verify?: LeaveCheckDeps['verify'];
  automatic?: boolean;
}

/** A laptop's side of sync as the host has it, with a clock that stands still unless moved, against an office's server. */
export async function openHostSync({ office, dataDir, verify, automatic = true }: HostSyncOptions) {
  const timers = createTimers();
  office.remote.world.origin = origin;
  const world: World = { now: () => new Date(office.clock.now()), random: () => 0.5, sleep: office.clock.sleep };
  const laptop = await openLaptop({ office, dataDir, link: false });
  const { store, sync: book, journal, counts, now } = laptop;
  const secrets = createSecrets(dataDir);
  const statuses: SyncStatus[] = [];
  const cycles: CycleResult[] = [];
  const faults: unknown[] = [];
  let safeMode = false;
  const away = createAway(store, book, () => journal.head(), now);
  let thread: ReturnType<typeof engineThread> | undefined;
  const service = createSyncService({
    book, secrets, now, away,
    memory: createSyncMemory(store),
    createThread: (side) => (thread = engineThread(office, world, side, (error) => faults.push(error))),
    liveContacts: () => counts.live(),
    adoptIds: () => undefined,
    publish: (event: HostEvent) => void (event.type === 'sync' && statuses.push(event.status)),
    log: (result) => cycles.push(result),
    report: (error) => faults.push(error),
    clock: timers.clock,
    automatic: () => automatic,
    safeMode: () => safeMode,
  });
  const leaveCheck = createLeaveCheck({ book, service, verify: verify ?? (async () => ({ ok: true, text: 'The database is sound.' })) });
  const handlers = syncHandlers({ book, slices: laptop.slices, service, leaveCheck, away });
  service.start();

  const { organizationId, admin } = office.remote.directory;
  const account = { url: origin, email: admin.email, password: admin.password, organizationId };
  let isOpen = true;
  const host = {
    ...laptop, timers, service, statuses, cycles, faults, account,
    /** Calls an operation of sync. */
    async ask<N extends CallName & keyof typeof handlers>(name: N, input: Input<N>): Promise<Output<N>> {
      const handler = handlers[name] as (input: unknown, context: unknown) => unknown;
      return (await handler(input, { caller: owner, file: undefined })) as Output<N>;
    },
    connect: (changes: Partial<Input<'sync.connect'>> = {}) => host.ask('sync.connect', { ...account, ...changes }),
    /** A full cycle by hand that must come to its end. */
    async synced() {
      const report = await host.ask('sync.run', {});
      expect(report).toMatchObject({ ok: true });
      return report;
    },
    /** Time goes by, here and on the server. */
    async pass(milliseconds: number): Promise<void> {
      office.clock.pass(milliseconds);
      await timers.pass(milliseconds);
    },
    /** Waits for the end of what is running. */
    async quiet(): Promise<SyncStatus> {
      await expect.poll(() => service.status().state).not.toBe('syncing');
      return service.status();
    },
    killThread: () => thread?.die(),
    enterSafeMode() {
      safeMode = true;
      service.stop();
    },
    async close(): Promise<void> {
      if (!isOpen) return;
      isOpen = false;
      await service.close();
      laptop.close();
    },
  };
  return host;
}

export type HostSync = Awaited<ReturnType<typeof openHostSync>>;

/** A folder for a profile inside another, made now. */
export const profileIn = (folder: string): string => mkdtempSync(join(folder, 'profile-'));
