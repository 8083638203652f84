import type { Attempt, Failure, PushItem, RemoteRows } from '../ports.ts';
import type { Decoded } from '../wire/decode.ts';
import { learnDialect, mayMakeIds } from './adopt.ts';
import type { Engine } from './engine.ts';
import { withPictures } from './intake.ts';
import { uploadPicture } from './pictures.ts';
import { RequestError, Stop } from './stop.ts';
import { createTagMaker, type TagMaker } from './tags.ts';
import { asSent } from './unverified.ts';

/** After so many contacts in a row whose requests got no answer the network is no good, though some answers come. */
const unansweredAtMost = 3;
/** After so many rounds somebody else is always faster: it is tried again with the next cycle. */
const rounds = 3;

const unreadable = (reason: string): RequestError =>
  new RequestError({ kind: 'refused', status: null, message: reason, inDoubt: false });

/** Sends what waits, one contact at a time. What the server refuses of one contact does not hold up the others. */
export async function push(engine: Engine, { ignoreBackoff }: { ignoreBackoff: boolean }): Promise<void> {
  const { book, api } = engine;
  const tags = createTagMaker(engine);
  const total = await book.waiting();
  let done = 0;
  let unanswered = 0;
  let item: PushItem | null = null;
  let after = 0;
  while ((item = await book.nextPush({ after, ignoreBackoff }))) {
    after = item.seq;
    book.report({ phase: 'sending', done, total: Math.max(total, done) });
    const failure = await pushOne(engine, tags, item);
    api.checkTroubles();
    unanswered = failure?.status === null && failure.kind === 'transient' ? unanswered + 1 : 0;
    if (unanswered === unansweredAtMost) throw new Stop('offline', failure?.message ?? '');
    done += 1;
  }
}

/** An attempt whose fate is unknown while `inDoubt` says so: where the cycle ends in between, it stays in doubt. */
interface Course {
  attempt: Attempt | null;
  isSent: boolean;
}

/** @returns the failure of a request that got no proper answer */
async function pushOne(engine: Engine, tags: TagMaker, item: PushItem): Promise<Failure | null> {
  const course: Course = { attempt: null, isSent: false };
  try {
    await tags.ensure(item.newTags);
    if (item.newImage) await uploadPicture(engine, item.newImage);
    if (await mustWait(engine, item)) return null;
    for (let round = 1; round <= rounds; round += 1) {
      if (await oneRound(engine, item, course)) return null;
    }
    return null;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const inDoubt = course.isSent || error.failure.inDoubt;
    // Once it is sent only the proof is missing, which is no refusal.
    const kind = course.isSent ? 'transient' : error.failure.kind;
    await fail(engine, item, course.attempt, { ...error.failure, kind, inDoubt: course.attempt !== null && inDoubt });
    return error.failure;
  }
}

const fail = (engine: Engine, { contactId }: PushItem, attempt: Attempt | null, failure: Failure): Promise<void> =>
  engine.book.failed(contactId, attempt?.id ?? null, failure);

/** Where the server makes the ids, a creation whose answer was lost is repeated only after a whole look at the server. */
async function mustWait(engine: Engine, item: PushItem): Promise<boolean> {
  const { book, remote, rules } = engine;
  if (item.kind !== 'create' || !item.doubt || remote.account.dialect.clientIds || !rules.lookBeforeRepeat) return false;
  const { lastSweepAt } = (await book.account()).progress;
  if (lastSweepAt !== null && lastSweepAt > item.doubt.startedAt) return false;
  await book.failed(item.contactId, item.doubt.attemptId, {
    kind: 'transient', status: null, inDoubt: true, message: 'The answer to it was lost; the server is searched for it before it is sent again.',
  });
  return true;
}

/** Read, decide, write, read again. @returns false when somebody else was faster and it must be decided anew */
async function oneRound(engine: Engine, item: PushItem, course: Course): Promise<boolean> {
  const { book, remote, rules, counts } = engine;
  const { contactId } = item;
  // What an earlier round began has ended.
  course.attempt = null;
  const fresh = rules.readBeforeWrite ? await readBefore(engine, item) : null;
  const attempt = await book.begin(contactId, fresh);
  if (!attempt) return true;
  course.attempt = attempt;
  const sent = await remote.send(attempt);
  switch (sent.kind) {
    case 'failed':
      await fail(engine, item, attempt, sent.failure);
      return true;
    case 'stale':
      await fail(engine, item, attempt, notDone('Somebody else changed it at the same moment.'));
      if (attempt.method === 'POST' && remote.account.dialect.server === 'fieldbook') await remote.recover(item.remoteId);
      return false;
    case 'noRoute':
      if (attempt.method !== 'DELETE' || !attempt.path.endsWith('/soft')) throw unreadable('The server has no such route.');
      await learnDialect(engine, { softDelete: false });
      await fail(engine, item, attempt, notDone('The server has no trash.'));
      return false;
    case 'gone':
      if (attempt.method === 'DELETE') break;
      await fail(engine, item, attempt, notDone('The server no longer has it.'));
      return false;
    case 'ok':
      if (attempt.method === 'POST' && sent.id !== null) await learnIdOf(engine, item, sent.id);
  }
  course.isSent = true;
  const after = rules.readAfterWrite
    ? await rowsOf(engine, await remote.byId(item.remoteId))
    : asSent(remote.account.dialect, attempt, item, fresh);
  await book.settle(contactId, attempt.id, after);
  course.attempt = null;
  counts[attempt.method === 'DELETE' ? 'deleted' : 'pushed'] += 1;
  return true;
}

const notDone = (message: string): Failure => ({ kind: 'transient', status: null, message, inDoubt: false });

/** Whether the server keeps our ids shows with the first contact that it creates. */
async function learnIdOf(engine: Engine, item: PushItem, id: string): Promise<void> {
  const { book, remote } = engine;
  if (id !== item.remoteId) {
    await book.learnId(item.contactId, id);
    item.remoteId = id;
    if (remote.account.dialect.clientIds) await learnDialect(engine, { clientIds: false });
  } else if (mayMakeIds(engine)) {
    await learnDialect(engine, { clientIdsProven: true });
  }
}

/** What the server holds before anything is sent; null when it has nothing under this id. */
async function readBefore(engine: Engine, item: PushItem): Promise<RemoteRows | null> {
  const { remote } = engine;
  const { server, clientIds } = remote.account.dialect;
  if (item.kind === 'create' && !clientIds && item.remoteId === item.contactId) return null;
  if (item.kind !== 'restore') return rowsOf(engine, await remote.byId(item.remoteId));
  if (server === 'gauzy') return rowsOf(engine, await remote.byIdWithTrash(item.remoteId));
  const live = await remote.byId(item.remoteId);
  if (live) return rowsOf(engine, live);
  await remote.recover(item.remoteId);
  return rowsOf(engine, await remote.byId(item.remoteId));
}

async function rowsOf(engine: Engine, decoded: Decoded | null): Promise<RemoteRows | null> {
  if (decoded === null) return null;
  if (decoded.kind === 'strange') {
    await engine.book.quarantine([decoded.strange]);
    throw unreadable(decoded.strange.reason);
  }
  return withPictures(engine, [decoded]);
}
