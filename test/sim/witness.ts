import type { Replica } from './replica.ts';
import type { Network, Served } from './network.ts';
import type { RemoteContact } from '../fake-remote/web-user.ts';

/** The fields whose values the simulation can tell apart: each that is typed is typed once in a run. */
export const tracedFields = ['name', 'primaryEmail', 'primaryPhone', 'notes', 'budget', 'contact.city', 'contact.address'] as const;
export type TracedField = (typeof tracedFields)[number];
export type Value = string | number | null;

/** A contact, wherever it is: its mark is in a field that nobody edits. */
export type Mark = string;

/** Somebody typed a value, or deleted a contact, having seen what stood there. */
interface Deed {
  at: number;
  /** Undefined for the person at the server itself. */
  replica: Replica | undefined;
  mark: Mark;
  /** The server's id of the contact, as far as it is known. */
  id: string;
}
interface Write extends Deed {
  field: TracedField;
  value: Value;
  saw: Value;
}
interface Deletion extends Deed {
  saw: ReadonlyMap<TracedField, Value>;
}
interface TagDeed extends Deed {
  tag: string;
  added: boolean;
}

/** Remembers who did what having seen what, and says at the end what was lost without anybody having seen it go. */
export interface Witness {
  wrote(write: Omit<Write, 'at'>): void;
  deleted(deletion: Omit<Deletion, 'at'>): void;
  tagged(deed: Omit<TagDeed, 'at'>): void;
  /** Lost values and tags, each in a sentence. */
  losses(replicas: readonly Replica[], rows: readonly RemoteContact[]): string[];
}

export function createWitness(network: Network): Witness {
  const writes: Write[] = [];
  const deletions: Deletion[] = [];
  const tagDeeds: TagDeed[] = [];

  /**
   * The one race that this kind of server leaves open (sync.md, A7 a and b): what somebody wrote between a laptop's reading
   * of a contact and the arrival of what it then sent: a deletion, or the same field.
   */
  function inOpenRace({ at, id }: Deed, isSent: (body: Record<string, unknown>) => boolean): boolean {
    return network.served.some((put) => {
      if (put.method === 'GET' || put.at < at || !(put.path.includes(id) || put.body?.['id'] === id)) return false;
      if (put.method !== 'DELETE' && !(put.body && isSent(put.body))) return false;
      const read = network.served.findLast((get) => get.at < put.leftAt && get.method === 'GET' && isReadOf(get, put, id));
      return read === undefined || read.at < at;
    });
  }

  return {
    wrote: (write) => void writes.push({ ...write, at: network.tick() }),
    deleted: (deletion) => void deletions.push({ ...deletion, at: network.tick() }),
    tagged: (deed) => void tagDeeds.push({ ...deed, at: network.tick() }),

    losses(replicas, rows) {
      const truth = new Map(rows.filter(({ deletedAt }) => deletedAt === null).map((row) => [markOf(row), row]));
      const told = replicas.map(toldOf);
      const isTold = (mark: Mark, id: string, value: Value | undefined) =>
        told.some((of) => of.whole.has(id) || of.whole.has(mark) || (value !== undefined && of.values.has(value)));

      const lost: string[] = [];
      for (const write of writes) {
        const { mark, id, field, value, replica } = write;
        if (value === null) continue;
        const row = truth.get(mark);
        if (row && valueThere(row, field) === value) continue;
        if (writes.some((later) => later.mark === mark && later.field === field && later.saw === value)) continue;
        if (deletions.some((deletion) => deletion.mark === mark && deletion.saw.get(field) === value)) continue;
        if (isTold(mark, id, value) || network.struckByLateCopy.has(id)) continue;
        if (replica && isWaitingWith(replica, mark, field, value)) continue;
        if (!replica && inOpenRace(write, (body) => sends(body, field))) continue;
        lost.push(`${replica?.name ?? 'the office'} wrote ${field} = ${value} on ${mark}; the server has ${row ? valueThere(row, field) : 'no such contact'}, and nobody was told`);
      }
      for (const deed of tagDeeds) {
        const { mark, id, tag, added, replica } = deed;
        const row = truth.get(mark);
        if (!row || tagDeeds.some((other) => other !== deed && other.mark === mark && other.tag === tag)) continue;
        if (row.tags.some(({ name }) => name === tag) === added) continue;
        if (deletions.some((deletion) => deletion.mark === mark)) continue;
        if (isTold(mark, id, undefined) || network.struckByLateCopy.has(id)) continue;
        if (replica && isQueued(replica, id)) continue;
        if (inOpenRace(deed, (body) => 'tags' in body)) continue;
        lost.push(`${replica?.name ?? 'the office'} ${added ? 'added' : 'took away'} the tag ${tag} on ${mark}, and that was lost`);
      }
      for (const replica of replicas) {
        const typedHere = new Set(writes.filter((write) => write.replica === replica && write.value !== null).map(({ value }) => value));
        for (const { contactId, field, mine, theirs } of fieldConflictsOf(replica)) {
          if (!typedHere.has(mine) || !typedHere.has(theirs) || network.struckByLateCopy.has(contactId)) continue;
          lost.push(`${replica.name} is asked about ${field} = ${mine} and ${theirs}, both of which it typed itself`);
        }
      }
      return lost;
    },
  };
}

function isReadOf(get: Served, put: Served, id: string): boolean {
  return get.replica === put.replica && get.status === 200 && get.path.includes(`/organization-contact/${id}`);
}

function sends(body: Record<string, unknown>, field: TracedField): boolean {
  return field.startsWith('contact.') ? 'contact' in body : field in body;
}

/** What a replica's conflicts tell its person: single values, and whole contacts by id. */
function toldOf(replica: Replica): { values: Set<Value>; whole: Set<string> } {
  const rows = replica.store().db
    .prepare('select contact_id, kind, base, mine, theirs, other_id from sync_conflict')
    .all() as { contact_id: string | null; kind: string; base: string | null; mine: string | null; theirs: string | null; other_id: string | null }[];
  const values = new Set<Value>();
  const whole = new Set<string>();
  for (const row of rows) {
    for (const text of [row.base, row.mine, row.theirs]) {
      const value: unknown = text === null ? null : JSON.parse(text);
      if (typeof value === 'string' || typeof value === 'number') values.add(value);
    }
    if (row.kind === 'field' || row.kind === 'overwritten') continue;
    for (const id of [row.contact_id, row.other_id]) {
      if (id === null) continue;
      whole.add(id);
      const mark = replica.store().db.prepare('select fiscal_information from contact where id = ?').pluck().get(id) as string | null | undefined;
      if (mark) whole.add(mark);
    }
  }
  return { values, whole };
}

/** What a replica's person was asked about single fields. */
function fieldConflictsOf(replica: Replica): { contactId: string; field: string; mine: Value; theirs: Value }[] {
  const rows = replica.store().db
    .prepare(`select contact_id as contactId, field, mine, theirs from sync_conflict where kind = 'field'`)
    .all() as { contactId: string; field: string; mine: string | null; theirs: string | null }[];
  const valueOf = (text: string | null) => (text === null ? null : (JSON.parse(text) as Value));
  return rows.map((row) => ({ ...row, mine: valueOf(row.mine), theirs: valueOf(row.theirs) }));
}

function isQueued(replica: Replica, id: string): boolean {
  return replica.store().db.prepare('select 1 from sync_outbox where contact_id = ?').get(id) !== undefined;
}

function isWaitingWith(replica: Replica, mark: Mark, field: TracedField, value: Value): boolean {
  return replica.contacts().some((record) => record.fiscalInformation === mark && valueHere(record, field) === value && isQueued(replica, record.id));
}

export function valueHere(record: object, field: TracedField): Value {
  const columns = record as Record<string, Value>;
  return columns[field.replace('contact.', '')] ?? null;
}

export function valueThere(row: RemoteContact, field: TracedField): Value {
  const columns = (field.startsWith('contact.') ? (row.contact ?? {}) : row) as Record<string, Value>;
  return columns[field.replace('contact.', '')] ?? null;
}

export function markOf(row: RemoteContact): Mark {
  return row.contact?.fiscalInformation ?? '';
}
