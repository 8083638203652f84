import { describe, expect, it } from 'vitest';
import { displayProperties } from '../../../shared/vcard/card-display.ts';
import { contactFromCard } from '../../../shared/vcard/contact-from-card.ts';
import { companyOf } from '../../../shared/vcard/occupation.ts';
import type { Extra } from '../../../shared/vcard/stored-card.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

function extraOf(name: string): Extra {
  const [card] = readCards(fixture(name, name === 'outlook.vcf' ? 'windows-1252' : 'utf-8')).cards;
  const result = card && contactFromCard(card);
  return result?.ok ? result.extra : null;
}

const shown = (extra: Extra) => displayProperties(extra).map(({ label, value }) => `${label}: ${value}`);

describe('what a contact carries beside its columns', () => {
  it('is shown with the labels people gave it (iPhone)', () => {
    expect(shown(extraOf('apple.vcf'))).toEqual([
      'Middle name: Maria', 'Name prefix: Dr.', 'Organisation: Nordljus Energi AB, Grid Planning',
      'Job title: Head of Planning',
      'E-mail (home): asa.private@example.org', 'Phone (Reception, ground floor): +46 8 555 01 04', 'Birthday: --03-22',
      'Related (Spouse): Erik Lindqvist', 'Social profile (linkedin): http://www.linkedin.com/in/asa',
    ]);
  });

  it('is shown without what programs write for themselves (Outlook, Android)', () => {
    expect(shown(extraOf('outlook.vcf'))).toEqual([
      'Organisation: Müller, Söhne & Co., Einkauf', 'Job title: Leiter', 'Phone (work): (089) 555-0130',
      'Address label (work): Hauptstraße 5\n80331 München', 'Imaddress: joerg@im.example', 'Birthday: 1980-03-22',
    ]);
    expect(shown(extraOf('android.vcf'))).toContain('Nickname: Taro');
  });

  it('is shown for 4.0', () => {
    expect(shown(extraOf('vcard4.vcf'))).toEqual([
      'Name prefix: mgr', 'Kind: individual', 'E-mail: z.wisniewska@example.pl', 'Birthday: --03-22',
      'Anniversary: 2009-08-08',
      'Related (spouse): Jan Wiśniewski', 'Member: urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af',
      'Messenger: xmpp:zofia@chat.example',
      'Language: pl', 'Time zone: Europe/Warsaw', 'Organisation: Firma Sp. z o.o., Dział 2',
    ]);
  });

  it('includes a value the book refused, the post box, and the size of what is embedded', () => {
    const card = readCard(
      'BEGIN:VCARD\nFN:x\nEMAIL:foo@\nADR:Box 7;;Street;;;;\nKEY;ENCODING=b:QUFBQUFBQUE=\nX-FOO-BAR;TYPE=HOME:1\n' +
        'NOTE:\nEND:VCARD',
    );
    const result = contactFromCard(card);
    expect(shown(result.ok ? result.extra : null)).toEqual([
      'E-mail: foo@', 'PO box: Box 7', 'Key: 1 kB embedded', 'Foo bar (home): 1',
    ]);
  });

  it('includes the columns of a CSV', () => {
    expect(shown({ columns: { 'Job Title': 'Cook', Empty: ' ', Wrong: 1 } })).toEqual(['Job Title: Cook']);
  });

  it('is nothing when there is nothing', () => {
    const damaged = { vcard: { version: '3.0', properties: 'x' } };
    for (const extra of [null, undefined, {}, { vcard: null }, damaged, { columns: null }]) {
      expect(displayProperties(extra)).toEqual([]);
      expect(companyOf(extra)).toBeUndefined();
    }
  });
});

describe('the company of a contact', () => {
  it('is the first part of ORG, else a column that names it', () => {
    expect(companyOf(extraOf('apple.vcf'))).toBe('Nordljus Energi AB');
    const columns = ['Company', 'Organization Name', 'Organization 1 - Name', 'Organization', 'Associated Company'];
    for (const column of columns) {
      expect(companyOf({ columns: { Other: 'x', [column]: ' Acme ' } })).toBe('Acme');
    }
    expect(companyOf({ columns: { Other: 'x' } })).toBeUndefined();
  });
});
