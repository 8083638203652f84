import type { Account } from '../ports.ts';
import { persistently } from './api.ts';
import type { Engine } from './engine.ts';
import { take } from './intake.ts';
import { pageSize, sorted, type Page } from './remote.ts';
import { notLaterThanNow } from './server-time.ts';

/** Progress is kept after so many pages: what is taken twice after a crash changes nothing. */
const keepEvery = 5;
const beginningOfTime = new Date(0).toISOString();

/** Pages on their way while one is applied. */
const ahead = 2;

/**
 * Takes every contact of the server, page by page, in the order in which they were created: what is added meanwhile comes
 * at the end. The next pages are on their way while one is applied. Goes on where an interrupted run ended.
 * @returns whether the pages were complete and undisturbed, so that nothing can be missing
 */
export async function firstPull(engine: Engine, { progress, region }: Account): Promise<boolean> {
  const { book, api, remote } = engine;
  const resumed = progress.firstPull;
  const watermark = resumed ? resumed.watermark : await persistently(api, () => newest(engine));
  const onTheWay: Promise<Page>[] = [];
  let number = (resumed?.page ?? 0) + 1;
  let asked = number - 1;
  let isWhole = !resumed;
  let total: number | null = null;
  let rows = 0;

  function askForNext(): void {
    asked += 1;
    const page = asked;
    const answer = persistently(api, () => remote.wholePage({ order: 'createdAt ASC', page }));
    // A failure counts when it is the page's turn.
    answer.catch(() => undefined);
    onTheWay.push(answer);
  }

  askForNext();
  try {
    for (let next = onTheWay.shift(); next; next = onTheWay.shift()) {
      const page: Page = await next;
      isWhole &&= total === null || total === page.total;
      total = page.total;
      rows += page.rows.length;
      const isLast = page.rows.length < pageSize;
      while (!isLast && onTheWay.length < ahead && (onTheWay.length === 0 || asked * pageSize < page.total)) askForNext();
      const { readable, strange } = sorted(page.rows);
      if (strange.length > 0) await book.quarantine(strange);
      await take(engine, readable, region);
      book.report({ phase: 'pulling', done: Math.min(number * pageSize, page.total), total: page.total });
      if (isLast) break;
      if (number % keepEvery === 0) await book.saveProgress({ firstPull: { page: number, watermark } });
      number += 1;
    }
  } finally {
    await Promise.allSettled(onTheWay);
  }
  await book.saveProgress({ firstPull: null, watermark: watermark ?? beginningOfTime, remoteTotal: total });
  return isWhole && rows === total && (rows > 0 || watermark === null);
}

/** The time of the last change there: what is changed during the pull comes with the walk that follows it. */
async function newest(engine: Engine): Promise<string | null> {
  const { rows } = await engine.remote.wholePage({ order: 'updatedAt DESC', page: 1, size: 1 });
  const time = sorted(rows).readable[0]?.row.updatedAt;
  return time === undefined ? null : notLaterThanNow(engine, time);
}
