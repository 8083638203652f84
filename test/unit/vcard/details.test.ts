import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayProperties } from '../../../shared/vcard/card-display.ts';
import { cardFromContact } from '../../../shared/vcard/card-from-contact.ts';
import { contactFromCard } from '../../../shared/vcard/contact-from-card.ts';
import { type Detail, editsOf, type ExtraEdits, withEdits } from '../../../shared/vcard/details.ts';
import { type Extra, storedCard } from '../../../shared/vcard/stored-card.ts';
import { writeCard } from '../../../shared/vcard/writer.ts';
import { anyProperty } from './arbitraries.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

const own = { primaryEmail: 'ann@lee.example', primaryPhone: '+351 21 123 4567', website: 'https://lee.example' };

function extraOf(name: string): Extra {
  const [card] = readCards(fixture(name, name === 'outlook.vcf' ? 'windows-1252' : 'utf-8')).cards;
  const result = card && contactFromCard(card);
  return result?.ok ? result.extra : null;
}

function extraOfText(...lines: string[]): Extra {
  const result = contactFromCard(readCard(['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')));
  return result.ok ? result.extra : null;
}

/** The lines of the stored card, each as a file would have it. */
function linesOf(extra: Extra, version: '3.0' | '4.0' = '3.0'): string[] {
  return writeCard(storedCard(extra)?.properties ?? [], version).replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
}

function edited(extra: Extra, change: (edits: ExtraEdits) => Partial<ExtraEdits>, reach = own): Extra {
  const edits = editsOf(extra);
  return withEdits(extra, { ...edits, ...change(edits) }, reach);
}

const typed = (details: readonly Detail[], label: string, value: string): Detail[] =>
  details.map((detail) => (detail.label === label ? { ...detail, value } : detail));
const fresh = (kind: Detail['kind'], value: string, label = ''): Detail => ({ key: 'new:1', kind, label, value, isFixed: false });

/** What differs between the files of two cards. */
function difference(before: Extra, after: Extra, version: '3.0' | '4.0' = '3.0') {
  const [old, now] = [linesOf(before, version), linesOf(after, version)];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

describe('company and job title', () => {
  it('of a card are ORG and TITLE, whose departments, groups and parameters stay when a person edits them', () => {
    const extra = extraOfText(
      'VERSION:3.0', 'FN:Ann Lee', 'item1.ORG;LANGUAGE=de;X-KEEP="a;b":Müller\\, Söhne;Einkauf;Nord', 'item1.X-ABLabel:Firma',
      'item2.TITLE;LANGUAGE=en:Head\\, of all', 'NOTE:stays',
    );
    expect(editsOf(extra)).toEqual({ company: 'Müller, Söhne', jobTitle: 'Head, of all', details: [] });
    const after = edited(extra, () => ({ company: 'Quay; Seven', jobTitle: 'Director, retired' }));
    expect(difference(extra, after)).toEqual({
      gone: ['item1.ORG;LANGUAGE=de;X-KEEP="a;b":Müller\\, Söhne;Einkauf;Nord', 'item2.TITLE;LANGUAGE=en:Head\\, of all'],
      come: ['item1.ORG;LANGUAGE=de;X-KEEP="a;b":Quay\\; Seven;Einkauf;Nord', 'item2.TITLE;LANGUAGE=en:Director\\, retired'],
    });
    expect(editsOf(after)).toMatchObject({ company: 'Quay; Seven', jobTitle: 'Director, retired' });
  });

  it('of a 2.1 card in quoted-printable are read and edited as what they mean', () => {
    const extra = extraOfText(
      'VERSION:2.1', 'N:Lee;Ann', 'ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;K=C3=B6ln',
      'TITLE;QUOTED-PRINTABLE;CHARSET=UTF-8:Gesch=C3=A4ftsf=C3=BChrer',
    );
    const after = edited(extra, () => ({ company: 'Meyer', jobTitle: 'Köchin' }));
    expect(linesOf(after)).toEqual(expect.arrayContaining(['ORG:Meyer;Köln', 'TITLE:Köchin']));
  });

  it('of a CSV are edited in the column they came in, and cleared in every column that says the same', () => {
    const columns = { Birthday: '1 May', 'Organization Name': 'Quay 7', Company: 'Quay 7', 'Job Title': 'Cook' };
    const after = edited({ columns }, () => ({ company: 'Pier 9', jobTitle: '' }));
    expect(after).toEqual({ columns: { Birthday: '1 May', 'Organization Name': 'Quay 7', Company: 'Pier 9' } });
    expect(edited({ columns }, () => ({ company: '' }))).toEqual({ columns: { Birthday: '1 May', 'Job Title': 'Cook' } });
  });

  it('of a contact that had neither are kept, and leave in a vCard as every program reads them', () => {
    const extra = edited(null, () => ({ company: 'Quay 7', jobTitle: 'Cook' }));
    const card = cardFromContact(
      { id: 'c1', name: 'Ann', updatedAt: '2026-01-02T03:04:05.000Z', tags: [], ...(extra ? { extra } : {}) }, { version: '4.0' },
    );
    expect(writeCard(card, '4.0')).toMatch(/ORG:Quay 7\r\nTITLE:Cook\r\n/);
    expect(edited(extra, () => ({ company: '', jobTitle: '' }))).toBeNull();
  });

  it('are removed with their label, but an ORG that still names a department stays', () => {
    const extra = extraOfText('VERSION:3.0', 'FN:A', 'item1.ORG:Quay 7', 'item1.X-ABLabel:Firma', 'item2.TITLE:Cook', 'item2.X-ABLabel:x');
    expect(difference(extra, edited(extra, () => ({ company: '', jobTitle: '' }))).gone).toHaveLength(4);
    const departments = extraOfText('VERSION:3.0', 'FN:A', 'ORG:Quay 7;Research');
    expect(linesOf(edited(departments, () => ({ company: '' })))).toContain('ORG:;Research');
  });
});

describe('further details', () => {
  it('are the lines of a card that no field holds, and a changed one changes only its own value', () => {
    const extra = extraOf('apple.vcf');
    const after = edited(extra, ({ details }) => ({
      details: typed(typed(details, 'Phone (Reception, ground floor)', '+46 8 1'), 'E-mail (home)', 'asa@home.example'),
    }));
    expect(difference(extra, after)).toEqual({
      gone: ['EMAIL;type=INTERNET;type=HOME:asa.private@example.org', 'item2.TEL:+46 8 555 01 04'],
      come: ['EMAIL;type=INTERNET;type=HOME:asa@home.example', 'item2.TEL:+46 8 1'],
    });
  });

  it('take a date in the form of the card, and anything else as text', () => {
    const birthday = (version: '3.0' | '4.0', value: string) => {
      const extra = extraOfText(`VERSION:${version}`, 'FN:A', version === '3.0' ? 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22' : 'BDAY:19800322');
      const after = edited(extra, ({ details }) => ({ details: details.map((detail) => ({ ...detail, value })) }));
      return linesOf(after, version).find((line) => line.startsWith('BDAY'));
    };
    expect(birthday('3.0', '1980-03-23')).toBe('BDAY:1980-03-23');
    expect(birthday('4.0', '1980-03-23')).toBe('BDAY:19800323');
    expect(birthday('4.0', '--03-23')).toBe('BDAY:--0323');
    expect(birthday('4.0', 'in spring')).toBe('BDAY;VALUE=text:in spring');
  });

  it('are removed with the label of their group, which stays while another of the group does', () => {
    const extra = extraOf('apple.vcf');
    const after = edited(extra, ({ details }) => ({ details: details.filter(({ label }) => !label.startsWith('Phone')) }));
    expect(difference(extra, after)).toEqual({ gone: ['item2.TEL:+46 8 555 01 04', 'item2.X-ABLabel:Reception\\, ground floor'], come: [] });
  });

  it('can be new: after the contact’s own, which the first of a card stands for', () => {
    const extra = edited(null, ({ details }) => ({ details: [...details, fresh('mail', 'ann@home.example', 'home')] }));
    expect(linesOf(extra, '4.0').slice(2, -1)).toEqual(['EMAIL:ann@lee.example', 'EMAIL;TYPE=home:ann@home.example']);
    expect(displayProperties(extra)).toMatchObject([{ label: 'E-mail (home)', value: 'ann@home.example', kind: 'mail' }]);
    const apple = extraOf('apple.vcf');
    const labelled = edited(apple, ({ details }) => ({ details: [...details, fresh('tel', '123', 'Boat, aft')] }));
    expect(difference(apple, labelled).come).toEqual(['item6.TEL:123', 'item6.X-ABLabel:Boat\\, aft']);
  });

  it('are shown and kept where the contact has no e-mail, phone or fax of its own', () => {
    const none = { primaryEmail: null, primaryPhone: null, website: null };
    const extra = withEdits(null, {
      company: '', jobTitle: '',
      details: [fresh('mail', 'a@b.example'), { ...fresh('tel', '123', 'fax'), key: 'new:2' }, { ...fresh('mail', 'c@d.example'), key: 'new:3' }],
    }, none);
    expect(displayProperties(extra).map(({ value, kind }) => `${kind} ${value}`)).toEqual(['mail a@b.example', 'tel 123', 'mail c@d.example']);
  });

  it('put right what the book had refused, without taking the place of the contact’s own', () => {
    const extra = extraOfText('VERSION:3.0', 'FN:A', 'EMAIL:foo@');
    const after = edited(extra, ({ details }) => ({ details: typed(details, 'E-mail', 'foo@bar.example') }));
    expect(displayProperties(after)).toMatchObject([{ label: 'E-mail', value: 'foo@bar.example', kind: 'mail' }]);
  });

  it('of a CSV and of JSON are edited and removed by their name; a number stays one', () => {
    const extra = { uid: 'x', columns: { Birthday: '1 May', Pet: 'Cat' }, json: { shoeSize: 43, deep: { a: [1, 'b'] } }, members: ['Jo'] };
    expect(editsOf(extra).details.map(({ label, value, isFixed }) => [label, value, isFixed])).toEqual([
      ['Birthday', '1 May', false], ['Pet', 'Cat', false], ['Shoe size', '43', false], ['Deep', 'a: 1, b', true], ['Members', 'Jo', true],
    ]);
    const after = edited(extra, ({ details }) => ({ details: typed(typed(details, 'Shoe size', '44'), 'Pet', 'Dog').filter(({ label }) => label !== 'Birthday') }));
    expect(after).toEqual({ ...extra, columns: { Pet: 'Dog' }, json: { shoeSize: 44, deep: { a: [1, 'b'] } } });
  });

  it('that nobody touched leave everything exactly as it was stored', () => {
    for (const name of ['apple.vcf', 'android.vcf', 'google.vcf', 'outlook.vcf', 'vcard4.vcf']) {
      const extra = extraOf(name);
      expect(withEdits(extra, editsOf(extra), own)).toEqual(extra);
    }
    fc.assert(fc.property(fc.array(anyProperty, { maxLength: 8 }), (properties) => {
      const extra = { vcard: { version: '4.0', properties }, columns: { A: 'b' } };
      expect(withEdits(extra, editsOf(extra), own)).toEqual(extra);
    }));
  });

  it('read back as they were typed, whatever else the card holds, and nothing else of it changes', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.trim()).filter((text) => /[a-z]/i.test(text) && !/[\0\r\n]/.test(text) && !/^(mailto|tel|data):/i.test(text));
    fc.assert(fc.property(fc.array(anyProperty, { maxLength: 8 }), value, fc.nat(), (properties, text, choice) => {
      const extra = { vcard: { version: '4.0' as const, properties } };
      const before = editsOf(extra).details;
      const target = before[choice % Math.max(before.length, 1)];
      if (target === undefined || target.isFixed) return;
      const after = withEdits(extra, { ...editsOf(extra), details: before.map((each) => (each === target ? { ...each, value: text } : each)) }, own);
      expect(editsOf(after).details.map((each) => each.value)).toContain(text);
      const now = storedCard(after)?.properties ?? [];
      expect(properties.filter((property) => !now.some((other) => other.name === property.name && other.value === property.value)).length).toBeLessThan(2);
    }));
  });
});
