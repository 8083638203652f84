import { describe, expect, it } from 'vitest';
import { openBook, said, sorted } from './support.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('an update', () => {
  it('changes the cells that the file fills and that differ, and nothing else', async () => {
    const book = openBook();
    const { id } = book.create({
      scalars: { name: 'Ann', primaryEmail: 'ann@example.org', primaryPhone: '+49 30 1', notes: 'mine' },
      address: { city: 'Berlin' },
    });
    await book.import('name,primaryEmail,primaryPhone,city,country,notes\nAnn,ann@example.org,,Hamburg,Germany,\n');
    const ann = book.named('Ann');
    expect(ann).toMatchObject({ id, rev: 2, primaryPhone: '+49 30 1', notes: 'mine' });
    expect(ann.contact).toMatchObject({ city: 'Hamburg', country: 'Germany' });
    const changed = book.journal.history(id, 10).items.filter(({ kind }) => kind === 'updated');
    expect(sorted(changed.map(({ field, actor }) => `${field} by ${actor}`))).toEqual(['contact.city by import', 'contact.country by import']);
  });

  it('adds tags to those a contact has, in any case of their names, and makes the missing ones once', async () => {
    const book = openBook();
    const vip = book.addTag('VIP');
    const friend = book.addTag('Friend');
    book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' }, sets: { tags: [friend] } });
    await book.import('Name,E-mail,Tags\nAnn,ann@example.org,"vip, Café"\nBob,bob@example.org,"CAFÉ; vip"\n');
    expect(said(book.named('Ann')).tags).toEqual(['Café', 'Friend', 'VIP']);
    expect(said(book.named('Bob')).tags).toEqual(['Café', 'VIP']);
    expect(book.named('Bob').tags?.some(({ id }) => id === vip)).toBe(true);
    expect(book.lists.tags.all()).toHaveLength(3);
    expect(book.announced).toContainEqual({ type: 'lists' });
  });

  it('takes tags that differ by accents for two, and gives a card its own spelling back', async () => {
    const book = openBook();
    book.addTag('VIP');
    await book.import(['Resume,Résumé', 'かき,がき', 'vip'].map((tags, index) => card(`UID:u${index}`, `FN:P${index}`, `CATEGORIES:${tags}`)).join(''), { name: 'a.vcf' });
    expect(book.contacts().map((contact) => said(contact).tags)).toEqual([['Resume', 'Résumé'], ['かき', 'がき'], ['VIP']]);
    const exported = await book.export({ format: 'vcf' });
    for (const line of ['CATEGORIES:Resume,Résumé', 'CATEGORIES:かき,がき', 'CATEGORIES:vip']) expect(exported).toContain(`${line}\r\n`);
  });

  it('keeps a column called Company beside the one that is mapped to the company, under their own headers', async () => {
    const book = openBook();
    await book.import('Name,Firma,Company\nAnn,Acme,Other Ltd\n', { mapping: { Firma: 'company', Company: null } });
    expect(book.named('Ann').extra).toEqual({ columns: { Firma: 'Acme', Company: 'Other Ltd' }, companyColumn: 'Firma' });
    expect(book.reader.byNos([1])[0]?.company).toBe('Acme');
    const csv = await book.export({ format: 'csv' });
    expect(csv.split('\r\n')[0]).toContain(',Firma,Company,');
    expect((await book.import(csv)).counts.skip).toBe(1);
    const vcf = await book.export({ format: 'vcf' });
    expect(vcf).toContain('ORG:Acme\r\n');
    expect(vcf).toContain('X-NAME=Company:Other Ltd\r\n');
    expect((await book.import(vcf, { name: 'a.vcf' })).counts.skip).toBe(1);
  });

  it('links members and projects by name or id, and keeps unknown ones beside the contact with a warning', async () => {
    const book = openBook();
    const eva = book.addMember('Eva Stein');
    const roof = book.addProject('Roof');
    const file = JSON.stringify([{ name: 'Ann', members: [{ id: eva }, 'Nobody Known'], projects: ['Roof', { id: 'gone', name: 'Cellar' }] }]);
    const preview = await book.import(file, { name: 'a.json', dryRun: true });
    expect(preview.rows?.[0]?.reason).toContain('Nobody Known');
    await book.import(file, { name: 'a.json' });
    const ann = book.named('Ann');
    expect(ann.members?.map(({ id }) => id)).toEqual([eva]);
    expect(ann.projects?.map(({ id }) => id)).toEqual([roof]);
    expect(ann.extra).toEqual({ members: ['Nobody Known'], projects: ['Cellar'] });
  });

  it('merges what has no field: the file wins column by column, the others stay', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' }, extra: { columns: { Shoe: '38', Hat: 'L' }, note: 1 } });
    await book.import('name,primaryEmail,Shoe,Dog\nAnn,ann@example.org,39,Rex\n');
    expect(book.named('Ann').extra).toEqual({ columns: { Shoe: '39', Hat: 'L', Dog: 'Rex' }, note: 1 });
  });

  it('keeps the properties of a stored card that the new card does not speak of, with their labels', async () => {
    const book = openBook();
    const first = card('UID:u1', 'FN:Ann', 'TEL:+49 30 1', 'BDAY:1980-01-01', 'item1.URL:https://a.example', 'item1.X-ABLabel:Blog');
    await book.import(first, { name: 'a.vcf' });
    await book.import(card('UID:u1', 'FN:Ann', 'item1.EMAIL:ann@example.org', 'item1.X-ABLabel:Work'), { name: 'b.vcf' });
    const exported = await book.export({ format: 'vcf' });
    for (const line of ['item1.EMAIL:ann@example.org', 'item1.X-ABLabel:Work', 'TEL:+49 30 1', 'BDAY:1980-01-01', 'item2.URL:https://a.example', 'item2.X-ABLabel:Blog']) {
      expect(exported.split('\r\n')).toContain(line);
    }
    expect((await book.import(exported, { name: 'c.vcf' })).counts.skip).toBe(1);
  });

  it('by a card with one number leaves the contact its other numbers, addresses and e-mails, and the preview says so', async () => {
    const book = openBook();
    const first = card(
      'UID:u1', 'FN:Ann', 'TEL;TYPE=cell:+49 170 1', 'item1.TEL:+49 30 2', 'item1.X-ABLabel:Boat', 'EMAIL:a@example.org',
      'EMAIL:b@example.org', 'ADR:;;Way 1;Bonn;;;', 'TITLE:Cook', 'BDAY:19800101', 'NOTE:old', 'CATEGORIES:x', 'X-SHOE:38',
    );
    const second = card('UID:u1', 'FN:Ann B.', 'TEL:+49 170 3', 'TEL:+49 (30) 2', 'EMAIL:B@example.org', 'BDAY:19810101', 'NOTE:new', 'CATEGORIES:y', 'X-SHOE:39');
    await book.import(first, { name: 'a.vcf' });
    const preview = await book.import(second, { name: 'b.vcf', dryRun: true });
    expect(preview.rows?.[0]?.reason).toBe('The contact keeps: TEL +49 170 1; EMAIL a@example.org; NOTE old.');
    await book.import(second, { name: 'b.vcf' });
    const lines = (await book.export({ format: 'vcf' })).split('\r\n');
    expect(lines).toEqual(expect.arrayContaining([
      'TEL:+49 170 3', 'TEL:+49 (30) 2', 'TEL;TYPE=cell:+49 170 1', 'EMAIL:B@example.org', 'EMAIL:a@example.org', 'BDAY:19810101',
      'ADR:;;Way 1;Bonn;;;', 'TITLE:Cook', 'NOTE:new', 'NOTE:old', 'X-SHOE:39', 'CATEGORIES:y,x', 'FN:Ann B.',
    ]));
    expect(lines.filter((line) => /^(TEL|EMAIL|BDAY|X-SHOE|FN)/.test(line))).toHaveLength(8);
    expect(book.named('Ann B.')).toMatchObject({ primaryPhone: '+49 170 3', primaryEmail: 'B@example.org', notes: 'new' });
    expect((await book.import(second, { name: 'b.vcf' })).counts.skip).toBe(1);
    expect((await book.import(lines.join('\r\n'), { name: 'c.vcf' })).counts.skip).toBe(1);
  });

  it('keeps the number that a person typed in, and not the one that the card had before', async () => {
    const book = openBook();
    await book.import(card('UID:u1', 'FN:Ann', 'TEL:+49 30 1'), { name: 'a.vcf' });
    book.edit(book.named('Ann').id, { scalars: { primaryPhone: '+49 30 2' } });
    await book.import(card('UID:u1', 'FN:Ann', 'TEL:+49 30 3'), { name: 'b.vcf' });
    expect((await book.export({ format: 'vcf' })).match(/^TEL.*$/gm)).toEqual(['TEL:+49 30 3', 'TEL:+49 30 2']);
  });

  it('of a contact that was typed in keeps its number and e-mail beside those of the card', async () => {
    const book = openBook();
    const { id } = book.create({ scalars: { name: 'Ann', primaryPhone: '+49 30 1', primaryEmail: 'a@example.org' } });
    await book.import(card(`UID:${id}`, 'FN:Ann', 'TEL:+49 30 2'), { name: 'a.vcf' });
    const exported = await book.export({ format: 'vcf' });
    for (const value of ['+49 30 1', '+49 30 2', 'a@example.org']) expect(exported).toContain(value);
  });

  it('gives a contact the picture of its card once', async () => {
    const book = openBook();
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const withPhoto = card('UID:u1', 'FN:Ann', `PHOTO;ENCODING=b;TYPE=PNG:${pixel}`);
    await book.import(card('UID:u1', 'FN:Ann'), { name: 'a.vcf' });
    expect((await book.import(withPhoto, { name: 'a.vcf' })).counts.update).toBe(1);
    expect((await book.import(withPhoto, { name: 'a.vcf' })).counts.skip).toBe(1);
    const { imageId } = book.named('Ann');
    expect(book.images.find(imageId ?? '')?.bytes.toString('base64')).toBe(pixel);
  });
});

describe('a row with a bad cell', () => {
  it('is not imported, and the error names row, field, column and cell', async () => {
    const book = openBook();
    const report = await book.import('Name,Mail,Budget\nAnn,ann@,12\nBob,bob@example.org,a lot\nCarla,carla@example.org,12\n', {
      mapping: { Mail: 'primaryEmail' },
    });
    expect(report.counts).toEqual({ create: 1, update: 0, skip: 0, error: 2 });
    expect(report.errors).toEqual([
      { row: 2, field: 'primaryEmail', column: 'Mail', message: 'Mail: "ann@" must be an email' },
      { row: 3, field: 'budget', column: 'Budget', message: 'Budget: "a lot" is not a number' },
    ]);
    expect(book.contacts().map(({ name }) => name)).toEqual(['Carla']);
  });

  it('of a vCard is kept beside the contact with a warning', async () => {
    const book = openBook();
    const file = card('UID:u1', 'FN:Ann', 'EMAIL:not an address');
    expect((await book.import(file, { name: 'a.vcf', dryRun: true })).rows?.[0]?.reason).toContain('not an address');
    expect((await book.import(file, { name: 'a.vcf' })).counts.create).toBe(1);
    expect(book.named('Ann').primaryEmail).toBeNull();
    expect(await book.export({ format: 'vcf' })).toContain('EMAIL:not an address');
  });
});

it('writes nothing of a slice that cannot be written, and says that the import failed', async () => {
  const book = openBook();
  const run = book.writer.run.bind(book.writer);
  book.writer.run = (step, work) =>
    run(step, (edit) => {
      work(edit);
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    });
  const report = await book.import('Name,Tags\nAnn,New\n');
  book.writer.run = run;
  expect(report).toMatchObject({ status: 'failed', processed: 0, counts: { create: 0 } });
  expect(report.message).toContain('disk is full');
  expect(book.contacts()).toEqual([]);
  expect(book.lists.tags.all()).toEqual([]);
});
