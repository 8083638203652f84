import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestBook } from '../support/book.ts';

const anyTime = fc.integer({ min: 0, max: 4e12 });

test('whatever the clock does between edits, history, undo and the change feed are in the order of the edits', async () => {
  await fc.assert(fc.asyncProperty(fc.array(anyTime, { minLength: 2, maxLength: 8 }), async (times) => {
    let now = new Date('2026-11-23T09:00:00Z');
    const book = openTestBook({ clock: () => now });
    try {
      const { id } = await book.call('contact.create', { name: 'Version 0' });
      for (const [index, time] of times.entries()) {
        now = new Date(time);
        await book.call('contact.update', { id, name: `Version ${index + 1}` });
      }
      const { items: history } = await book.call('contact.history', { id });
      const names = history.filter(({ field }) => field === 'name').map((entry) => entry.new);
      expect(names).toEqual(times.map((_, index) => `Version ${index + 1}`).toReversed());
      const { items: feed } = await book.call('change.list', { since: 0 });
      expect(feed.map(({ seq }) => seq)).toEqual(feed.map(({ seq }) => seq).toSorted((a, b) => a - b));
      await book.call('undo.undo', {});
      expect(await book.call('contact.get', { id })).toMatchObject({ name: `Version ${times.length - 1}` });
    } finally {
      book.close();
    }
  }), { numRuns: 15 });
});
