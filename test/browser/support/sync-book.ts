import { AppError } from '../../../shared/errors.ts';
import type {
  AwaySummary, ContactSync, LeaveReport, OutboxItem, ParkedRecord, SyncConflict, SyncStatus,
} from '../../../shared/operations/sync.ts';
import { fakeBook, idOf, type FakeBook } from './fake-book.ts';
import type { Answers } from './form-bridge.ts';
import { nameOf } from './people.ts';

export const today = (clock: string): string => new Date(`${new Date().toDateString()} ${clock}`).toISOString();

export const linked: SyncStatus = {
  state: 'synced',
  account: {
    url: 'https://crm.quay7.example', server: 'gauzy', organizationId: idOf(901), organizationName: 'Quay 7 Boats',
    userName: 'Ann Lee', linkedAt: '2026-10-02T08:00:00.000Z',
  },
  waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: today('14:05'), nextAt: today('14:10'),
};

export const unlinked: SyncStatus = {
  state: 'unlinked', account: null, waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: null, nextAt: null,
};

/** What sync has to tell and to ask, beside a book. A status follows from the rest, unless one is given. */
export interface SyncWorld {
  status: Partial<SyncStatus>;
  isLinked: boolean;
  conflicts: SyncConflict[];
  answered: SyncConflict[];
  parked: ParkedRecord[];
  outbox: OutboxItem[];
  quarantined: { remoteId: string; name: string | null; reason: string; at: string }[];
  contacts: Record<string, Partial<ContactSync>>;
  away: AwaySummary | null;
  leave: LeaveReport;
}

export interface SyncedFakeBook extends FakeBook {
  world: SyncWorld;
  statusNow: () => SyncStatus;
  /** Changes what sync has to tell, and announces it. */
  tell: (change: Partial<SyncWorld>) => void;
}

export function conflict(number: number, values: Partial<SyncConflict> = {}): SyncConflict {
  return {
    id: idOf(10_000 + number), contactId: idOf(number), kind: 'field', field: 'primaryPhone', base: '+351 21 000 0000',
    mine: `+351 21 111 ${String(1000 + number)}`, theirs: `+351 21 222 ${String(1000 + number)}`, createdAt: today('11:00'),
    name: nameOf(number), otherId: null, otherName: null, theirsAt: today('10:40'), mineAt: today('09:15'),
    choices: ['mine', 'theirs', 'both'], ...values,
  };
}

export function refused(number: number, values: Partial<ParkedRecord> = {}): ParkedRecord {
  return {
    id: idOf(20_000 + number), contactId: idOf(number), reason: 'refused', status: 400, field: 'primaryEmail',
    message: 'primaryEmail must be an email', since: today('10:00'), attempts: 5, name: nameOf(number), ...values,
  };
}

export function queued(number: number, values: Partial<OutboxItem> = {}): OutboxItem {
  return {
    id: idOf(30_000 + number), contactId: idOf(number), name: nameOf(number), kind: 'update', fields: ['primaryEmail', 'notes'],
    queuedAt: today('12:30'), state: 'waiting', nextAt: null, lastMessage: null, lastField: null, ...values,
  };
}

/** A fake book with 40 contacts, or as many as asked for, that is linked to a server. */
export function syncBook(start: Partial<SyncWorld> = {}, { contacts = 40, more = {} as Answers } = {}): SyncedFakeBook {
  const world: SyncWorld = {
    status: {}, isLinked: true, conflicts: [], answered: [], parked: [], outbox: [], quarantined: [], contacts: {}, away: null,
    leave: { ready: true, checks: [{ name: 'linked', ok: true, text: 'Linked.' }] }, ...start,
  };

  function statusNow(): SyncStatus {
    if (!world.isLinked) return { ...unlinked, ...world.status };
    const [conflicts, parked] = [world.conflicts.length, world.parked.length];
    return {
      ...linked, state: conflicts + parked > 0 ? 'attention' : 'synced', waiting: world.outbox.length, conflicts, parked,
      quarantined: world.quarantined.length, ...world.status,
    };
  }
  const announce = (): void => book.announce({ type: 'sync', status: statusNow() });
  const list = <T>(items: T[]): { items: T[]; total: number } => ({ items, total: items.length });
  const takeParked = (id: string): ParkedRecord => {
    const record = world.parked.find((each) => each.id === id);
    if (!record) throw new AppError('notFound', 'There is no refused record with this id');
    world.parked = world.parked.filter((each) => each !== record);
    queueMicrotask(announce);
    return record;
  };

  const book = fakeBook(contacts, {
    'sync.status': statusNow,
    'sync.conflicts': () => list(world.conflicts),
    'sync.parked': () => list(world.parked),
    'sync.outbox': ({ limit = 100, offset = 0 }) => {
      const refused = world.parked.map(({ id, contactId, name }) => ({ ...queued(0), id, contactId, name: name ?? '', state: 'parked' as const }));
      const all = [...refused, ...world.outbox];
      return { items: all.slice(offset, offset + limit), total: all.length };
    },
    'sync.quarantine': () => list(world.quarantined),
    'sync.contacts': ({ ids }) =>
      ids.map((id) => ({ id, state: 'synced', checkedAt: today('12:00'), notes: [], ...world.contacts[id] })),
    'sync.resolveMany': ({ ids = [], choice }) => {
      const meant = world.conflicts.filter(({ id, choices }) => ids.includes(id) && choices.includes(choice));
      world.conflicts = world.conflicts.filter((each) => !meant.includes(each));
      world.answered.push(...meant);
      queueMicrotask(announce);
      return { resolved: meant.length, group: choice === 'theirs' ? null : idOf(950) };
    },
    'sync.reopen': ({ ids }) => {
      const again = world.answered.filter(({ id }) => ids.includes(id));
      world.conflicts = [...again, ...world.conflicts].sort((a, b) => (a.id < b.id ? -1 : 1));
      queueMicrotask(announce);
      return { reopened: again.length };
    },
    'sync.retry': ({ id }) => takeParked(id),
    'sync.discard': ({ id }) => takeParked(id),
    'sync.run': () => ({
      ok: true, pulled: 3, pushed: 1, deleted: 0, conflicts: 0, parked: 0, waiting: 0, requests: 3, writes: 1, durationMs: 400,
    }),
    'sync.pause': ({ paused }) => {
      world.status = paused ? { state: 'paused', pauseReason: 'by you' } : {};
      queueMicrotask(announce);
      return statusNow();
    },
    'sync.cancel': statusNow,
    'sync.nudge': () => null,
    'sync.away': () => world.away,
    'sync.awaySeen': () => {
      world.away = null;
      return null;
    },
    'sync.leaveCheck': () => world.leave,
    'sync.disconnect': () => {
      world.isLinked = false;
      queueMicrotask(announce);
      return statusNow();
    },
    ...more,
  });
  return {
    ...book, world, statusNow,
    tell(change) {
      Object.assign(world, change);
      announce();
    },
  };
}
