import Database from 'better-sqlite3';
import { join } from 'node:path';
import { interleave, median, perSecond, ratioOf, row, type Row } from './measure.ts';
import { applyLoad, cpuTimeOf, createToken, startHost, startServer } from './processes.ts';
import { copyProfile } from './profiles.ts';
import type { LoadJob } from './load.ts';

export interface BenchOptions {
  /** Smaller books and shorter rounds: to see that everything works, not to compare. */
  quick: boolean;
}

const contacts = 10_000;
const connections = 10;
/** As many contacts as a program asks for again and again. */
const familiar = 1000;

/** Kinds of requests against the bare server that answers the same, each in turns. */
export async function benchRest({ quick }: BenchOptions): Promise<Row[]> {
  const [ours, theirs] = [await copyProfile(contacts), await copyProfile(contacts)];
  const token = createToken(ours.dataDir);
  const everyId = allIds(ours.dataDir);
  const ids = everyId.slice(0, familiar);
  const [host, bare] = await Promise.all([startHost(ours.dataDir), startServer('test/bench/bare-server.ts', [theirs.dataDir])]);
  try {
    const rounds = quick ? 2 : 7;
    const seconds = quick ? 1 : 3;
    const base = '/api/organization-contact';
    const kinds: [name: string, limit: number, requests: LoadJob['requests']][] = [
      ['rest: get by id', 0.75, ids.map((id) => ({ method: 'GET', path: `${base}/${id}` }))],
      // More than are remembered, and none again before it is forgotten: each is read from the book.
      ['rest: get by id, each one read anew', 0.7, everyId.map((id) => ({ method: 'GET', path: `${base}/${id}` }))],
      [
        'rest: page of 50 with tags and members',
        0.6,
        Array.from({ length: contacts / 50 }, (_, index) => ({
          method: 'GET' as const,
          path: `${base}/pagination?take=50&skip=${index + 1}&relations[0]=tags&relations[1]=members`,
        })),
      ],
      [
        'rest: create',
        0.5,
        ids.map((_, index) => ({
          method: 'POST',
          path: base,
          body: JSON.stringify({ name: `Ann Lee ${index}`, primaryEmail: `ann.${index}@mail.example` }),
        })),
      ],
    ];
    const rows: Row[] = [];
    for (const [name, limit, requests] of kinds) {
      await assertSameAnswers(requests, host.url, bare.url, token);
      const cost = { host: [] as number[], bare: [] as number[] };
      const load = (name: 'host' | 'bare') => async () => {
        const server = name === 'host' ? host : bare;
        const before = cpuTimeOf(server.process);
        const { requests: answered, seconds: took } = await applyLoad({ url: server.url, token, connections, seconds, requests });
        cost[name].push(((cpuTimeOf(server.process) ?? Number.NaN) - (before ?? Number.NaN)) / answered);
        return answered / took;
      };
      const turns = { host: load('host'), bare: load('bare') };
      await interleave(quick ? 1 : 3, turns); // warm: the compiler is done with both
      cost.host = [];
      cost.bare = [];
      const figures = await interleave(rounds, turns);
      const figure =
        `${perSecond(median(figures.host))} against ${perSecond(median(figures.bare))} bare; CPU of a request ` +
        `${median(cost.host).toFixed(0)} against ${median(cost.bare).toFixed(0)} µs`;
      rows.push(row(name, figure, ratioOf(figures.host, figures.bare), 'at least', limit));
    }
    return rows;
  } finally {
    await Promise.all([host.stop(), bare.stop()]);
    ours.remove();
    theirs.remove();
  }
}

function allIds(dataDir: string): string[] {
  const db = new Database(join(dataDir, 'fieldbook.db'), { readonly: true });
  const ids = db.prepare('select id from contact order by id').pluck().all() as string[];
  db.close();
  return ids;
}

/** The comparison means something only when both do the same work. */
async function assertSameAnswers(requests: LoadJob['requests'], host: string, bare: string, token: string): Promise<void> {
  for (const { method, path } of requests.slice(0, 20)) {
    if (method !== 'GET') return;
    const headers = { authorization: `Bearer ${token}` };
    const [a, b] = await Promise.all([host, bare].map(async (url) => (await fetch(url + path, { headers })).text()));
    if (a !== b) throw new Error(`${path} is answered differently:\n${a?.slice(0, 500)}\n${b?.slice(0, 500)}`);
  }
}
