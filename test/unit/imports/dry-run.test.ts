import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, openBook, owner, pieces, type TestBook } from './support.ts';

/** Few values for each cell, so that rows meet each other and the contacts of the book. */
const row = fc.record({
  name: fc.constantFrom('Ann', 'ann', 'Bob', 'Carla', ''),
  email: fc.constantFrom('a@example.org', 'A@Example.org', 'b@example.org', 'bad@', ''),
  phone: fc.constantFrom('+49 30 111111', '030 111111', '030 222222', ''),
  city: fc.constantFrom('Berlin', 'Bonn', ''),
  tags: fc.constantFrom('VIP', 'vip', 'Friend, VIP', ''),
  shoe: fc.constantFrom('38', '39', ''),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const csv = (rows: readonly Row[]) =>
  ['Name,E-mail,Phone,City,Tags,Shoe', ...rows.map((cells) => Object.values(cells).map((cell) => `"${cell}"`).join(','))].join('\n');

const state = (book: TestBook) => JSON.stringify([book.contacts(), book.lists.tags.all(), book.journal.head()]);

function trashAll(book: TestBook): void {
  const ids = book.contacts().map(({ id }) => id);
  book.writer.run({ actor: 'ui', label: 'Deleted', state: 'done' }, (edit) => {
    for (const id of ids) {
      const record = edit.find(id);
      if (record) edit.setDeleted(record, true);
    }
  });
}

describe('a dry run', () => {
  it('counts what the real run then does, whatever is in file and book, and writes nothing', async () => {
    const book = openBook();
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.array(row, { maxLength: 5 }),
        fc.constantFrom(...matches, 'none' as const),
        async (rows, known, match) => {
          trashAll(book);
          if (known.length > 0) await book.import(csv(known), { match: 'none' });
          const before = state(book);
          const preview = await book.import(csv(rows), { match, dryRun: true });
          expect(state(book)).toBe(before);
          const real = await book.import(csv(rows), { match });
          expect(real.counts).toEqual(preview.counts);
          expect(real.errors).toEqual(preview.errors);
          expect(preview.rows).toHaveLength(preview.total);
          if (match === 'none') return;
          // A row that several contacts matched may find its one contact once another row has changed the others.
          const ambiguous = real.errors?.filter(({ message }) => message.endsWith('the match is ambiguous.')).length ?? 0;
          const after = state(book);
          const again = await book.import(csv(rows), { match });
          expect(again.counts.create).toBe(0);
          expect(again.counts.update).toBeLessThanOrEqual(ambiguous);
          if (ambiguous > 0) return;
          expect(state(book)).toBe(after);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells of each row what would happen, why, and which cells would change', async () => {
    const book = openBook();
    const { id } = book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' }, address: { city: 'Bonn' } });
    book.create({ scalars: { name: 'Bob', primaryEmail: 'bob@example.org' } });
    const file = 'Name,E-mail,City\nAnn Lee,ann@example.org,Berlin\nBob,bob@example.org,\nCarla,carla@example.org,Ulm\nDan,dan@,\n';
    const { rows } = await book.import(file, { dryRun: true });
    expect(rows).toEqual([
      {
        row: 2, action: 'update', name: 'Ann Lee', contactId: id,
        changes: [{ field: 'name', old: 'Ann', new: 'Ann Lee' }, { field: 'city', old: 'Bonn', new: 'Berlin' }],
      },
      { row: 3, action: 'skip', name: 'Bob', contactId: book.named('Bob').id, reason: 'The contact is already like this.' },
      { row: 4, action: 'create', name: 'Carla', values: { primaryEmail: 'carla@example.org', city: 'Ulm' } },
      { row: 5, action: 'error', name: 'Dan', reason: 'E-mail: "dan@" must be an email' },
    ]);
  });

  it('can be read page by page, and then be followed by the real run of the same file', async () => {
    const book = openBook();
    const lines = Array.from({ length: 450 }, (_, index) => `Person ${index},p${index}@example.org`);
    const staged = await book.imports.stage(pieces(['Name,E-mail', ...lines].join('\n')), 'list.csv', undefined);
    await book.imports.run(staged.id, { dryRun: true }, owner);
    await book.ended(staged.id);
    const page = book.imports.get(staged.id, 440, 20);
    expect(page.total).toBe(450);
    expect(page.rows?.map(({ name }) => name)).toEqual(lines.slice(440).map((line) => line.split(',')[0]));
    await book.imports.run(staged.id, {}, owner);
    expect((await book.ended(staged.id)).counts.create).toBe(450);
    expect(book.imports.list().map(({ id, status }) => [id, status])).toEqual([[staged.id, 'done']]);
  });
});
