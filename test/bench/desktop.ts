import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildIfStale } from '../../electron/cli/build-if-stale.ts';
import { startDesktop, type RunningDesktop } from './desktop-app.ts';
import { interleave, median, ms, ratioOf, row, type Row } from './measure.ts';
import { copyProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';

const startLimit = 3;
const memoryLimit = 1.5;
/** Milliseconds after which a window that was just opened has come to rest. */
const rest = 3000;

/** Whatever a page paints first. */
const anything = `new Promise((done) => new PerformanceObserver((list) => done(performance.timeOrigin + list.getEntries()[0].startTime))
  .observe({ type: 'paint', buffered: true }))`;
/** The first contact of the list, when the frame that shows it has been made. */
const firstContact = `new Promise((done) => {
  const look = () => document.querySelector('[role=grid] [aria-rowindex="2"]')
    ? requestAnimationFrame(() => done(performance.timeOrigin + performance.now()))
    : requestAnimationFrame(look);
  look();
})`;

/** The desktop application from its start to the first contacts on the screen, and the memory it takes. */
export async function benchDesktop({ quick }: BenchOptions): Promise<Row[]> {
  buildIfStale(join(import.meta.dirname, '../..'));
  const [few, many] = quick ? [1000, 10_000] : [1000, 100_000];
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook-bench-'));
  const [small, large] = [await copyProfile(few), await copyProfile(many)];
  const empty = () => startDesktop({ folder: 'test/bench/empty-shell', chromiumDir: join(folder, 'empty'), painted: anything });
  const book = ({ dataDir }: { dataDir: string }) => () =>
    startDesktop({ folder: '.', chromiumDir: join(folder, 'book'), env: { FIELDBOOK_DATA_DIR: dataDir }, painted: firstContact });
  try {
    const turns = { book: paintedAfter(book(large)), empty: paintedAfter(empty) };
    await interleave(1, turns); // warm
    const starts = await interleave(quick ? 3 : 10, turns);

    const main: Record<'small' | 'large', number[]> = { small: [], large: [] };
    const windows = await interleave(quick ? 1 : 5, {
      small: memory(book(small), main.small),
      large: memory(book(large), main.large),
    });
    return [
      row(
        `desktop: start to first list, ${words(many)}, against an empty window`,
        `${ms(median(starts.book))} against ${ms(median(starts.empty))}`, ratioOf(starts.book, starts.empty), 'at most', startLimit,
      ),
      memoryRow('main', main),
      memoryRow('the window', windows),
    ];
  } finally {
    for (const profile of [small, large]) profile.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  function memoryRow(process: string, { small: of, large: ofMany }: Record<'small' | 'large', number[]>): Row {
    const figure = `${megabytes(median(ofMany))} against ${megabytes(median(of))}`;
    return row(`desktop: memory of ${process}, ${words(many)} against ${words(few)}`, figure, median(ofMany) / median(of), 'at most', memoryLimit);
  }
}

function paintedAfter(start: () => Promise<RunningDesktop>): () => Promise<number> {
  return async () => {
    const app = await start();
    await app.stop();
    return app.paintedAfter;
  };
}

/** Answers the window's memory; the main process's goes to `main`. */
function memory(start: () => Promise<RunningDesktop>, main: number[]): () => Promise<number> {
  return async () => {
    const app = await start();
    try {
      await wait(rest);
      const used = app.memory();
      main.push(used.main);
      return used.window;
    } finally {
      await app.stop();
    }
  };
}

const words = (contacts: number): string => `${contacts.toLocaleString('en')} contacts`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
