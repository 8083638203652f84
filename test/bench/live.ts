import { chromium, type Page } from 'playwright-core';
import { chromiumLaunch } from '../chromium.ts';
import { median, ms, percentile, row, type Row } from './measure.ts';
import { createToken, startHost } from './processes.ts';
import { copyProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';

const limitMs = 100;

/** How long a change by a program takes to be seen in a window, from the program's answer on. Needs `dist/renderer`. */
export async function benchLive({ quick }: BenchOptions): Promise<Row[]> {
  const contacts = quick ? 10_000 : 100_000;
  const changes = quick ? 20 : 100;
  const { dataDir, remove } = await copyProfile(contacts);
  const token = createToken(dataDir);
  const host = await startHost(dataDir, '--window');
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto((await host.nextLine()).replace(/^window /, ''));
    const first = page.locator('[role=grid] [role=row][aria-rowindex="2"]');
    await first.waitFor();

    const ask = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${host.url}/api/organization-contact${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
      return (await answer.json()) as { id: string };
    };
    const { id } = await ask('POST', '', { name: '!' });
    await page.getByRole('row', { name: '!' }).waitFor();

    const times: number[] = [];
    for (let change = 1; change <= changes; change += 1) {
      const email = `change${change}@mail.example`;
      await watchFor(page, email);
      await ask('PUT', `/${id}`, { primaryEmail: email });
      const answered = Date.now();
      const seen = await page.evaluate(() => (window as unknown as Watching).seen);
      times.push(Math.max(0, seen - answered));
    }
    const figure = `p95 ${ms(percentile(times, 0.95))}, median ${ms(median(times))}, worst ${ms(percentile(times, 1))} of ${changes}`;
    return [row(`live: a program's change in a window of ${contacts.toLocaleString('en')} contacts`, figure, percentile(times, 0.95), 'at most', limitMs)];
  } finally {
    await browser.close();
    await host.stop();
    remove();
  }
}

interface Watching {
  /** The time at which the text has been painted, in milliseconds since 1970. */
  seen: Promise<number>;
}

async function watchFor(page: Page, text: string): Promise<void> {
  await page.locator('[role=grid]').evaluate((grid, wanted) => {
    (window as unknown as Watching).seen = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!grid.textContent.includes(wanted)) return;
        observer.disconnect();
        // The frame that shows it has been made when the next task runs.
        requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
      });
      observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  }, text);
}
