import type { HandlersOf } from '../dispatch.ts';
import type { Slices } from '../store/slices.ts';
import type { LocalSide } from './local-side.ts';
import type { SyncAway } from './away.ts';
import type { LeaveCheck } from './leave-check.ts';
import { longList } from './long-list.ts';
import type { SyncService } from './service.ts';

type Names =
  | 'sync.status' | 'sync.run' | 'sync.conflicts' | 'sync.resolve' | 'sync.parked' | 'sync.retry' | 'sync.discard'
  | 'sync.resolveMany' | 'sync.reopen' | 'sync.outbox' | 'sync.contacts' | 'sync.quarantine' | 'sync.inspect' | 'sync.connect'
  | 'sync.disconnect' | 'sync.cancel' | 'sync.pause' | 'sync.nudge' | 'sync.leaveCheck' | 'sync.away' | 'sync.awaySeen';

const defaultOutboxLimit = 100;

export interface SyncHandlerDeps {
  book: LocalSide;
  slices: Slices;
  service: SyncService;
  leaveCheck: LeaveCheck;
  away: SyncAway;
}

export function syncHandlers({ book, slices, service, leaveCheck, away }: SyncHandlerDeps): HandlersOf<Names> {
  /** What a person answered is sent soon, and everybody hears of the new counts. */
  function then<T>(value: T): T {
    service.changed();
    return value;
  }

  return {
    'sync.status': () => service.status(),
    'sync.run': () => service.run(),
    'sync.conflicts': () => longList(slices, book.conflictIds(), (id) => book.conflicts([id]).items),
    'sync.resolve': ({ id, choice }, { caller }) => then(book.resolve(id, choice, caller.actor)),
    'sync.resolveMany': async ({ choice, ...which }, { caller }) => then(await book.resolveMany(which, choice, caller.actor)),
    'sync.reopen': ({ ids }) => then({ reopened: book.reopen(ids) }),
    'sync.parked': () => longList(slices, book.parkedIds(), (id) => book.parked([id]).items),
    'sync.retry': ({ id }) => then(book.retry(id)),
    async 'sync.discard'({ id }, { caller }) {
      const fresh = await service.ask(book.remoteIdOfParked(id));
      return then(book.discard(id, fresh, caller.actor));
    },
    'sync.outbox': ({ limit, offset }) => book.outbox(limit ?? defaultOutboxLimit, offset ?? 0),
    'sync.contacts': ({ ids }) => book.contacts(ids),
    'sync.quarantine': () => book.quarantined(),
    'sync.inspect': (input) => service.inspect(input),
    'sync.connect': (input) => service.connect(input),
    'sync.disconnect': () => service.disconnect(),
    'sync.cancel': () => service.cancel(),
    'sync.pause': ({ paused }) => service.pause(paused),
    'sync.nudge'({ reason }) {
      service.nudge(reason);
      return null;
    },
    'sync.leaveCheck': () => leaveCheck(),
    'sync.away': () => away.summary(),
    'sync.awaySeen'() {
      away.seen();
      return null;
    },
  };
}
