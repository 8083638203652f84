import { existsSync, readdirSync, statSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBook, owner, pieces, profileFolder, sorted, textOf, token } from './support.ts';

const people = 'Name,E-mail\nAnn,ann@example.org\n';
const filesOf = (dataDir: string) => (existsSync(join(dataDir, 'imports')) ? readdirSync(join(dataDir, 'imports')) : []);

describe('a file that is taken in', () => {
  it('is described: program, encoding, delimiter, columns, what they seem to be, and first rows', async () => {
    const book = openBook();
    const file = Buffer.from('Vorname;Nachname;E-Mail\nJörg;Müller;joerg@example.org\n', 'latin1');
    const staged = await book.imports.stage(pieces(file), 'Liste.CSV', undefined);
    expect(staged).toMatchObject({
      name: 'Liste.CSV', size: file.length, format: 'csv',
      csv: {
        program: 'unknown', encoding: 'windows-1252', delimiter: ';', columns: ['Vorname', 'Nachname', 'E-Mail'],
        mapping: { Vorname: 'firstName', Nachname: 'lastName', 'E-Mail': 'primaryEmail' },
        sample: [['Jörg', 'Müller', 'joerg@example.org']],
      },
    });
    expect(book.imports.get(staged.id, 0, 1).status).toBe('staged');
  });

  it.each([
    ['contacts.vcf', 'BEGIN:VCARD\nFN:A\nEND:VCARD\n', 'vcf'],
    ['cards.txt', '\n\nbegin:vcard\nFN:A\nEND:VCARD\n', 'vcf'],
    ['export', '{"contacts":[]}', 'json'],
    ['list.txt', 'Name;Mail\nAnn;a@example.org\n', 'csv'],
    ['one-column.csv', 'Name\nAnn\n', 'csv'],
    ['one-column.txt', 'Name\nAnn\n', 'csv'],
    ['list.txt', '[{"name":"Ann"}]', 'json'],
    ['cards.csv', 'BEGIN:VCARD\nFN:A\nEND:VCARD\n', 'vcf'],
  ])('is known as what it is: %s', async (name, file, format) => {
    expect((await openBook().imports.stage(pieces(file), name, undefined)).format).toBe(format);
  });

  it('is refused when nothing tells its format, when it is empty, and beyond 64 MB; then nothing is left of it', async () => {
    const book = openBook();
    const refused = async (file: AsyncIterable<Uint8Array>) =>
      book.imports.stage(file, 'thing', undefined).then(() => 'taken', (error: { kind: string; message: string }) => `${error.kind}: ${error.message}`);
    expect(await refused(pieces('hello'))).toBe('invalid: format cannot be told from the file: it must be one of csv, vcf, json');
    expect(await refused(pieces(''))).toBe('invalid: file is empty');
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1024 * 1024, 'a');
    }
    expect(await refused(endless())).toBe('tooLarge: The file is larger than 64 MB');
    expect(filesOf(book.dataDir)).toEqual([]);
  });

  it('can be read by its person only, and is removed when its import has ended', async () => {
    const book = openBook();
    const { id } = await book.imports.stage(pieces(people), 'list.csv', undefined);
    const path = join(book.dataDir, 'imports', id);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await book.imports.run(id, { dryRun: true }, owner);
    await book.ended(id);
    expect(existsSync(path)).toBe(true);
    await book.imports.run(id, {}, owner);
    await book.ended(id);
    expect(filesOf(book.dataDir)).toEqual([`${id}.failed.csv`]);
    await expect(book.imports.run(id, {}, owner)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('does not lie around: leftovers of more than a day are removed at the start, failed rows after 30 days', async () => {
    const dir = profileFolder();
    const imports = join(dir, 'imports');
    mkdirSync(imports);
    for (const [name, days] of [['old', 2], ['old.plan', 2], ['new', 0], ['a.failed.csv', 2], ['b.failed.csv', 31]] as const) {
      writeFileSync(join(imports, name), 'x');
      const time = Date.now() / 1000 - days * 86_400;
      utimesSync(join(imports, name), time, time);
    }
    openBook(dir);
    expect(sorted(filesOf(dir))).toEqual(['a.failed.csv', 'new']);
  });
});

describe('a mapping', () => {
  it('that names an unknown field or column is refused at once, naming both', async () => {
    const book = openBook();
    const { id } = await book.imports.stage(pieces(people), 'list.csv', undefined);
    const refusal = book.imports.run(id, { mapping: { Mail: 'primaryEmail', 'E-mail': 'electronicMail' } }, owner);
    await expect(refusal).rejects.toMatchObject({
      kind: 'invalid',
      issues: [
        { field: 'mapping.Mail', message: 'mapping.Mail is no column of the file' },
        { field: 'mapping.E-mail', message: expect.stringContaining('mapping.E-mail must be one of: name, firstName') },
      ],
    });
    const vcf = await book.imports.stage(pieces('BEGIN:VCARD\nFN:A\nEND:VCARD\n'), 'a.vcf', undefined);
    await expect(book.imports.run(vcf.id, { mapping: {} }, owner)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('decides over the guess, and null leaves a column to the other properties', async () => {
    const book = openBook();
    await book.import('Name,Alias,City\nAnn,Annie,Berlin\n', { mapping: { Alias: 'name', City: null } });
    expect(book.contacts()).toMatchObject([{ name: 'Annie', contact: { city: null }, extra: { columns: { Name: 'Ann', City: 'Berlin' } } }]);
  });
});

describe('a program', () => {
  it('is answered at once, and asks for the report until the import has ended', async () => {
    const book = openBook();
    const started = await book.imports.start(pieces(people), 'csv', {}, token);
    expect(started).toMatchObject({ status: 'running', dryRun: false, counts: { create: 0 } });
    expect(await book.ended(started.id)).toMatchObject({ status: 'done', total: 1, processed: 1, counts: { create: 1 } });
    const { items } = book.journal.history(book.named('Ann').id, 1);
    expect(items[0]?.actor).toBe('import');
  });

  it('gets 404 for an import that does not exist', () => {
    const book = openBook();
    const id = '6f1c9b64-1111-4a1b-9d1e-0123456789ab';
    expect(() => book.imports.get(id, 0, 1)).toThrow(expect.objectContaining({ kind: 'notFound' }));
    expect(() => book.imports.failures(id)).toThrow(expect.objectContaining({ kind: 'notFound' }));
  });

  it.each([
    ['vcf', 'no card here', 'The file holds no vCard: there is no BEGIN:VCARD in it.'],
    ['json', '{"people": 1}', 'The file holds no contacts: it must be a list, or an object with "contacts" or "items".'],
    ['csv', '\n\n', 'The file has no header row: it holds no columns to read.'],
  ] as const)('learns why a whole %s file cannot be read', async (format, file, message) => {
    const book = openBook();
    const { id } = await book.imports.start(pieces(file), format, {}, token);
    expect(await book.ended(id)).toMatchObject({ status: 'failed', message });
  });

  it('is told of the progress, last of all of the end', async () => {
    const book = openBook();
    await book.import(people);
    const reports = book.announced.flatMap((event) => (event.type === 'import' ? [event.report.status] : []));
    expect(reports.at(-1)).toBe('done');
  });
});

describe('the rows that failed', () => {
  it('come back as they were in the file, with the reason in a last column, and can be imported when they are mended', async () => {
    const book = openBook();
    const report = await book.import('Name;Mail;Shoe\n"Lee; Ann";ann@;38\nBob;bob@example.org;39\nDan;"d""x@";\n');
    const failed = await textOf(book.imports.failures(report.id));
    expect(failed.split('\r\n')).toEqual([
      'Name,Mail,Shoe,Reason (import)',
      '"Lee; Ann",ann@,38,"Mail: ""ann@"" must be an email"',
      'Dan,"d""x@",,"Mail: ""d""x@"" must be an email"',
      '',
    ]);
    const mended = await book.import(failed.replace(',ann@,', ',ann@example.org,').replace('"d""x@"', 'dan@example.org'));
    expect(mended.counts).toMatchObject({ create: 2, error: 0 });
    expect(book.named('Lee; Ann').extra).toEqual({ columns: { Shoe: '38' } });
  });

  it('of cards and JSON come back whole with their name', async () => {
    const book = openBook();
    const cards = await book.import('BEGIN:VCARD\nVERSION:3.0\nTITLE:Nobody\nEND:VCARD\n', { name: 'a.vcf' });
    expect(await textOf(book.imports.failures(cards.id))).toBe(
      'name,card,Reason (import)\r\n,"BEGIN:VCARD\r\nVERSION:3.0\r\nTITLE:Nobody\r\nEND:VCARD\r\n",The card has no name.\r\n',
    );
    const json = await book.import('[{"name":"Ann","budget":"x"}, 7]', { name: 'a.json' });
    const lines = (await textOf(book.imports.failures(json.id))).split('\r\n');
    expect(lines[1]).toContain('Ann,"{""name"":""Ann"",""budget"":""x""}"');
    expect(lines[2]).toBe(',,The list item is not an object.');
  });
});
