import type { SetField } from '../../shared/contact.ts';
import type { SyncProgress } from '../../shared/operations/sync.ts';
import type { Prepared } from '../contacts/writer.ts';
import type { Snapshot, SyncedField } from './snapshot.ts';

/*
 * What the parts of sync ask of each other. The engine (network and planning, in a thread of its own) knows the book
 * only as a `SyncBook` and the server only as a `Transport`; the book's side (state and decisions, in the store's
 * transactions) knows no network. Everything that crosses is plain data.
 */

/** What a server can hold and do. */
export interface Dialect {
  server: 'gauzy' | 'fieldbook';
  /** False once a creation came back with an id of the server's making. */
  clientIds: boolean;
  /** True once a creation came back with the id that we had given it. */
  clientIdsProven?: boolean;
  /** False once the server had no route to its trash: deletions there are final. */
  softDelete?: boolean;
}

/** How far pulling has come. Survives the end of the process. */
export interface Progress {
  /** The newest time of the server that a finished walk has seen; null before the first pull ended. */
  watermark: string | null;
  /** The first pull: pages that are in the book, and the watermark it will leave. Null when it is over. */
  firstPull: { page: number; watermark: string | null } | null;
  /** The ETag of the first page of the incremental walk: 304 says that nothing happened. */
  pageTag: string | null;
  /** Live contacts on the server when it was last counted. */
  remoteTotal: number | null;
  lastSweepAt: string | null;
  lastSuccessAt: string | null;
  /** Milliseconds that the server's clock is ahead of ours. */
  clockOffsetMs: number;
}

export interface Account {
  id: string;
  url: string;
  tenantId: string;
  organizationId: string;
  dialect: Dialect;
  progress: Progress;
  /** Where phones without a country code belong: with it, what follows from a new contact's values is worked out in the thread. */
  region?: string;
}

/** A tag, employee or project of the server, as a relation of a contact names it. */
export interface RemoteName {
  id: string;
  name: string;
  color?: string;
  email?: string | null;
}

/** A contact of the server. */
export interface RemoteRow {
  remoteId: string;
  addressId: string | null;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
  /** In this book's terms: a type that travels as a tag is the type, an invented picture is none. */
  snapshot: Snapshot;
  /** `hashOf(snapshotText(snapshot))`. */
  hash: string;
  /** Fields whose value this book cannot hold: it keeps its own, and the base has theirs. */
  strange: SyncedField[];
  /** What follows from the values if the contact is new here; absent when nobody had time for it. */
  prepared?: Prepared;
  /** For an update, which must send them back as they were read: the name, and all the address holds but times and owners. */
  wire?: { name: string; address: Record<string, unknown> };
}

export interface RemoteRows {
  rows: RemoteRow[];
  /** What the sets of the rows refer to, each once. */
  names: Record<SetField, RemoteName[]>;
}

/** A contact that could not be taken. */
export interface StrangeRow {
  remoteId: string;
  name: string | null;
  reason: string;
  raw: string;
  /** It is in the server's trash. */
  isDeleted?: boolean;
}

export interface PullCounts {
  created: number;
  updated: number;
  deleted: number;
}

/** A tag that a contact to be sent carries and the server does not know yet. `key` is the tag's id here, or `type:vendor`. */
export interface NewTag {
  key: string;
  /** Its id there, if it is one that the server may have had once and has no longer. */
  remoteId?: string;
  name: string;
  color: string;
}

/** A request whose fate nobody knows. */
export interface Doubt {
  attemptId: string;
  method: 'POST' | 'PUT' | 'DELETE';
  expected: Snapshot | null;
  startedAt: string;
}

/** The next contact to be sent. */
export interface PushItem {
  seq: number;
  contactId: string;
  /** The server's id; ours for what it does not have yet. */
  remoteId: string;
  kind: 'create' | 'update' | 'delete' | 'restore';
  doubt: Doubt | null;
  /** To be made there, and told by `learnTag`, before the contact can be sent. */
  newTags: NewTag[];
  /** To be uploaded, and told by `learnImage`, before the contact can be sent. */
  newImage: { localId: string; mediaType: string; bytes: Uint8Array } | null;
}

/** A request to be made: on disk before it leaves, and sent exactly so. */
export interface Attempt {
  id: string;
  method: 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`. */
  path: string;
  body: string | null;
}

/** Why a request for one contact did not succeed. */
export interface Failure {
  /** `transient`: again after a back-off; `refused`: a few more times over minutes, then parked; `final`: parked at once. */
  kind: 'transient' | 'refused' | 'final';
  status: number | null;
  message: string;
  /** The field the server named, as ours. */
  field?: string;
  /** Whether the request may have been carried out all the same. */
  inDoubt: boolean;
}

/** The book, as the engine sees it. Each call is one transaction (or slices of one job), on disk when it answers. */
export interface SyncBook {
  account(): Promise<Account>;
  saveProgress(changes: Partial<Progress>): Promise<void>;
  saveDialect(changes: Partial<Dialect>): Promise<void>;
  /** For the person: where the cycle is. */
  report(progress: SyncProgress): void;

  /** The places of the rows whose content is not what the book knows of the server. Changes nothing. */
  compare(rows: readonly (readonly [remoteId: string, hash: string])[]): Promise<number[]>;
  /** Of these pictures of the server, the ones the book does not have. */
  missingImages(remoteIds: readonly string[]): Promise<string[]>;
  /** Keeps a picture; false when it is none that the book can keep. */
  storeImage(remoteId: string, mediaType: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * Takes rows of the server: new ones are created, changed ones merged, deleted ones go to the trash when nothing is
   * waiting for them. Rows in doubt are left to sending. Repeating it changes nothing.
   */
  pull(batch: RemoteRows): Promise<PullCounts>;
  quarantine(rows: readonly StrangeRow[]): Promise<void>;
  /** Quarantined contacts of the server that are none of this book, or none any more. */
  setAside(): Promise<string[]>;
  /** They are no longer there. */
  forgetSetAside(remoteIds: readonly string[]): Promise<void>;
  /** Links whose contact should be on the server and of which nothing is waiting, in the order of their ids. */
  linked(after: string | null, limit: number): Promise<{ contactId: string; remoteId: string }[]>;
  linkedCount(): Promise<number>;
  /** A linked contact is no longer there: the server said 404 to its id, in a good session. To the trash, with a tombstone. */
  gone(remoteId: string): Promise<boolean>;
  /** So many are gone at once that a person must say so: a conflict asks. Answers with those a person gave up already. */
  massDelete(contactIds: readonly string[]): Promise<string[]>;

  /** The next contact to send after `seq` whose time has come; all times have come with `ignoreBackoff`. */
  nextPush(options: { after: number; ignoreBackoff: boolean }): Promise<PushItem | null>;
  waiting(): Promise<number>;
  learnTag(key: string, remote: RemoteName): Promise<void>;
  learnImage(localId: string, remoteId: string): Promise<void>;
  /** A creation came back with an id that is not ours. */
  learnId(contactId: string, remoteId: string): Promise<void>;
  /**
   * Decides what to send, given what the server holds now (null: nothing, it said 404), merges what came from there, and
   * writes the attempt down. Null when nothing is left to send, or a person must decide first.
   */
  begin(contactId: string, fresh: RemoteRows | null): Promise<Attempt | null>;
  /** What the server holds after the request (null: 404): the base moves here and only here, and what was lost is told. */
  settle(contactId: string, attemptId: string, fresh: RemoteRows | null): Promise<void>;
  /** The request failed: again later, or parked. `attemptId` is null when none was begun. */
  failed(contactId: string, attemptId: string | null, failure: Failure): Promise<void>;
}

export interface TransportRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, from the root: `/api/organization-contact/…`. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
  /** For the whole answer; half a minute where it is not given. */
  timeoutMs?: number;
}

export interface TransportResponse {
  status: number;
  /** In lower case. */
  headers: Record<string, string>;
  /** The body as it arrives; reading it may throw a `NetworkError` as well. */
  body: AsyncIterable<Uint8Array>;
}

/** One request to the linked origin and to no other. Follows no redirect, repeats nothing. Throws `NetworkError`. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** No answer came: nobody knows whether the request arrived, unless `sent` is false. */
export class NetworkError extends Error {
  readonly kind: 'offline' | 'timeout' | 'reset' | 'tls';
  readonly sent: boolean;

  constructor(kind: NetworkError['kind'], sent: boolean, message: string) {
    super(message);
    this.name = 'NetworkError';
    this.kind = kind;
    this.sent = sent;
  }
}

/** The tokens of the linked account. A refreshed pair is on disk before it is used. */
export interface Tokens {
  access: string;
  /** Null for a token that a person pasted. */
  refresh: string | null;
}

export interface TokenStore {
  load(): Promise<Tokens | null>;
  save(tokens: Tokens): Promise<void>;
}

/** What may not come from the world directly, so that a simulation can be the world. */
export interface World {
  now(): Date;
  /** From 0 up to 1. */
  random(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What a cycle did, and how it ended. */
export interface CycleResult {
  outcome: 'done' | 'offline' | 'signedOut' | 'paused' | 'cancelled';
  pulled: number;
  pushed: number;
  deleted: number;
  requests: number;
  writes: number;
  /** Why it did not come to its end, in words. */
  error?: string;
  /** Not before so many milliseconds, as the server asks. */
  retryAfterMs?: number;
}

export interface CycleOptions {
  /** With a full sweep, and without waiting for back-offs. */
  full: boolean;
  signal: AbortSignal;
}

/** One cycle: pull, sweep when it is time or asked for, send. Never throws for what a network or a server can do. */
export type RunCycle = (options: CycleOptions) => Promise<CycleResult>;
