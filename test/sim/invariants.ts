import { checkBook } from '../unit/sync/book/invariants.ts';
import type { FakeRemote } from '../fake-remote/remote.ts';
import type { RemoteContact } from '../fake-remote/web-user.ts';
import type { Network } from './network.ts';
import type { Replica } from './replica.ts';
import { markOf, tracedFields, valueHere, valueThere } from './witness.ts';

export interface Ended {
  replicas: readonly Replica[];
  remote: FakeRemote;
  network: Network;
  clientIds: boolean;
}

/** The promises of sync.md A6 that hold when everything has come to rest; I1 is the witness's, I5 is how rest is known. */
export function brokenInvariants({ replicas, remote, network, clientIds }: Ended): string[] {
  const rows = remote.rows();
  return [
    ...replicas.flatMap((replica) => notEqual(replica, rows)),
    ...doubled(rows),
    ...(clientIds ? replicas.flatMap((replica) => deletedWithoutProof(replica, network)) : []),
    ...replicas.flatMap((replica) => inventedBase(replica)),
    ...replicas.flatMap((replica) => checkBook(replica.store()).map((text) => `${replica.name}: ${text}`)),
  ];
}

/** I2: every laptop shows what the server has, but for what waits for a person. */
function notEqual(replica: Replica, rows: readonly RemoteContact[]): string[] {
  const db = replica.store().db;
  const excused = new Set(
    db.prepare(
      `select contact_id from sync_outbox where parked_at is not null or held_by is not null
       union select contact_id from sync_conflict where resolved_at is null and kind <> 'field' and contact_id is not null
       union select other_id from sync_conflict where resolved_at is null and other_id is not null`,
    ).pluck().all() as string[],
  );
  const here = new Map(replica.contacts().filter(({ id }) => !excused.has(id)).map((record) => [record.fiscalInformation ?? '', record]));
  const excusedMarks = new Set(replica.contacts().filter(({ id }) => excused.has(id)).map(({ fiscalInformation }) => fiscalInformation));
  const there = new Map(rows.filter(({ deletedAt }) => deletedAt === null).map((row) => [markOf(row), row]));
  const trashedAndHeld = new Set(replica.trashed().filter(({ id }) => excused.has(id)).map(({ fiscalInformation }) => fiscalInformation));
  const broken: string[] = [];
  for (const [mark, row] of there) {
    const record = here.get(mark);
    if (excusedMarks.has(mark) || trashedAndHeld.has(mark)) continue;
    if (!record) {
      broken.push(`${replica.name} does not have ${mark}, which the server has`);
      continue;
    }
    for (const field of tracedFields) {
      const [ours, theirs] = [valueHere(record, field), valueThere(row, field)];
      if (ours !== theirs) broken.push(`${replica.name} has ${field} = ${ours} on ${mark}, the server ${theirs}`);
    }
    const typed = row.tags.find(({ name }) => name.startsWith('type:'))?.name.slice(5).toUpperCase();
    const type = typed !== undefined && row.contactType === 'CLIENT' ? typed : row.contactType;
    if (record.contactType !== type) broken.push(`${replica.name} has ${mark} as ${record.contactType}, the server as ${type}`);
    const tags = row.tags.map(({ name }) => name).filter((name) => !name.startsWith('type:')).sort();
    const ourTags = replica.tagsOf(record);
    if (ourTags.join() !== tags.join()) broken.push(`${replica.name} has the tags ${ourTags.join()} on ${mark}, the server ${tags.join()}`);
  }
  for (const mark of here.keys()) if (!there.has(mark)) broken.push(`${replica.name} still has ${mark}, which the server does not have`);
  return broken;
}

/** I3: one contact on the server for each that was created. */
function doubled(rows: readonly RemoteContact[]): string[] {
  const times = new Map<string, number>();
  for (const row of rows) times.set(markOf(row), (times.get(markOf(row)) ?? 0) + 1);
  return [...times].filter(([, count]) => count > 1).map(([mark, count]) => `${mark} is on the server ${count} times`);
}

/** I4: sync deletes nothing here without the server having said that this one is gone. */
function deletedWithoutProof(replica: Replica, network: Network): string[] {
  const deleted = replica.store().db
    .prepare(`select distinct contact_id from journal where actor = 'sync' and kind = 'deleted'`)
    .pluck()
    .all() as string[];
  const proof = (id: string) =>
    network.served.some((one) => one.replica === replica.number && one.heard && one.method === 'GET' && (
      (one.path.includes(id) && one.status === 404) || (one.answer.includes(id) && one.answer.includes('"deletedAt":"'))
    ));
  return deleted.filter((id) => !proof(id)).map((id) => `${replica.name} deleted ${id} without the server having said that it is gone`);
}

/** I6: what is held to be the server's content is something that the server has answered. */
function inventedBase(replica: Replica): string[] {
  const links = replica.store().db.prepare('select remote_id, base_hash from sync_link where gone = 0').all() as { remote_id: string; base_hash: string }[];
  return links
    .filter(({ remote_id, base_hash }) => !replica.seenContents.get(remote_id)?.has(base_hash))
    .map(({ remote_id }) => `${replica.name} holds a content of ${remote_id} for the server's that the server never answered`);
}
