import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOffice, openLaptop, signedIn, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
const hour = 3_600_000;

beforeEach(async () => {
  office = createOffice({ accessTokenSeconds: 24 * 3600, refreshTokenSeconds: 7 * 24 * 3600 });
  office.remote.seed(20);
  laptop = await openLaptop({ office });
  await laptop.settle();
});

afterEach(() => laptop.close());

const refreshes = () => office.remote.requests.filter(({ path }) => path === '/api/auth/refresh-token');
const isRefresh = ({ path }: { path: string }) => path === '/api/auth/refresh-token';

describe('the sign-in', () => {
  test('is renewed at half of its life, once, and kept on disk before it is used', async () => {
    const before = laptop.tokens.kept();
    office.clock.pass(13 * hour);
    office.remote.requests.length = 0;
    await laptop.cycle();
    expect(refreshes()).toHaveLength(1);
    expect(laptop.tokens.saved).toHaveLength(1);
    expect(laptop.tokens.kept()?.refresh).not.toBe(before?.refresh);
    await laptop.cycle();
    expect(refreshes()).toHaveLength(1);
  });

  test('is renewed when it has ended, and the request is made again', async () => {
    office.clock.pass(25 * hour);
    expect(await laptop.settle()).toMatchObject({ outcome: 'done' });
    expect(laptop.tokens.saved).toHaveLength(1);
  });

  test('is renewed by 401 alone where the clock here is wrong', async () => {
    const { access, refresh } = laptop.tokens.kept() ?? { access: '', refresh: null };
    // A token that says nothing of its life, and has ended.
    laptop.tokens.replace({ access: `${access}x`, refresh });
    expect(await laptop.settle()).toMatchObject({ outcome: 'done' });
    expect(refreshes()).toHaveLength(1);
  });

  test('that has ended for good is asked for; token and queue stay', async () => {
    laptop.create('Acme');
    const kept = laptop.tokens.kept();
    office.clock.pass(8 * 24 * hour);
    expect(await laptop.cycle(true)).toMatchObject({ outcome: 'signedOut' });
    expect(laptop.tokens.kept()).toEqual(kept);
    expect(laptop.names()).toHaveLength(21);
    expect(laptop.sync.counts()).toMatchObject({ waiting: 1, parked: 0 });
    laptop.tokens.replace(signedIn(office.remote));
    await laptop.settle();
    expect(office.remote.rows()).toHaveLength(21);
  });

  test('is not blamed while the database of the server is down, although it answers 401 to everything', async () => {
    laptop.create('Acme');
    const kept = laptop.tokens.kept();
    office.remote.world.databaseUp = false;
    const result = await laptop.cycle(true);
    expect(result.outcome).toBe('paused');
    expect(result.error).toContain('trouble');
    expect(laptop.tokens.kept()).toEqual(kept);
    expect(refreshes()).toEqual([]);
    office.remote.world.databaseUp = true;
    await laptop.settle();
    expect(office.remote.rows()).toHaveLength(21);
  });

  test('survives an answer to its renewal that is lost, as long as the old one lives', async () => {
    office.clock.pass(13 * hour);
    office.remote.faults.add({ match: isRefresh, at: 'after', do: 'drop' });
    expect(await laptop.settle()).toMatchObject({ outcome: 'done' });
    expect(await laptop.settle()).toMatchObject({ outcome: 'done' });
    office.clock.pass(12 * hour);
    expect(await laptop.cycle()).toMatchObject({ outcome: 'signedOut' });
  });

  test('survives a server that has no answer to its renewal', async () => {
    office.clock.pass(25 * hour);
    office.remote.faults.add({ match: isRefresh, times: 2, do: { status: 200, body: 'null' } });
    expect(await laptop.cycle()).toMatchObject({ outcome: 'done' });
    expect(laptop.tokens.saved).toHaveLength(1);
  });

  test('anew by the person counts, although the old pair was in use', async () => {
    office.clock.pass(25 * hour);
    office.remote.faults.add({ match: isRefresh, do: { run: () => laptop.tokens.replace(signedIn(office.remote)) } });
    office.remote.faults.add({ match: isRefresh, times: Infinity, do: { status: 401, body: { message: 'Token is rotated', statusCode: 401 } } });
    expect(await laptop.cycle(true)).toMatchObject({ outcome: 'done' });
  });

  test('by a pasted token that ends asks for a new one', async () => {
    laptop.tokens.replace({ access: 'fbk_ended', refresh: null });
    expect(await laptop.cycle()).toMatchObject({ outcome: 'signedOut' });
  });

  test('without any token is asked for before anything is requested', async () => {
    laptop.tokens.replace(null);
    expect(await laptop.cycle()).toMatchObject({ outcome: 'signedOut', requests: 0 });
  });

  test('refused in one request of many is renewed once for all of them', async () => {
    office.remote.seed(500);
    office.clock.pass(25 * hour);
    const fresh = await openLaptop({ office });
    office.clock.pass(25 * hour);
    office.remote.requests.length = 0;
    await fresh.settle();
    expect(refreshes()).toHaveLength(1);
    fresh.close();
  });
});
