import type { Output } from '../../shared/operations/index.ts';
import type {
  AwaySummary, ConflictChoice, ConflictKind, ContactSync, OutboxItem, ParkedRecord, SyncConflict,
} from '../../shared/operations/sync.ts';
import type { Account, Dialect, RemoteRows } from './ports.ts';

/** What the person is shown of the account. */
export interface LinkedAccount extends Account {
  organizationName: string;
  userName: string;
  linkedAt: string;
}

/** An organization of a server that the book is to be linked to. */
export interface NewAccount {
  url: string;
  tenantId: string;
  organizationId: string;
  organizationName: string;
  userName: string;
  dialect: Dialect;
}

export interface SyncCounts {
  waiting: number;
  conflicts: number;
  parked: number;
  quarantined: number;
}

/** What windows, programs and commands ask about sync; nothing of it needs the network. */
export interface LocalSide {
  linkedAccount(): LinkedAccount | null;
  /** Links and queues every live contact, in slices. The former account's tables must be empty. */
  link(account: NewAccount): Promise<void>;
  /** Somebody signed in again to the account that the book is linked to, perhaps another person. */
  renewed(names: Pick<NewAccount, 'organizationName' | 'userName'>): void;
  /** Forgets the account and all that belonged to it; the contacts stay. */
  unlink(): void;
  counts(): SyncCounts;
  /** The open ones, oldest first. */
  conflictIds(): string[];
  /** These conflicts, or all that are open; each takes several queries, so many are to be read in slices. */
  conflicts(ids?: readonly string[]): { items: SyncConflict[]; total: number };
  /** As the person's own step, which undo takes back. Throws `notFound`, and 400 for a choice that makes no sense there. */
  resolve(id: string, choice: ConflictChoice, actor: string): SyncConflict;
  resolveMany(
    which: { ids?: readonly string[] | undefined; kind?: ConflictKind | undefined; field?: string | undefined },
    choice: ConflictChoice,
    actor: string,
  ): Promise<Output<'sync.resolveMany'>>;
  /** Asks conflicts again whose answer was undone; answers with how many. */
  reopen(ids: readonly string[]): number;
  parkedIds(): string[];
  /** These records, or all that are parked, like conflicts. */
  parked(ids?: readonly string[]): { items: ParkedRecord[]; total: number };
  retry(id: string): ParkedRecord;
  /** The server's id of a parked record's contact, to ask for it before `discard`. */
  remoteIdOfParked(id: string): string;
  /** Gives up the local change: the contact becomes what the server holds (null: it has none). */
  discard(id: string, fresh: RemoteRows | null, actor: string): ParkedRecord;
  outbox(limit: number, offset: number): { items: OutboxItem[]; total: number };
  contacts(ids: readonly string[]): ContactSync[];
  quarantined(): Output<'sync.quarantine'>;
  /** What sync changed in the book after this number of the journal. */
  changedBySync(sinceSeq: number): Omit<AwaySummary, 'since' | 'until'>;
  /** Pictures here that the server does not have yet. */
  picturesWaiting(): number;
}
