import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOffice, isWrite, openLaptop, type Laptop } from './support.ts';

const statuses = [400, 401, 403, 404, 406, 408, 409, 410, 412, 413, 415, 422, 425, 429, 431, 500, 501, 502, 503, 504] as const;
const positions = [0, 1, 2] as const;
const places = ['before', 'write', 'after'] as const;

type Request = { method: string; path: string; body: Uint8Array | null };

/** The nth request about a contact: the reading before it is sent, the sending, or the reading after it. */
function nthOf(id: string, place: (typeof places)[number]) {
  let written = false;
  return (request: Request) => {
    const isAbout = request.path.includes(id) || Buffer.from(request.body ?? '').toString().includes(id);
    if (!isAbout || request.path.includes('/pagination')) return false;
    const isItsWrite = isWrite(request);
    const matches = place === 'write' ? isItsWrite : !isItsWrite && written === (place === 'after');
    written ||= isItsWrite;
    return matches;
  };
}

const error = (status: number) => ({ status, body: { statusCode: status, message: `status ${status}`, error: 'x' } });

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;

beforeEach(async () => {
  office = createOffice();
  laptop = await openLaptop({ office });
});

afterEach(() => laptop.close());

/** Edits of three contacts that the server has. */
async function threeEdits(): Promise<string[]> {
  const ids = [0, 1, 2].map((n) => office.remote.web.create({ name: `Contact ${n}`, contact: { city: 'Oslo' } }).id);
  await laptop.settle();
  for (const id of ids) laptop.edit(id, { scalars: { notes: `mine ${id}` } });
  office.remote.requests.length = 0;
  return ids;
}

function arrived(id: string): boolean {
  const there = office.remote.web.get(id);
  return there?.notes === `mine ${id}` && there.contact?.city === 'Oslo';
}

test.each(statuses)('an answer of %i, at any place of the queue and any step, loses nothing and blocks nobody for long', async (status) => {
  for (const position of positions) {
    for (const place of places) {
      const where = `${status} at contact ${position}, ${place}`;
      const ids = await threeEdits();
      const hit = ids[position] ?? '';
      office.remote.faults.add({ match: nthOf(hit, place), do: error(status) });
      const first = await laptop.cycle(true);
      // The cycle may have to end, but what was not sent waits, and what was refused is listed.
      const { waiting, parked } = laptop.sync.counts();
      expect(ids.filter(arrived).length + waiting + parked, where).toBeGreaterThanOrEqual(3);
      if (first.outcome === 'done') for (const id of ids) if (id !== hit) expect(arrived(id), where).toBe(true);
      office.clock.pass(3_600_000);
      for (const { id } of laptop.sync.parked().items) laptop.sync.retry(id);
      await laptop.settle();
      expect(ids.map(arrived), where).toEqual([true, true, true]);
      expect(laptop.sync.counts(), where).toMatchObject({ waiting: 0, parked: 0, conflicts: 0 });
    }
  }
  expect(office.remote.rows()).toHaveLength(3 * positions.length * places.length);
});

test.each(statuses.filter((status) => status !== 401 && status !== 429))(
  'a contact that is always answered with %i holds up no other, and nothing of it is lost',
  async (status) => {
    for (const position of positions) {
      const ids = await threeEdits();
      const hit = ids[position] ?? '';
      office.remote.faults.add({ match: nthOf(hit, 'write'), times: Infinity, do: error(status) });
      for (let cycle = 0; cycle < 6; cycle += 1) {
        await laptop.cycle();
        office.clock.pass(5 * 60_000);
      }
      for (const id of ids) expect(arrived(id), `${status} at ${position}`).toBe(id !== hit);
      const { waiting, parked } = laptop.sync.counts();
      expect(waiting + parked).toBe(1);
      expect(laptop.contact(hit).notes).toBe(`mine ${hit}`);
      office.remote.faults.clear();
      for (const { id } of laptop.sync.parked().items) laptop.sync.retry(id);
      await laptop.settle();
    }
  },
);
