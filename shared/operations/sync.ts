import { z } from 'zod';
import { uuid } from '../contact.ts';
import { operation } from '../operation.ts';
import { nothing, page } from './common.ts';

/** Where sync stands, in one word. */
export const syncStates = ['unlinked', 'synced', 'syncing', 'offline', 'attention', 'signedOut', 'paused'] as const;
export type SyncState = (typeof syncStates)[number];

export const conflictKinds = [
  'field', 'editedHereDeletedThere', 'deletedHereEditedThere', 'overwritten', 'removed', 'possibleDuplicate', 'massDelete',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export const conflictChoices = ['mine', 'theirs', 'both'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

const syncProgress = z.object({
  phase: z.enum(['connecting', 'pulling', 'sweeping', 'sending']),
  done: z.number(),
  /** Null while it is not known. */
  total: z.number().nullable(),
});
export type SyncProgress = z.output<typeof syncProgress>;

export const syncStatus = z.object({
  state: z.enum(syncStates),
  account: z
    .object({
      url: z.string(),
      server: z.enum(['gauzy', 'fieldbook']),
      organizationId: z.string(),
      organizationName: z.string(),
      userName: z.string(),
      linkedAt: z.string(),
      /** Where the sign-in is kept, and who could read it, in words. */
      keptIn: z.string().optional(),
    })
    .nullable(),
  /** Contacts with changes that are not on the server yet. */
  waiting: z.number(),
  conflicts: z.number(),
  parked: z.number(),
  quarantined: z.number(),
  lastSuccessAt: z.string().nullable(),
  /** What kept the last cycle from its end, in words. */
  lastError: z.string().optional(),
  /** Why nothing is sent or fetched although there is a network: 'paused' in words. */
  pauseReason: z.string().optional(),
  progress: syncProgress.optional(),
  /** When the next cycle begins by itself. */
  nextAt: z.string().nullable().optional(),
});
export type SyncStatus = z.output<typeof syncStatus>;

export const syncReport = z.object({
  ok: z.boolean(),
  /** Contacts created or changed here. */
  pulled: z.number(),
  /** Contacts created or changed there. */
  pushed: z.number(),
  /** Contacts that went to the trash, here or there. */
  deleted: z.number(),
  /** Open at the end. */
  conflicts: z.number(),
  parked: z.number(),
  waiting: z.number(),
  requests: z.number(),
  /** Requests that may change something there. */
  writes: z.number(),
  durationMs: z.number(),
  error: z.string().optional(),
});
export type SyncReport = z.output<typeof syncReport>;

export const syncConflict = z.object({
  id: z.string(),
  contactId: z.string().nullable(),
  kind: z.enum(conflictKinds),
  field: z.string().nullable(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  createdAt: z.string(),
  /** The contact's name, to show; null for what concerns many. */
  name: z.string().nullable(),
  /** The other contact of a possible duplicate. */
  otherId: z.string().nullable(),
  otherName: z.string().nullable(),
  /** Who changed it there and when, as far as the server tells. */
  theirsAt: z.string().nullable(),
  /** When it was changed here. */
  mineAt: z.string().nullable(),
  /** The answers that make sense. */
  choices: z.array(z.enum(conflictChoices)),
});
export type SyncConflict = z.output<typeof syncConflict>;

export const parkedRecord = z.object({
  id: z.string(),
  contactId: z.string(),
  reason: z.string(),
  status: z.number().nullable(),
  field: z.string().optional(),
  message: z.string(),
  since: z.string(),
  attempts: z.number(),
  name: z.string().nullable(),
});
export type ParkedRecord = z.output<typeof parkedRecord>;

/** One contact of the outbox, in words. */
export const outboxItem = z.object({
  id: z.string(),
  contactId: z.string(),
  name: z.string(),
  kind: z.enum(['create', 'update', 'delete', 'restore']),
  /** The fields that differ from what the server held last. */
  fields: z.array(z.string()),
  queuedAt: z.string(),
  /** `waiting` for the next cycle, `retrying` after a failure, `held` by a conflict, `parked` until somebody acts. */
  state: z.enum(['waiting', 'retrying', 'held', 'parked']),
  nextAt: z.string().nullable(),
  lastMessage: z.string().nullable(),
  lastField: z.string().nullable(),
});
export type OutboxItem = z.output<typeof outboxItem>;

/** How one contact stands: what its row and its page show. */
export const contactSync = z.object({
  id: z.string(),
  state: z.enum(['local', 'waiting', 'conflict', 'refused', 'synced']),
  /** When the server's copy was seen last. */
  checkedAt: z.string().nullable(),
  /** What the server cannot hold as it is here, in words: 'The server holds the type as CLIENT'. */
  notes: z.array(z.string()),
});
export type ContactSync = z.output<typeof contactSync>;

/** A line of the check before leaving the network. */
const leaveCheck = z.object({
  name: z.enum(['linked', 'reachable', 'sent', 'conflicts', 'refused', 'pictures', 'database', 'fresh']),
  ok: z.boolean(),
  text: z.string(),
});
export const leaveReport = z.object({ ready: z.boolean(), checks: z.array(leaveCheck) });
export type LeaveReport = z.output<typeof leaveReport>;

/** What changed while the person was away. */
export const awaySummary = z.object({
  since: z.string(),
  until: z.string(),
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  /** The contacts that others changed, newest first; at most 50. */
  contacts: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['created', 'updated', 'deleted']), at: z.string() })),
});
export type AwaySummary = z.output<typeof awaySummary>;

const credentials = {
  url: z.string().trim().min(1, 'should not be empty'),
  email: z.string().trim().optional(),
  password: z.string().optional(),
  /** An access token instead of e-mail and password. */
  token: z.string().trim().optional(),
};

export const syncOperations = {
  'sync.status': operation({
    summary: 'Where sync stands: state, what waits, conflicts, refusals, last success.',
    access: 'view',
    input: nothing,
    output: syncStatus,
    rest: { method: 'GET', path: '/sync/status', status: 200 },
  }),
  'sync.run': operation({
    summary: 'One full cycle now: push, incremental pull and a full sweep; waits for its end, joins one that is running.',
    access: 'edit',
    input: nothing,
    output: syncReport,
    rest: { method: 'POST', path: '/sync/run', status: 200 },
  }),
  'sync.conflicts': operation({
    summary: 'Open conflicts, oldest first.',
    access: 'view',
    input: nothing,
    output: page(syncConflict),
    rest: { method: 'GET', path: '/sync/conflicts', status: 200 },
  }),
  'sync.resolve': operation({
    summary: 'Answers a conflict: mine, theirs or, where it makes sense, both.',
    access: 'edit',
    input: z.strictObject({
      id: uuid,
      choice: z.enum(conflictChoices, { error: `must be one of: ${conflictChoices.join(', ')}` }),
    }),
    output: syncConflict,
    rest: { method: 'POST', path: '/sync/conflicts/:id/resolve', status: 200 },
  }),
  'sync.parked': operation({
    summary: 'Records that the server refused, each with its reason.',
    access: 'view',
    input: nothing,
    output: page(parkedRecord),
    rest: { method: 'GET', path: '/sync/parked', status: 200 },
  }),
  'sync.retry': operation({
    summary: 'Sends a refused record again with the next cycle.',
    access: 'edit',
    input: z.strictObject({ id: uuid }),
    output: parkedRecord,
    rest: { method: 'POST', path: '/sync/parked/:id/retry', status: 200 },
  }),
  'sync.discard': operation({
    summary: 'Gives up the local change of a refused record, after asking the server what it holds.',
    access: 'edit',
    input: z.strictObject({ id: uuid }),
    output: parkedRecord,
    rest: { method: 'DELETE', path: '/sync/parked/:id', status: 200 },
  }),
  'sync.resolveMany': operation({
    summary: 'Answers many conflicts alike: those given, or all of a kind and field.',
    access: 'owner',
    input: z.strictObject({
      ids: z.array(uuid).max(10_000).optional(),
      kind: z.enum(conflictKinds).optional(),
      field: z.string().max(100).optional(),
      choice: z.enum(conflictChoices),
    }),
    output: z.object({ resolved: z.number(), group: z.string().nullable() }),
  }),
  'sync.reopen': operation({
    summary: 'Asks conflicts again that were answered, after what the answer did was undone.',
    access: 'owner',
    input: z.strictObject({ ids: z.array(uuid).max(10_000) }),
    output: z.object({ reopened: z.number() }),
  }),
  'sync.outbox': operation({
    summary: 'What will be sent, in words, oldest first.',
    access: 'owner',
    input: z.strictObject({ limit: z.number().int().min(1).max(500).optional(), offset: z.number().int().min(0).optional() }),
    output: page(outboxItem),
  }),
  'sync.contacts': operation({
    summary: 'How these contacts stand: waiting, in conflict, refused, or as on the server.',
    access: 'owner',
    input: z.strictObject({ ids: z.array(uuid).max(500) }),
    output: z.array(contactSync),
  }),
  'sync.quarantine': operation({
    summary: 'Contacts of the server that could not be taken, in whole or in one field.',
    access: 'owner',
    input: nothing,
    output: page(z.object({ remoteId: z.string(), name: z.string().nullable(), reason: z.string(), at: z.string() })),
  }),
  'sync.inspect': operation({
    summary: 'Signs in to a server without linking: who one is there, which organizations, how many contacts.',
    access: 'owner',
    input: z.strictObject(credentials),
    output: z.object({
      url: z.string(),
      server: z.enum(['gauzy', 'fieldbook']),
      userName: z.string(),
      organizations: z.array(z.object({ id: z.string(), name: z.string(), contacts: z.number().nullable() })),
      /** Live contacts of this book. */
      contactsHere: z.number(),
      /** The book is linked to another account already: linking needs `replace`. */
      replaces: z.string().nullable(),
    }),
  }),
  'sync.connect': operation({
    summary: 'Links the book to an organization of a server, or signs in again to the one it is linked to.',
    access: 'owner',
    input: z.strictObject({ ...credentials, organizationId: z.string().optional(), replace: z.boolean().optional() }),
    output: syncStatus,
  }),
  'sync.disconnect': operation({
    summary: 'Unlinks the book; every contact stays.',
    access: 'owner',
    input: nothing,
    output: syncStatus,
  }),
  'sync.cancel': operation({
    summary: 'Stops the running cycle between two steps; nothing is lost.',
    access: 'owner',
    input: nothing,
    output: syncStatus,
  }),
  'sync.pause': operation({
    summary: 'Stops syncing by itself, or goes on.',
    access: 'owner',
    input: z.strictObject({ paused: z.boolean() }),
    output: syncStatus,
  }),
  'sync.nudge': operation({
    summary: 'A window came to the front or the network came back: a cycle soon, if one is worth it.',
    access: 'owner',
    input: z.strictObject({ reason: z.enum(['focus', 'resume', 'online']) }),
    output: z.null(),
  }),
  'sync.leaveCheck': operation({
    summary: 'Whether one can leave the network now: everything sent, here, verified and fresh.',
    access: 'owner',
    input: nothing,
    output: leaveReport,
  }),
  'sync.away': operation({
    summary: 'What others changed since the last sync before a long absence; null when there is nothing to tell.',
    access: 'owner',
    input: nothing,
    output: awaySummary.nullable(),
  }),
  'sync.awaySeen': operation({
    summary: 'The person has read what changed while away.',
    access: 'owner',
    input: nothing,
    output: z.null(),
  }),
};
