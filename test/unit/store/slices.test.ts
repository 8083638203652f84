import { describe, expect, test } from 'vitest';
import { createSlices } from '../../../electron/store/slices.ts';

/** A clock that goes on by one millisecond with each look at it, and slices of three. */
function threeItemSlices() {
  let time = 0;
  return createSlices(() => (time += 1), 3);
}

const pass = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('long work in slices', () => {
  test('hands out every item once and in order, and a slice ends when its time is up', async () => {
    const parts: number[][] = [];
    await threeItemSlices().each([1, 2, 3, 4, 5, 6, 7], (part) => parts.push([...part()]));
    expect(parts).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  test('of several jobs takes turns, and anything else is done between any two slices', async () => {
    const slices = threeItemSlices();
    const order: string[] = [];
    let working = true;
    const others = (async () => {
      while (working) {
        await pass();
        order.push('other');
      }
    })();
    const job = (name: string) => slices.each([1, 2, 3, 4, 5, 6], (part) => order.push(name.repeat([...part()].length)));
    await Promise.all([job('a'), job('b')]);
    working = false;
    await others;
    expect(order.filter((entry) => entry !== 'other')).toEqual(['aaa', 'bbb', 'aaa', 'bbb']);
    for (const [index, entry] of order.entries()) {
      if (entry !== 'other') expect([undefined, 'other']).toContain(order[index + 1]);
    }
  });

  test('stops before the next slice when it is aborted, and what fails in one job leaves the turns of others alone', async () => {
    const slices = threeItemSlices();
    const abort = new AbortController();
    const done: number[] = [];
    const cancelled = slices.each(
      [1, 2, 3, 4],
      (part) => {
        done.push(...part());
        abort.abort(new Error('enough'));
      },
      abort.signal,
    );
    const failed = slices.each([1], () => {
      throw new Error('broken');
    });
    const others: number[] = [];
    const whole = slices.each([1, 2, 3, 4], (part) => others.push(...part()));
    expect(await Promise.allSettled([cancelled, failed, whole])).toMatchObject([
      { reason: new Error('enough') }, { reason: new Error('broken') }, { status: 'fulfilled' },
    ]);
    expect([done, others]).toEqual([[1, 2, 3], [1, 2, 3, 4]]);
  });
});
