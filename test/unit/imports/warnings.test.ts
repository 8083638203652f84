import { describe, expect, it } from 'vitest';
import { openBook } from './support.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const megabytes = (count: number) => 'iVBORw0KGgo' + 'A'.repeat(Math.ceil((count * 1024 * 1024 * 4) / 3));

describe('the report of an import tells what was not taken as it stood', () => {
  it.each([
    ['an e-mail that is none', 'a.vcf', card('FN:Ann', 'EMAIL:nobody'), 'EMAIL \'nobody\' was kept aside: it must be an email'],
    ['a card without an end', 'a.vcf', card('FN:Ann').replace('END:VCARD', ''), 'The card has no END:VCARD.'],
    ['a line that is no property', 'a.vcf', card('FN:Ann', 'TEL:1', '???'), 'The card has no property in line 5, which was kept aside: "???".'],
    ['text before the cards', 'a.vcf', `From: x\r\n\r\n${card('FN:Ann')}`, 'Text outside of a card was left out (line 1): "From: x".'],
    ['text after a card', 'a.vcf', `${card('FN:Ann')}TEL:1\r\nTEL:2\r\n`, 'Text outside of a card was left out (line 5 and 1 more): "TEL:1".'],
    ['a row that is too short', 'a.csv', 'name,city\nAnn\n', 'The row has 1 cells where the header has 2 columns; the missing ones are taken as empty.'],
    ['a photo that is too large', 'a.vcf', card('FN:Ann', `PHOTO;ENCODING=b;TYPE=PNG:${megabytes(6)}`), 'PHOTO was left out: it is larger than 5 MB'],
    ['a picture that is too large', 'a.json', JSON.stringify([{ name: 'Ann', image: { mediaType: 'image/png', base64: `${megabytes(7).slice(0, 9_000_000)}` } }]), 'image was left out: it is larger than 5 MB.'],
  ])('%s', async (_, name, file, message) => {
    const book = openBook();
    const report = await book.import(file, { name });
    expect(report.counts).toMatchObject({ create: 1, error: 0 });
    expect(report.warnings?.map((warning) => warning.message)).toEqual([message]);
    expect(book.named('Ann').imageId).toBeNull();
    expect(book.imports.list()[0]).not.toHaveProperty('warnings');
  });

  it('a stray byte in a CSV in UTF-8, with its row and column', async () => {
    const book = openBook();
    const file = Buffer.concat([Buffer.from('name,city\nZoë,山口\n'), Buffer.from('Jürgen,Köln\n', 'latin1'), Buffer.from('Ann,Málaga\n')]);
    const report = await book.import(file);
    expect(book.contacts().map(({ name, contact }) => [name, contact?.city])).toEqual([['Ann', 'Málaga'], ['Jürgen', 'Köln'], ['Zoë', '山口']]);
    expect(report.warnings).toEqual([{ row: 3, message: 'Not all bytes of name, city are UTF-8; they are read as another encoding.' }]);
  });
});

describe('our own exports come in again whatever their size', () => {
  const notes = 'long, "quoted" note\n'.repeat(160_000);
  const extra = { columns: { Shoe: '39' }, json: { history: 'x'.repeat(3 * 1024 * 1024) } };

  it.each(['csv', 'json', 'vcf'] as const)('as %s', async (format) => {
    const [book, other] = [openBook(), openBook()];
    book.create({ scalars: { name: 'Ann', notes: notes.trim() }, extra });
    book.create({ scalars: { name: 'Bob', notes: format === 'csv' ? 'n' : 'n'.repeat(9 * 1024 * 1024) } });
    const file = await book.export({ format });
    const before = book.contacts();
    expect((await book.import(file, { name: `a.${format}` })).counts).toEqual({ create: 0, update: 0, skip: 2, error: 0 });
    expect(book.contacts()).toEqual(before);
    expect((await other.import(file, { name: `a.${format}` })).counts.create).toBe(2);
    expect(other.named('Ann').notes).toBe(notes.trim());
    if (format !== 'vcf') expect(other.named('Ann').extra).toMatchObject(extra);
  });
});
