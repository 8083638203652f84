import type { Attempt, Dialect, PushItem, RemoteRows } from '../ports.ts';
import { isObject, parseJson } from '../wire/answer.ts';
import { decodeContact } from '../wire/decode.ts';

const never = new Date(0).toISOString();

/**
 * What the server would hold if it had done exactly what was sent, and nothing besides. Only for a sync that does not read
 * after it writes, which is what `rules.readAfterWrite` guards against.
 */
export function asSent(dialect: Dialect, { method, body }: Attempt, { remoteId }: PushItem, fresh: RemoteRows | null): RemoteRows | null {
  const sent = parseJson(body ?? '');
  if (method === 'DELETE' || !isObject(sent)) return null;
  const before = fresh?.rows[0];
  const stamps = { createdAt: before?.createdAt ?? never, updatedAt: before?.updatedAt ?? never };
  const decoded = decodeContact({ ...stamps, ...sent, id: remoteId, deletedAt: null }, dialect);
  if (decoded.kind !== 'row') return null;
  const { row, names } = decoded;
  const values = { ...before?.snapshot.values, ...row.snapshot.values };
  const sets = {
    tags: sent.tags ? row.snapshot.sets.tags : (before?.snapshot.sets.tags ?? []),
    members: sent.members ? row.snapshot.sets.members : (before?.snapshot.sets.members ?? []),
    projects: sent.projects ? row.snapshot.sets.projects : (before?.snapshot.sets.projects ?? []),
  };
  return { rows: [{ ...row, snapshot: { values, sets } }], names };
}
