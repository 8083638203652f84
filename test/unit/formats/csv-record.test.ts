import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../../electron/formats/csv-presets.ts';
import { createRecordReader } from '../../../electron/formats/csv-record.ts';
import type { FieldName, ImportRecord } from '../../../electron/formats/import-record.ts';

/** A row given as column → [field, cell]. */
function read(row: Record<string, [FieldName | null, string]>, program: Program = 'unknown', region?: string): ImportRecord {
  const header = Object.keys(row);
  const mapping = Object.fromEntries(Object.entries(row).map(([column, [field]]) => [column, field]));
  const reading = region === undefined ? { program } : { program, region };
  return createRecordReader(header, mapping, reading)(Object.values(row).map(([, cell]) => cell));
}

describe('a row', () => {
  test.each([
    [{ Name: ['name', 'The Name'], First: ['firstName', 'Ann'] }, 'The Name'],
    [{ First: ['firstName', 'Ann'], Middle: ['middleName', 'B.'], Last: ['lastName', 'Lee'], Firm: ['company', 'Acme'] }, 'Ann B. Lee'],
    [{ Firm: ['company', 'Acme'], Mail: ['primaryEmail', 'a@b.example'] }, 'Acme'],
    [{ Mail: ['primaryEmail', 'a@b.example'], Tel: ['primaryPhone', '030 1'] }, 'a@b.example'],
    [{ Name: ['name', '  '], Tel: ['primaryPhone', '030 1'] }, '030 1'],
  ] as [Record<string, [FieldName, string]>, string][])('is called by the best it has: %j', (row, name) => {
    expect(read(row).values.name).toBe(name);
  });

  test('with nothing to call it by is an error', () => {
    expect(read({ Notes: ['notes', 'who?'] }).errors).toMatchObject([{ field: 'name' }]);
  });

  test('with a bad value names column, field and cell', () => {
    expect(read({ Name: ['name', 'Ann'], 'E-Mail': ['primaryEmail', 'foo@'] }).errors).toEqual([
      { column: 'E-Mail', field: 'primaryEmail', message: 'E-Mail: "foo@" must be an email' },
    ]);
    expect(read({ Name: ['name', 'Ann'], Geld: ['budget', 'viel'] }).errors).toMatchObject([
      { column: 'Geld', field: 'budget', message: 'Geld: "viel" is not a number' },
    ]);
    expect(read({ Name: ['name', 'Ann'], Web: ['website', 'javascript:alert(1)'] }).errors).toMatchObject([{ column: 'Web' }]);
    expect(read({ name: ['name', 'Ann'], contactType: ['contactType', 'BOSS'] }, 'fieldbook').errors).toMatchObject([
      { column: 'contactType', message: 'contactType: "BOSS" is not a type of contact' },
    ]);
  });

  test("keeps what another program's column means otherwise, with a warning instead of an error", () => {
    const record = read({ Name: ['name', 'Ann'], Typ: ['contactType', 'Nachbar'], Foto: ['imageUrl', `http://x/${'y'.repeat(500)}`] });
    expect(record.errors).toEqual([]);
    expect(record.warnings.map(({ column }) => column)).toEqual(['Typ', 'Foto']);
    expect(record.extra.columns).toMatchObject({ Typ: 'Nachbar' });
  });

  test('has its phone exactly as it was typed', () => {
    expect(read({ Tel: ['primaryPhone', '+33 (0)1-23.45 / x12'] }).values.primaryPhone).toBe('+33 (0)1-23.45 / x12');
  });

  test('with several e-mails takes the first and keeps the others', () => {
    const record = read({
      Mail: ['primaryEmail', ' Ann Lee <ann@lee.example> '], 'Mail 2': ['primaryEmail', 'a@x.example; b@x.example'],
    });
    expect(record.values.primaryEmail).toBe('ann@lee.example');
    expect(record.extra.columns).toEqual({ Mail: 'Ann Lee <ann@lee.example>', 'Mail 2': 'a@x.example; b@x.example' });
    const together = read({ Mail: ['primaryEmail', 'a@x.example; b@x.example'] });
    expect(together.values.primaryEmail).toBe('a@x.example');
    expect(together.extra.columns).toEqual({ Mail: 'b@x.example' });
  });

  test('keeps every filled cell that no field takes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' }), { maxKeys: 8 }), (cells) => {
        const kept = Object.entries(cells).filter(([column]) => column !== 'Name');
        const row = Object.fromEntries(kept.map(([column, cell]) => [column, [null, cell] as [null, string]]));
        const record = read({ Name: ['name', 'Ann'], ...row });
        const trimmed = kept.map(([column, cell]) => [column, cell.trim()] as const);
        const filled = trimmed.filter(([, cell]) => cell !== '' && !/^0+[/.-]/.test(cell));
        expect(record.extra.columns ?? {}).toMatchObject(Object.fromEntries(filled));
      }),
    );
  });

  test('of our own export is taken to the letter, apostrophes that protect a spreadsheet removed', () => {
    const record = read(
      {
        id: ['uid', '5c0f'], name: ['name', "'=Ann"], primaryPhone: ['primaryPhone', "'+49 30"],
        notes: ['notes', ' two\n'],
        budget: ['budget', '1.234'], tags: ['tags', 'a, b; c\\;d'], "'=x": [null, "'-1"], 'extra.notes': [null, 'n'],
        createdAt: ['createdAt', '2026-01-01T00:00:00.000Z'], extra: ['extra', '{"json":{"a":1}}'],
      },
      'fieldbook',
    );
    expect(record).toMatchObject({
      uid: '5c0f', values: { name: '=Ann', primaryPhone: '+49 30', notes: ' two\n', budget: 1.234 },
      tags: ['a, b', 'c;d'], errors: [],
    });
    expect(record.extra).toEqual({ json: { a: 1 }, columns: { '=x': '-1', notes: 'n' } });
  });

  test('cannot smuggle a prototype in', () => {
    const record = read({ name: ['name', 'Ann'], extra: ['extra', '{"a":{"__proto__":{"polluted":1}}}'] }, 'fieldbook');
    expect(record.errors).toMatchObject([{ column: 'extra' }]);
    const column = read({ Name: ['name', 'Ann'], ['__proto__']: [null, 'x'] });
    expect(Object.getPrototypeOf(column.extra.columns ?? {})).toBe(Object.prototype);
  });
});

describe('an address', () => {
  const row = (business: string, home: string): Record<string, [FieldName, string]> => ({
    Name: ['name', 'Ann'],
    'Business Street': ['address', business], 'Business Country': ['country', 'DE'],
    'Home Street': ['address', home], 'Home Country': ['country', 'FR'],
  });

  test('is taken whole from the first place that has a street or city', () => {
    expect(read(row('', 'Rue 1')).values).toMatchObject({ address: 'Rue 1', country: 'FR' });
    expect(read(row('', 'Rue 1')).extra.columns).toEqual({ 'Business Country': 'DE' });
    expect(read(row('Ring 1', 'Rue 1')).values).toMatchObject({ address: 'Ring 1', country: 'DE' });
    expect(read(row('', '')).values).toMatchObject({ country: 'DE' });
  });
});
