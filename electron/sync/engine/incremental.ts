import type { Progress } from '../ports.ts';
import { removeGone } from './absence.ts';
import { persistently } from './api.ts';
import type { Engine } from './engine.ts';
import { changedRows, createNameList, take } from './intake.ts';
import { pageSize, sorted } from './remote.ts';
import { notLaterThanNow } from './server-time.ts';

/** How far behind what was seen the walk goes on: stamps may be late, and several alike. */
const overlapMs = 5 * 60_000;

/**
 * Takes what was changed since the last walk: newest first, until it comes to what is older than what was seen then. Deleted
 * contacts are in it as well. A first page that is as it was means that nothing happened. The watermark moves only when
 * the walk has come to its end, and only to a time of the server that it has seen.
 */
export async function walk(engine: Engine, { watermark, pageTag }: Pick<Progress, 'watermark' | 'pageTag'>): Promise<void> {
  const { book, api, remote } = engine;
  const until = new Date(Date.parse(watermark ?? '1970-01-01') - overlapMs).toISOString();
  const names = createNameList(engine);
  const deleted = new Set<string>();
  let newest = watermark ?? '';
  let tag: string | null = null;
  for (let number = 1; ; number += 1) {
    const query = { order: 'updatedAt DESC', page: number, withDeleted: true };
    const page = await persistently(api, () => remote.page({ ...query, etag: number === 1 ? pageTag : null }));
    if (page === 'same') return;
    if (number === 1) tag = page.etag;
    const changed = await changedRows(engine, page.rows);
    await take(engine, changed.live);
    names.add(page.rows);
    for (const id of changed.deleted) deleted.add(id);
    const times = sorted(page.rows).readable.map(({ row }) => row.updatedAt);
    for (const time of times) if (time > newest) newest = notLaterThanNow(engine, time);
    book.report({ phase: 'pulling', done: (number - 1) * pageSize + page.rows.length, total: null });
    // In the order of the list all that follow are older still.
    const isOld = times.some((time) => time < until);
    if (page.rows.length < pageSize || isOld) break;
  }
  await names.tell();
  await removeGone(engine, [...deleted]);
  await book.saveProgress({ watermark: newest, pageTag: tag });
}
