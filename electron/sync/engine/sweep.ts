import type { Progress } from '../ports.ts';
import type { Decoded } from '../wire/decode.ts';
import { linked, removeGone } from './absence.ts';
import { persistently } from './api.ts';
import type { Engine } from './engine.ts';
import { changedRows, createNameList, take } from './intake.ts';
import { pageSize, sorted } from './remote.ts';

/** Up to so many contacts the server is asked for all at once. */
const listAtMost = 20_000;

interface Seen {
  ids: Set<string>;
  names: ReturnType<typeof createNameList>;
  /** The list was whole: as many rows as the server said there are, and the same number from beginning to end. */
  isWhole: boolean;
  total: number;
}

/**
 * Compares every contact of the server with what the book knows of it: finds what changed without a new time, and what is
 * gone. What a list does not show may only have moved between two pages: see `removeGone`.
 */
export async function sweep(engine: Engine, { remoteTotal }: Pick<Progress, 'remoteTotal'>): Promise<void> {
  const { book, api, world } = engine;
  const isLarge = (remoteTotal ?? 0) > listAtMost;
  const { ids, names, isWhole, total } = await persistently(api, () => (isLarge ? byPages(engine) : atOnce(engine, remoteTotal)));
  await names.tell();
  if (isWhole) {
    const missing: string[] = [];
    for await (const { remoteId } of linked(engine)) if (!ids.has(remoteId)) missing.push(remoteId);
    await removeGone(engine, missing, total);
    // One that the list skipped is set aside anew by the next sweep.
    const left = (await book.setAside()).filter((remoteId) => !ids.has(remoteId));
    if (left.length > 0) await book.forgetSetAside(left);
  }
  await book.saveProgress({ remoteTotal: total, ...(isWhole ? { lastSweepAt: world.now().toISOString() } : {}) });
}

async function atOnce(engine: Engine, expected: number | null): Promise<Seen> {
  const list = engine.remote.list();
  const ids = new Set<string>();
  const names = createNameList(engine);
  let rows = 0;
  for (;;) {
    const next = await list.next();
    if (next.done) return { ids, names, isWhole: rows === next.value, total: next.value };
    rows += next.value.length;
    names.add(next.value);
    await takeChanged(engine, next.value, ids);
    engine.book.report({ phase: 'sweeping', done: rows, total: expected });
  }
}

async function byPages(engine: Engine): Promise<Seen> {
  const ids = new Set<string>();
  const names = createNameList(engine);
  let isWhole = true;
  let total: number | undefined;
  let rows = 0;
  for (let number = 1; ; number += 1) {
    const page = await persistently(engine.api, () => engine.remote.wholePage({ order: 'createdAt ASC', page: number }));
    isWhole &&= total === undefined || total === page.total;
    total = page.total;
    rows += page.rows.length;
    names.add(page.rows);
    await takeChanged(engine, page.rows, ids);
    engine.book.report({ phase: 'sweeping', done: rows, total });
    if (page.rows.length < pageSize) return { ids, names, isWhole: isWhole && rows === total, total };
  }
}

async function takeChanged(engine: Engine, rows: readonly Decoded[], ids: Set<string>): Promise<void> {
  const { readable, strange } = sorted(rows);
  for (const { row } of readable) ids.add(row.remoteId);
  for (const { remoteId } of strange) ids.add(remoteId);
  const changed = await changedRows(engine, rows);
  await take(engine, changed.live);
}
