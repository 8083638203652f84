import { chromium, type CDPSession, type Page } from 'playwright-core';
import { chromiumLaunch } from '../chromium.ts';
import { median, row, type Row } from './measure.ts';
import { startHost } from './processes.ts';
import { copyProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';

/** How much more there may be at the end than at the start: a list that leaks has hundreds of times more. */
const rowsLimit = 1.2;
const heapLimit = 1.25;
const steps = 200;
const samples = 10;

interface Sample {
  rows: number;
  heap: number;
}

/** Scrolls a real window from the first contact to the last, and watches its rows and its heap. Needs `dist/renderer`. */
export async function benchScroll({ quick }: BenchOptions): Promise<Row[]> {
  const contacts = quick ? 10_000 : 100_000;
  const { dataDir, remove } = await copyProfile(contacts);
  const host = await startHost(dataDir, '--window');
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const address = (await host.nextLine()).replace(/^window /, '');
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(address);
    await page.locator('[role=grid] [role=row][aria-rowindex="2"]').waitFor();
    const session = await page.context().newCDPSession(page);

    await scrollTo(page, 0.05); // what is kept for scrolling back has been fetched by then
    const seen: Sample[] = [];
    for (let step = 1; step <= steps; step += 1) {
      await scrollTo(page, step / steps);
      if (step % (steps / samples) === 0) seen.push(await sample(page, session));
    }
    await page.locator(`[role=row][aria-rowindex="${contacts + 1}"]`).waitFor();

    const rows = growth(seen.map((at) => at.rows));
    const heap = growth(seen.map((at) => at.heap));
    const name = `of ${contacts.toLocaleString('en')} contacts`;
    const megabytes = seen.map((at) => (at.heap / 1e6).toFixed(1));
    return [
      row(`scroll: DOM rows to the end ${name}`, seen.map((at) => at.rows).join(' '), rows, 'at most', rowsLimit),
      row(`scroll: heap to the end ${name}`, `${megabytes.join(' ')} MB`, heap, 'at most', heapLimit),
    ];
  } finally {
    await browser.close();
    await host.stop();
    remove();
  }
}

async function scrollTo(page: Page, share: number): Promise<void> {
  await page.locator('[role=grid]').evaluate((grid, to) => {
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * to;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, share);
}

async function sample(page: Page, session: CDPSession): Promise<Sample> {
  const rows = await page.locator('[role=grid] [role=row]').count();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { rows, heap: usedSize };
}

/** The later half against the earlier half. */
function growth(values: readonly number[]): number {
  const middle = Math.ceil(values.length / 2);
  return median(values.slice(middle)) / median(values.slice(0, middle));
}
