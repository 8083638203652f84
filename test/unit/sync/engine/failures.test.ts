import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetworkError, type Transport } from '../../../../electron/sync/ports.ts';
import { AppError } from '../../../../shared/errors.ts';
import { about, createOffice, isList, isWrite, openLaptop, signedIn, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
let transport: Transport | undefined;
const minute = 60_000;

beforeEach(async () => {
  office = createOffice();
  transport = undefined;
  laptop = await openLaptop({ office, transport: (over) => (request) => (transport ?? over)(request) });
});

afterEach(() => laptop.close());

const posts = () => office.remote.requests.filter(({ method, path }) => method === 'POST' && path === '/api/organization-contact');
const there = () => office.remote.rows().map(({ name }) => name).sort();

describe('when the network fails', () => {
  test.each(['drop', 'reset', 'timeout'] as const)('a contact whose answer is lost (%s) is not created twice', async (loss) => {
    laptop.create('Acme', { scalars: { notes: 'mine' } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: loss });
    await laptop.cycle(true);
    expect(laptop.sync.counts().waiting).toBe(1);
    await laptop.settle();
    expect(there()).toEqual(['Acme']);
    expect(posts()).toHaveLength(1);
    expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
  });

  test('what somebody did to a contact whose answer was lost is not undone', async () => {
    const { id } = laptop.create('Acme', { scalars: { notes: 'mine' } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: 'drop' });
    await laptop.cycle(true);
    office.remote.web.edit(id, { notes: 'theirs' });
    laptop.edit(id, { scalars: { primaryPhone: '1' } });
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({ notes: 'theirs', primaryPhone: '1' });
    expect(laptop.contact(id)).toMatchObject({ notes: 'theirs', primaryPhone: '1' });
  });

  test('an edit whose answer is lost, and that was taken back here meanwhile, is taken back there', async () => {
    const { id } = laptop.create('Acme', { scalars: { notes: 'first' } });
    await laptop.settle();
    laptop.edit(id, { scalars: { notes: 'second' } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: 'drop' });
    await laptop.cycle(true);
    laptop.edit(id, { scalars: { notes: 'first' } });
    await laptop.settle();
    expect(office.remote.web.get(id)?.notes).toBe('first');
    expect(laptop.contact(id).notes).toBe('first');
  });

  test('an edit made while the request is on its way stays, and goes with the next cycle', async () => {
    const { id } = laptop.create('Acme');
    office.remote.faults.add({ match: isWrite, at: 'after', do: { run: () => laptop.edit(id, { scalars: { notes: 'later' } }) } });
    await laptop.settle();
    expect(laptop.sync.counts().waiting).toBe(1);
    await laptop.settle();
    expect(office.remote.web.get(id)?.notes).toBe('later');
    expect(posts()).toHaveLength(1);
  });

  test('three errors in a row end the cycle as offline, and nothing is lost', async () => {
    for (let i = 0; i < 5; i += 1) laptop.create(`Contact ${i}`);
    await laptop.sync.saveProgress({ watermark: '2026-01-01T00:00:00.000Z' });
    office.remote.faults.add({ match: isWrite, times: Infinity, do: 'timeout' });
    const result = await laptop.cycle();
    expect(result).toMatchObject({ outcome: 'offline', pushed: 0 });
    expect(office.remote.requests.filter(isWrite)).toHaveLength(3);
    office.remote.faults.clear();
    await laptop.settle();
    expect(there()).toHaveLength(5);
  });

  test('one error among good answers is tried again, later each time', async () => {
    office.remote.seed(5);
    office.remote.faults.add({ match: isList, times: 2, do: { status: 502, body: '<html>Bad gateway</html>' } });
    expect(await laptop.settle()).toMatchObject({ pulled: 5 });
    expect(office.clock.slept).toEqual([1000, 2000]);
  });

  test('without any network the cycle ends at once, and says so', async () => {
    transport = async () => {
      throw new NetworkError('offline', false, 'The server was not found: is there a network?');
    };
    expect(await laptop.cycle(true)).toMatchObject({ outcome: 'offline', requests: 1, error: 'The server was not found: is there a network?' });
  });

  test('a certificate that is not trusted pauses, and names who made it', async () => {
    transport = async () => {
      throw new NetworkError('tls', false, 'self-signed certificate (issued by Office Filter)');
    };
    const result = await laptop.cycle(true);
    expect(result.outcome).toBe('paused');
    expect(result.error).toContain('Office Filter');
  });

  test.each([
    ['a web page with status 200', 'html200'],
    ['a redirect to another host', { redirect: 'https://login.hotel.example/' }],
    ['a proxy that wants a login', { status: 511, body: '<html>Login</html>' }],
    ['a page of a filter', { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>Blocked</html>' }],
  ] as const)('%s on any route changes nothing here, and is looked at again after a minute', async (_what, fault) => {
    office.remote.seed(15);
    await laptop.settle();
    const { id } = laptop.create('Mine');
    laptop.edit(office.remote.rows()[0]?.id ?? '', { scalars: { notes: 'mine' } });
    const before = laptop.names();
    for (const match of [isList, isWrite, about(id), ({ path }: { path: string }) => path.includes('data=%7B%22relations%22%3A%5B%22tags%22')]) {
      office.remote.faults.clear();
      office.remote.faults.add({ match, times: Infinity, do: fault });
      expect(await laptop.cycle(true)).toMatchObject({ outcome: 'paused', retryAfterMs: minute });
    }
    expect(laptop.names()).toEqual(before);
    expect(laptop.sync.counts()).toMatchObject({ waiting: 2, parked: 0, conflicts: 0 });
    office.remote.faults.clear();
    await laptop.settle();
    expect(office.remote.rows()).toHaveLength(16);
  });

  test('an error inside a good status is an error', async () => {
    office.remote.seed(15);
    office.remote.faults.add({ match: isList, do: 'messageIn2xx' });
    expect(await laptop.cycle(true)).toMatchObject({ outcome: 'paused', pulled: 0 });
    await laptop.settle();
    const { id } = laptop.create('Mine');
    office.remote.faults.add({ match: isWrite, do: 'messageIn2xx' });
    await laptop.settle();
    expect(office.remote.web.get(id)).toBeUndefined();
    expect(laptop.sync.counts()).toMatchObject({ waiting: 1, parked: 0 });
    await laptop.settle();
    expect(office.remote.web.get(id)?.name).toBe('Mine');
  });

  test('a laptop that falls asleep in mid-request does not know its fate, and finds out', async () => {
    const { id } = laptop.create('Acme');
    const lid = new AbortController();
    office.remote.faults.add({ match: isWrite, at: 'after', do: { run: () => lid.abort() } });
    const result = await laptop.cycle(true, lid.signal);
    expect(result.outcome).toBe('cancelled');
    office.clock.pass(8 * 3_600_000);
    laptop.edit(id, { scalars: { notes: 'after waking' } });
    await laptop.settle();
    expect(there()).toEqual(['Acme']);
    expect(office.remote.web.get(id)?.notes).toBe('after waking');
    expect(posts()).toHaveLength(1);
  });

  test('a laptop that was away for sixty days sends back nothing that was not edited on it', async () => {
    office.remote.seed(30);
    await laptop.settle();
    office.clock.pass(60 * 86_400_000);
    laptop.tokens.replace(signedIn(office.remote));
    for (const { id } of office.remote.rows()) office.remote.web.edit(id, { notes: 'two months later' });
    expect(await laptop.settle()).toMatchObject({ pulled: 30, writes: 0 });
  });
});

describe('when the server asks to wait', () => {
  test.each([
    ['seconds', 429, '20', 20_000],
    ['seconds with a 503', 503, '7', 7000],
    ['a date, by its own clock', 429, new Date(Date.parse('2026-11-23T09:00:00Z') + 90_000).toUTCString(), 90_000],
    ['more than an hour', 429, '86400', 3_600_000],
    ['nobody knows how long', 429, '', 60_000],
  ])('%s are obeyed, and everything waits', async (_what, status, header, milliseconds) => {
    laptop.create('Acme');
    laptop.create('Bcme');
    await laptop.sync.saveProgress({ watermark: '2026-01-01T00:00:00.000Z' });
    office.remote.faults.add({ match: isWrite, do: { status, headers: { 'retry-after': header }, body: { statusCode: status, message: 'Too Many Requests' } } });
    expect(await laptop.cycle()).toMatchObject({ outcome: 'paused', retryAfterMs: milliseconds });
    expect(office.remote.requests.filter(isWrite)).toHaveLength(1);
    await laptop.settle();
    expect(there()).toEqual(['Acme', 'Bcme']);
  });

  test('a clock that is wrong here does not change how long it is waited', async () => {
    const date = 'Mon, 01 Jan 2029 00:00:00 GMT';
    const until = 'Mon, 01 Jan 2029 00:00:30 GMT';
    office.remote.faults.add({ match: isList, do: { status: 429, headers: { date, 'retry-after': until }, body: {} } });
    expect(await laptop.cycle()).toMatchObject({ retryAfterMs: 30_000 });
  });
});

describe('when the server refuses one contact', () => {
  const refusal = (status: number, message: string | string[]) => ({ status, body: { statusCode: status, message, error: 'x' } });

  test('a 400 is tried five times over ten minutes, then parked with the field it names', async () => {
    const { id } = laptop.create('Acme');
    const since = office.clock.now();
    office.remote.faults.add({ match: isWrite, times: Infinity, do: refusal(400, ['primaryEmail must be an email']) });
    let tries = 0;
    while (laptop.sync.counts().parked === 0) {
      office.remote.requests.length = 0;
      await laptop.cycle();
      tries += office.remote.writes().length;
      office.clock.pass(minute);
    }
    expect(tries).toBe(5);
    expect(office.clock.now() - since).toBeGreaterThanOrEqual(10 * minute);
    expect(laptop.sync.parked().items).toMatchObject([{ contactId: id, field: 'primaryEmail', message: 'primaryEmail must be an email', status: 400 }]);
    office.remote.faults.clear();
    laptop.edit(id, { scalars: { notes: 'mended' } });
    await laptop.settle();
    expect(there()).toEqual(['Acme']);
  });

  test.each([403, 413, 415, 422])('a %i is parked at once, and the others go on', async (status) => {
    const { id } = laptop.create('Bad');
    laptop.create('Good');
    office.remote.faults.add({ match: (request) => isWrite(request) && Buffer.from(request.body ?? '').toString().includes(id), times: Infinity, do: refusal(status, 'no') });
    await laptop.settle();
    expect(there()).toEqual(['Good']);
    expect(laptop.sync.parked().items).toMatchObject([{ contactId: id, status, message: 'no' }]);
    office.remote.faults.clear();
    laptop.sync.retry(laptop.sync.parked().items[0]?.id ?? '');
    await laptop.settle();
    expect(there()).toEqual(['Bad', 'Good']);
  });

  test('a page of a proxy that says something is too large is about that contact', async () => {
    laptop.create('Large');
    laptop.create('Small');
    office.remote.faults.add({ match: isWrite, do: { status: 413, headers: { 'content-type': 'text/html' }, body: '<html>413</html>' } });
    await laptop.settle();
    expect(laptop.sync.counts()).toMatchObject({ parked: 1 });
    expect(there()).toEqual(['Small']);
  });

  test.each([409, 412])('a %i is read again, merged and sent in the same cycle', async (status) => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    laptop.edit(id, { scalars: { notes: 'mine' } });
    office.remote.faults.add({ match: isWrite, do: { status, body: { statusCode: status, message: 'changed', error: 'x' } } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: { run: () => undefined } });
    await laptop.settle();
    expect(office.remote.web.get(id)?.notes).toBe('mine');
    expect(laptop.sync.counts().waiting).toBe(0);
  });

  test('a 403 on the list pauses, and deletes nothing', async () => {
    office.remote.seed(20);
    await laptop.settle();
    office.remote.faults.add({ match: isList, times: Infinity, do: refusal(403, 'Forbidden resource') });
    const result = await laptop.cycle(true);
    expect(result.outcome).toBe('paused');
    expect(result.error).toContain('does not let you read');
    expect(laptop.names()).toHaveLength(20);
  });

  test('somebody who may read only gets the reason at each contact', async () => {
    const reader = await openLaptop({ office, account: office.remote.directory.employee });
    const { id } = reader.create('Acme');
    await reader.settle();
    expect(reader.sync.parked().items).toMatchObject([{ contactId: id, status: 403 }]);
    expect(reader.contact(id).deletedAt).toBeNull();
    reader.close();
  });

  test('a full disk here ends the cycle in words', async () => {
    office.remote.seed(3);
    laptop.sync.pull = async () => {
      throw new AppError('diskFull', 'The disk is full.');
    };
    expect(await laptop.cycle()).toMatchObject({ outcome: 'paused', error: 'The disk is full.' });
  });
});

describe('what nobody can prevent is told', () => {
  test('a value that was replaced between writing and reading it is a notice', async () => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    laptop.edit(id, { scalars: { notes: 'mine' } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: { run: () => office.remote.web.edit(id, { notes: 'theirs' }) } });
    await laptop.settle();
    expect(laptop.contact(id).notes).toBe('theirs');
    expect(laptop.sync.conflicts().items).toMatchObject([{ kind: 'overwritten', field: 'notes', mine: 'mine', theirs: 'theirs' }]);
  });

  test('a contact that was deleted right after it was sent is a notice', async () => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    office.remote.web.delete(id, 'hard');
    await laptop.settle();
    expect(laptop.contact(id).deletedAt).not.toBeNull();
    expect(laptop.sync.conflicts().items).toMatchObject([{ kind: 'removed', contactId: id }]);
  });

  test('the same field changed on both sides is theirs here, and mine is kept as a question', async () => {
    const { id } = laptop.create('Acme', { scalars: { notes: 'old' } });
    await laptop.settle();
    laptop.edit(id, { scalars: { notes: 'mine' } });
    office.remote.web.edit(id, { notes: 'theirs' });
    await laptop.settle();
    const [question] = laptop.sync.conflicts().items;
    expect(question).toMatchObject({ kind: 'field', field: 'notes', base: 'old', mine: 'mine', theirs: 'theirs' });
    laptop.sync.resolve(question?.id ?? '', 'mine', 'ui');
    await laptop.settle();
    expect(office.remote.web.get(id)?.notes).toBe('mine');
  });
});
