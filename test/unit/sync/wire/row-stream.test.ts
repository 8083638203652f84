import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowStream, type Envelope } from '../../../../electron/sync/wire/row-stream.ts';

async function read(pieces: readonly Uint8Array[]): Promise<{ rows: unknown[]; envelope: Envelope }> {
  async function* body() {
    yield* pieces;
  }
  const stream = rowStream(body());
  const rows: unknown[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { rows, envelope: next.value };
    rows.push(...next.value.map((text) => JSON.parse(text) as unknown));
  }
}

/** The bytes cut at these places. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
}

const places = fc.array(fc.nat(5000), { maxLength: 30 });
const rows = fc.array(fc.oneof(fc.jsonValue(), fc.record({ id: fc.uuid(), name: fc.string({ unit: 'binary' }), tags: fc.array(fc.jsonValue()) })), { maxLength: 20 });

test('a list gives the same rows however its bytes are cut, and says how many there are', async () => {
  await fc.assert(
    fc.asyncProperty(rows, places, fc.constantFrom(undefined, 2), async (items, cuts, indent) => {
      const text = JSON.stringify({ items, total: items.length }, null, indent);
      const { rows: found, envelope } = await read(cut(text, cuts));
      expect(JSON.stringify(found)).toBe(JSON.stringify(items));
      expect(envelope).toEqual({ items: [], total: items.length });
    }),
  );
});

test('whatever else is around the rows is read as it is, in any order', async () => {
  const text = '{"total":2,"note":["items",{"items":[9]}],"items":[{"items":[1]},"],["],"more":{"items":[3]}}';
  await fc.assert(
    fc.asyncProperty(places, async (cuts) => {
      const { rows: found, envelope } = await read(cut(text, cuts));
      expect(found).toEqual([{ items: [1] }, '],[']);
      expect(envelope).toEqual({ total: 2, note: ['items', { items: [9] }], items: [], more: { items: [3] } });
    }),
  );
});

test('an error inside an answer, a web page, another shape or half a list is told from a list', async () => {
  expect((await read([Buffer.from('{"message":"no"}')])).envelope).toEqual({ message: 'no' });
  for (const text of ['<!doctype html><p>[Hello]', '[1,2]', '', '{"items":[{"id":1},{"id', '{"items":[1,2]', '{"items":[1]} x']) {
    expect((await read([Buffer.from(text)])).envelope, text).toBeUndefined();
  }
});
