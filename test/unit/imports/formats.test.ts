import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openBook, owner, pieces, said } from './support.ts';

const cards = join(import.meta.dirname, '../vcard/fixtures');

describe('an address book of another program', () => {
  it('by Google, in its present form', async () => {
    const book = openBook();
    const header = 'First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City,Birthday';
    const report = await book.import(`\ufeff${header}\nAnn,B.,Lee,Acme,,VIP ::: * myContacts,* Work,ann@example.org ::: a@home.example,Mobile,+1 202 555 0101,Boston,1980-02-03\n`);
    expect(report.counts.create).toBe(1);
    expect(said(book.named('Ann B. Lee'))).toMatchObject({
      firstName: 'Ann', lastName: 'Lee', primaryEmail: 'ann@example.org', primaryPhone: '+1 202 555 0101', city: 'Boston', tags: ['VIP'],
    });
    expect(book.named('Ann B. Lee').extra).toMatchObject({ columns: { 'Organization Name': 'Acme', Birthday: '1980-02-03' } });
  });

  it('by Outlook, in Windows-1252 and with its empty dates', async () => {
    const book = openBook();
    const header = 'Title,First Name,Last Name,Company,Business Street,Business City,Business Country/Region,Business Phone,Birthday,E-mail Address,Categories';
    const file = `"${header.replaceAll(',', '","')}"\r\n"","Jörg","Müller","Grün & Söhne","Straße 1","Köln","Germany","0221 1234","0/0/00","joerg@example.org","Kunden;VIP"\r\n`;
    await book.import(iconv.encode(file, 'windows-1252'));
    expect(said(book.named('Jörg Müller'))).toMatchObject({ city: 'Köln', street: ['Straße 1', null], primaryPhone: '0221 1234', tags: ['Kunden', 'VIP'] });
    expect(book.named('Jörg Müller').extra).toEqual({ columns: { Company: 'Grün & Söhne' } });
  });

  it.each(['utf16le', 'utf-16be', 'utf8'])('in %s with semicolons', async (encoding) => {
    const book = openBook();
    await book.import(iconv.encode('Name;E-Mail;Ort\r\n"Łukasz ""Ł"" Żak";l@example.org;Łódź\r\n', encoding, { addBOM: true }));
    expect(said(book.named('Łukasz "Ł" Żak'))).toMatchObject({ primaryEmail: 'l@example.org', city: 'Łódź' });
  });

  it('in Shift_JIS', async () => {
    const book = openBook();
    const rows = Array.from({ length: 20 }, (_, index) => `山田太郎${index},東京都千代田区丸の内,taro${index}@example.jp,こんにちは世界`);
    await book.import(iconv.encode(['氏名,住所,メール,備考', ...rows].join('\r\n'), 'shift_jis'));
    expect(said(book.named('山田太郎7'))).toMatchObject({ primaryEmail: 'taro7@example.jp', notes: 'こんにちは世界' });
  });
});

describe.each(readdirSync(cards).filter((name) => name.endsWith('.vcf')))('the cards of %s', (name) => {
  it('come in whole, go out again, and come in a second time without a change', async () => {
    const file = readFileSync(join(cards, name));
    const book = openBook();
    const report = await book.import(file, { name });
    expect(report.status).toBe('done');
    expect(report.counts.create).toBeGreaterThan(0);
    const before = book.contacts();
    const skipped = { create: 0, update: 0, skip: before.length, error: 0 };
    expect((await book.import(file, { name })).counts.create).toBe(0);
    expect(book.contacts()).toEqual(before);
    for (const version of ['3.0', '4.0'] as const) {
      const exported = await book.export({ format: 'vcf', version });
      expect((await book.import(exported, { name })).counts).toEqual(skipped);
    }
    expect(book.contacts()).toEqual(before);
  });
});

it('gives other work its turn whenever the time of a slice is up, however long the file', async () => {
  // A clock that moves on by a millisecond whenever it is asked: a slice of 5 ms ends after a handful of rows.
  let time = 0;
  const book = openBook(undefined, () => (time += 1));
  const file = Array.from({ length: 1000 }, (_, index) => `BEGIN:VCARD\nVERSION:3.0\nUID:u${index}\nFN:Person ${index}\nEND:VCARD\n`).join('');
  const { id } = await book.imports.stage(pieces(file), 'a.vcf', undefined);
  await book.imports.run(id, {}, owner);
  const seen = [0];
  while (book.imports.get(id, 0, 1).status === 'running') {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(book.counts.live());
  }
  expect(book.counts.live()).toBe(1000);
  expect(Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)))).toBeLessThanOrEqual(12);
});
