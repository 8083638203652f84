import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, median, ms, percentile, ratioOf, row, type Row } from './measure.ts';
import { startServer } from './processes.ts';
import type { BenchOptions } from './rest.ts';
import type { Measured } from './sync-host.ts';

/**
 * Milliseconds that the fake remote takes for a page: what the real server took for a page of 100 with four relations
 * (10,020 rows in 8.3 s).
 */
const pace = 83;
const edits = 100;

interface Cycles {
  first: Measured;
  idle: Measured;
  edited: Measured;
}

interface Remote {
  url: string;
  organizationId: string;
}

/** What a first pull costs beyond the server's own time, and what later cycles ask of the server. */
export async function benchSync({ quick }: BenchOptions): Promise<Row[]> {
  const contacts = quick ? 2000 : 20_000;
  const server = await startServer('test/fake-remote/main.ts', ['--contacts', String(contacts), '--pace', String(pace)]);
  const remote = await accountOf(server.url);
  const cycles: Partial<Record<'times' | 'heap', Cycles>> = {};
  try {
    const { bare, pull } = await interleave(2, {
      bare: () => bareClient(remote, contacts),
      async pull() {
        const what = cycles.heap ? 'times' : 'heap';
        const measured = await pullBook(remote, what);
        cycles[what] = measured;
        if (!measured.first.report.ok) throw new Error(`the first cycle ended early: ${measured.first.report.error}`);
        return measured.first.took;
      },
    });
    if (!cycles.heap || !cycles.times) throw new Error('nothing was measured');
    const { first, idle, edited } = cycles.times;
    const { heap } = cycles.heap.first;
    const early = median(heap.slice(0, Math.ceil(heap.length / 4)));
    const late = median(heap.slice(-Math.ceil(heap.length / 4)));
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    const p95 = percentile(first.times, 0.95);
    return [
      row(
        `sync: first pull of ${contacts.toLocaleString('en')} contacts against a client that parses the pages and drops them`,
        `${ms(median(pull))} against ${ms(median(bare))}, the server at ${pace} ms a page`,
        ratioOf(pull, bare), 'at most', 1.25,
      ),
      row('sync: heap at the end of the first pull against its beginning', `${mb(late)} against ${mb(early)}`, late / early, 'at most', 1.25),
      row(
        'sync: IPC while a first pull runs',
        `p95 ${ms(p95)}, median ${ms(median(first.times))}, worst ${ms(percentile(first.times, 1))} of ${first.times.length} calls`,
        p95, 'at most', 30,
      ),
      row('sync: requests of a full cycle with nothing to do', `${idle.report.requests} requests, ${idle.report.writes} writes`, idle.report.requests + 100 * idle.report.writes, 'at most', 3),
      row(`sync: requests of a full cycle after ${edits} edits`, `${edited.report.requests} requests, ${edited.report.writes} writes`, edited.report.requests, 'at most', 3 * edits + 3),
    ];
  } finally {
    await server.stop();
  }
}

async function pullBook({ url, organizationId }: Remote, what: 'times' | 'heap'): Promise<Cycles> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldbook-bench-'));
  const host = await startServer('test/bench/sync-host.ts', [dataDir, url, organizationId, what]);
  try {
    const next = async () => JSON.parse(await host.nextLine()) as Measured;
    return { first: await next(), idle: await next(), edited: await next() };
  } finally {
    await host.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Milliseconds to be handed all pages, one after the other, and to parse them. */
async function bareClient({ url, organizationId }: Remote, contacts: number): Promise<number> {
  const { token, tenantId } = await signIn(url);
  const begun = performance.now();
  let seen = 0;
  for (let page = 1; seen < contacts; page += 1) {
    const query = new URLSearchParams({
      'where[organizationId]': organizationId, 'where[tenantId]': tenantId, take: '100', skip: String(page),
      'order[createdAt]': 'ASC', 'order[id]': 'ASC', withDeleted: 'true',
      'relations[0]': 'tags', 'relations[1]': 'members', 'relations[2]': 'members.user', 'relations[3]': 'projects', 'relations[4]': 'contact',
    });
    const answer = await fetch(`${url}/api/organization-contact/pagination?${query}`, {
      headers: { authorization: `Bearer ${token}`, 'tenant-id': tenantId },
    });
    const { items } = (await answer.json()) as { items: unknown[] };
    if (items.length === 0) break;
    seen += items.length;
  }
  return performance.now() - begun;
}

async function signIn(url: string): Promise<{ token: string; tenantId: string; organizationId: string }> {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@example.com', password: 'secret' }),
  });
  const { token, user } = (await answer.json()) as { token: string; user: { tenantId: string; employee: { organizationId: string } } };
  return { token, tenantId: user.tenantId, organizationId: user.employee.organizationId };
}

async function accountOf(url: string): Promise<Remote> {
  return { url, organizationId: (await signIn(url)).organizationId };
}
