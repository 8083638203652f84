import { setTimeout as wait } from 'node:timers/promises';
import { createSyncBook } from '../../../../electron/sync/book/book.ts';
import { createCycle } from '../../../../electron/sync/engine/cycle.ts';
import { createTransport } from '../../../../electron/sync/engine/transport.ts';
import type { CycleResult, SyncBook, Transport } from '../../../../electron/sync/ports.ts';
import { openTestBook } from '../../support/book.ts';
import { tokenFile } from './token-file.ts';

/**
 * Opens a linked book, syncs once and closes it. `pass` is called at each point at which the program could be killed. A full
 * cycle compares every contact at its end.
 */
export async function syncOnce(dataDir: string, pass: (point: string) => Promise<void>, full = true): Promise<CycleResult> {
  let queue: ((...change: Parameters<ReturnType<typeof createSyncBook>['queue']>) => void) | undefined;
  const book = openTestBook({ dataDir, queue: (...change) => queue?.(...change) });
  const side = createSyncBook({ ...book, random: Math.random, announceLists: () => undefined });
  queue = side.queue;
  const account = side.linkedAccount();
  if (!account) throw new Error('The book is not linked');
  const way = createTransport(account.url);
  try {
    return await createCycle({
      book: mortalBook(side, pass),
      tokens: tokenFile(dataDir),
      transport: mortalTransport(way, pass),
      world: { now: () => new Date(), random: Math.random, sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) },
    })({ full, signal: new AbortController().signal });
  } finally {
    way.close();
    book.close();
  }
}

function mortalBook(book: SyncBook, pass: (point: string) => Promise<void>): SyncBook {
  return new Proxy(book, {
    get(target, method: keyof SyncBook) {
      const run = target[method] as (...args: unknown[]) => unknown;
      if (method === 'report') return run;
      return async (...args: unknown[]) => {
        await pass(`${method}:before`);
        const answer = await run(...args);
        await pass(`${method}:after`);
        return answer;
      };
    },
  });
}

function mortalTransport(way: Transport, pass: (point: string) => Promise<void>): Transport {
  return async (request) => {
    if (request.method === 'GET') return way(request);
    await pass('write:before');
    const answer = await way(request);
    await pass('write:after');
    return answer;
  };
}
