import { describe, expect, it } from 'vitest';
import { openBook, sorted } from '../imports/support.ts';

const namesIn = (csv: string) => csv.split('\r\n').slice(1, -1).map((line) => line.split(',')[1] ?? '');

function bookOf(names: readonly string[]) {
  const book = openBook();
  const ids = new Map(names.map((name) => [name, book.create({ scalars: { name } }).id]));
  return { book, idOf: (name: string) => ids.get(name) ?? '' };
}

describe('an export', () => {
  it('of ids has them in their order', async () => {
    const { book, idOf } = bookOf(['Ann', 'Bob', 'Carla']);
    expect(namesIn(await book.export({ format: 'csv', ids: [idOf('Carla'), idOf('Ann')] }))).toEqual(['Carla', 'Ann']);
  });

  it('names an id that is no contact of the book, before anything is sent', async () => {
    const { book } = bookOf(['Ann']);
    const unknown = '6f1c9b64-1111-4a1b-9d1e-0123456789ab';
    await expect(book.export({ format: 'csv', ids: [unknown] })).rejects.toMatchObject({
      kind: 'invalid', issues: [{ field: 'ids', message: `ids has an unknown id: ${unknown}` }],
    });
  });

  it('of a search has what the search finds', async () => {
    const { book } = bookOf(['Ann Lee', 'Bob Lee', 'Carla Roe']);
    const vip = book.addTag('VIP');
    book.create({ scalars: { name: 'Dan', contactType: 'VENDOR' }, sets: { tags: [vip] } });
    expect(sorted(namesIn(await book.export({ format: 'csv', q: 'lee' })))).toEqual(['Ann Lee', 'Bob Lee']);
    expect(namesIn(await book.export({ format: 'csv', contactType: 'VENDOR' }))).toEqual(['Dan']);
    expect(namesIn(await book.export({ format: 'csv', tag: vip }))).toEqual(['Dan']);
    expect(namesIn(await book.export({ format: 'csv', q: 'nobody' }))).toEqual([]);
  });

  it('of everything has every live contact once, by name, page after page', async () => {
    const names = Array.from({ length: 450 }, (_, index) => `Person ${String(index).padStart(3, '0')}`);
    const { book, idOf } = bookOf(names);
    book.writer.run({ actor: 'ui', label: 'Deleted', state: 'done' }, (edit) => {
      const record = edit.find(idOf('Person 007'));
      if (record) edit.setDeleted(record, true);
    });
    expect(namesIn(await book.export({ format: 'csv' }))).toEqual(names.filter((name) => name !== 'Person 007'));
    const { contacts } = JSON.parse(await book.export({ format: 'json' })) as { contacts: unknown[] };
    expect(contacts).toHaveLength(449);
    expect((await book.export({ format: 'vcf' })).match(/^BEGIN:VCARD\r$/gm)).toHaveLength(449);
  });

  it('of an empty book is a file with nothing in it, in every format', async () => {
    const book = openBook();
    expect(JSON.parse(await book.export({ format: 'json' }))).toEqual({ contacts: [] });
    expect(await book.export({ format: 'vcf' })).toBe('');
    expect((await book.export({ format: 'csv' })).split('\r\n')).toHaveLength(2);
  });

  it('for spreadsheets disarms formulas; the plain one keeps every value as it is', async () => {
    const book = openBook();
    book.create({ scalars: { name: '=HYPERLINK("http://evil")', primaryPhone: '+49 30 1' } });
    const plain = await book.export({ format: 'csv' });
    expect(plain).toContain(',+49 30 1,');
    const safe = await book.export({ format: 'csv', profile: 'spreadsheet' });
    expect(safe).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(safe).toContain(`,'+49 30 1,`);
  });

  it('writes the columns that came from another program as columns', async () => {
    const book = openBook();
    await book.import('Name,E-mail,Shoe\nAnn,ann@example.org,38\n');
    await book.import('Name,E-mail,Hat\nBob,bob@example.org,L\n');
    const [header = ''] = (await book.export({ format: 'csv' })).split('\r\n');
    expect(header.endsWith(',Shoe,Hat,extra')).toBe(true);
  });
});
