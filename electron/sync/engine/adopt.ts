import type { Doubt, PushItem, RemoteRow } from '../ports.ts';
import { differences, type Snapshot } from '../snapshot.ts';
import { persistently } from './api.ts';
import type { Engine } from './engine.ts';
import { pageSize, sorted } from './remote.ts';

/** How much earlier than the request a contact may seem to have been created: clocks differ. */
const earlierMs = 2 * 60_000;

/** Whether it can be that the server gave a contact of ours an id of its own. */
export const mayMakeIds = ({ remote: { account } }: Engine): boolean =>
  account.dialect.server === 'gauzy' && !(account.dialect.clientIds && account.dialect.clientIdsProven);

/**
 * Before anything is pulled: finds what became of creations whose answer was lost, on a server that makes the ids itself.
 * Otherwise the contact would come back as somebody else's.
 */
export async function adoptLost(engine: Engine): Promise<void> {
  const { book, remote } = engine;
  if (!engine.rules.lookBeforeRepeat || !mayMakeIds(engine)) return;
  let item: PushItem | null = null;
  let after = 0;
  while ((item = await book.nextPush({ after, ignoreBackoff: true }))) {
    after = item.seq;
    const { doubt, contactId, remoteId } = item;
    if (item.kind !== 'create' || !doubt?.expected) continue;
    // With an id of ours it is found by that.
    if (remote.account.dialect.clientIds && (await persistently(engine.api, () => remote.byId(remoteId)))) continue;
    const [only, ...others] = await candidates(engine, doubt, doubt.expected);
    if (!only) continue;
    if (others.length > 0) {
      await book.failed(contactId, doubt.attemptId, {
        kind: 'final', status: null, inDoubt: true,
        message: 'This is a possible duplicate: the server has several contacts like this one since it was sent.',
      });
      continue;
    }
    await book.learnId(contactId, only.remoteId);
    await learnDialect(engine, { clientIds: false });
  }
}

/** Contacts that this user created there since then, which nobody here knows and which are what was sent. */
async function candidates(engine: Engine, { startedAt }: Doubt, expected: Snapshot): Promise<RemoteRow[]> {
  const { api, book, remote } = engine;
  const since = new Date(Date.parse(startedAt) + (api.clockOffset() ?? 0) - earlierMs).toISOString();
  const me = (await api.claims())?.id;
  const createdBy = typeof me === 'string' ? me : undefined;
  const found: RemoteRow[] = [];
  for (let page = 1; ; page += 1) {
    const { rows } = await persistently(api, () => remote.wholePage({ order: 'createdAt DESC', page, createdBy }));
    const recent = sorted(rows).readable.map(({ row }) => row).filter((row) => row.createdAt >= since);
    found.push(...recent.filter((row) => isSame(row.snapshot, expected)));
    if (rows.length < pageSize || recent.length < rows.length) break;
  }
  const unknown = found.length === 0 ? [] : await book.compare(found.map((row) => [row.remoteId, row.hash]));
  return unknown.flatMap((place) => found[place] ?? []);
}

/** The server adds members of projects by itself. */
function isSame(there: Snapshot, expected: Snapshot): boolean {
  return differences(there, expected).every((field) => field === 'members' || field === 'projects');
}

/** What was found out about the server, for this cycle and those to come. */
export async function learnDialect({ book, remote }: Engine, changes: Parameters<Engine['book']['saveDialect']>[0]): Promise<void> {
  Object.assign(remote.account.dialect, changes);
  await book.saveDialect(changes);
}
