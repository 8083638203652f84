import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { connectThreads, type Link } from '../../../../electron/sync/thread-rpc.ts';
import { AppError, invalidField } from '../../../../shared/errors.ts';

interface Both {
  double(number: number): number;
  later(text: string): Promise<string>;
  refuse(): void;
  fullDisk(): void;
  stumble(): void;
  uncopyable(): unknown;
  callBack(): Promise<number>;
  passOn(): Promise<void>;
  never(): Promise<void>;
}

const channel = { close: () => undefined as void };
afterEach(() => channel.close());

/** Two ends of a wire, each with the same functions, and what each end reports. */
function open() {
  const { port1, port2 } = new MessageChannel();
  channel.close = () => port1.close();
  const reports: { here: unknown[]; there: unknown[] } = { here: [], there: [] };
  const own = (back: () => Link<Both>['remote']): Both => ({
    double: (number) => number * 2,
    later: async (text) => text.toUpperCase(),
    refuse() {
      throw invalidField('url', 'must begin with https://');
    },
    fullDisk() {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    },
    stumble() {
      throw new TypeError('ann@quay7.example is not a function');
    },
    uncopyable: () => () => 'a function',
    callBack: () => back().double(21),
    passOn: () => back().stumble(),
    never: () => new Promise(() => undefined),
  });
  const here: Link<Both> = connectThreads<Both>(port1, own(() => here.remote), (error) => reports.here.push(error));
  const there: Link<Both> = connectThreads<Both>(port2, own(() => there.remote), (error) => reports.there.push(error));
  return { here, there, reports };
}

test('functions of the other thread answer with their value, at once or later, and may call back meanwhile', async () => {
  const { here, there } = open();
  expect(await Promise.all([here.remote.double(4), there.remote.double(5), here.remote.later('tea')])).toEqual([8, 10, 'TEA']);
  expect(await here.remote.callBack()).toBe(42);
});

test.each(['here', 'there'] as const)('a refusal keeps its kind, its words and its fields, asked from %s', async (end) => {
  const { reports, ...ends } = open();
  const error = await ends[end].remote.refuse().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ kind: 'invalid', message: 'url must begin with https://', issues: [{ field: 'url', message: 'url must begin with https://' }] });
  await expect(ends[end].remote.fullDisk()).rejects.toMatchObject({ kind: 'diskFull', message: expect.stringContaining('free some space') as string });
  expect(reports).toEqual({ here: [], there: [] });
});

test.each([['here', 'there'], ['there', 'here']] as const)(
  'an error that nobody foresaw is reported where it happened, with its stack, and shown as our own fault; asked from %s',
  async (asking, failing) => {
    const { reports, ...ends } = open();
    await expect(ends[asking].remote.stumble()).rejects.toMatchObject({
      kind: 'internal', message: 'Sync ran into an unexpected problem; the log has the details.',
    });
    expect(reports[asking]).toEqual([]);
    expect(reports[failing]).toMatchObject([{ name: 'TypeError', stack: expect.stringContaining('thread-rpc.test.ts') as string }]);
  },
);

test('it is reported once, however many threads it passes through', async () => {
  const { here, reports } = open();
  await expect(here.remote.passOn()).rejects.toMatchObject({ kind: 'internal', message: expect.stringContaining('unexpected problem') as string });
  expect(reports.here).toHaveLength(1);
  expect(reports.there).toEqual([]);
});

test('what cannot travel is an error of the call, and the wire goes on working', async () => {
  const { here, reports } = open();
  await expect(here.remote.uncopyable()).rejects.toMatchObject({ kind: 'internal' });
  expect(reports.there).toHaveLength(1);
  await expect(here.remote.later((() => 'a function') as unknown as string)).rejects.toThrow(/could not be cloned/);
  await expect((here.remote as unknown as { absent: () => Promise<void> }).absent()).rejects.toMatchObject({ kind: 'internal' });
  expect(await here.remote.double(1)).toBe(2);
});

test('calls that are open when the other thread ends are told so, each once', async () => {
  const { here } = open();
  const calls = [here.remote.never(), here.remote.never()];
  here.fail(new AppError('unavailable', 'Sync stopped unexpectedly; it resumes in a moment.'));
  for (const call of calls) await expect(call).rejects.toMatchObject({ kind: 'unavailable', message: 'Sync stopped unexpectedly; it resumes in a moment.' });
});
