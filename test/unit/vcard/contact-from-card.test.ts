import { describe, expect, it } from 'vitest';
import { type CardContact, contactFromCard } from '../../../shared/vcard/contact-from-card.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

function contact(lines: string): CardContact {
  return contactOf(readCard(`BEGIN:VCARD\n${lines}\nEND:VCARD`));
}

function contactOf(card: Parameters<typeof contactFromCard>[0] | undefined): CardContact {
  const result = contactFromCard(card ?? { version: '3.0', properties: [] });
  if (!result.ok) throw new Error(result.error);
  return result;
}

describe('a contact from a card', () => {
  it('of an iPhone has all its fields, its photo and its tags', () => {
    const read = contactOf(readCards(fixture('apple.vcf')).cards[0]);
    expect(read.values).toEqual({
      name: 'Dr. Åsa Maria Lindqvist', firstName: 'Åsa', lastName: 'Lindqvist', primaryEmail: 'asa@nordljus.example',
      primaryPhone: '+46 70 555 01 02', fax: '+46 8 555 01 03', address: 'Storgatan 12', address2: 'Floor 3',
      city: 'Umeå', regionCode: 'Västerbotten', postcode: '903 26', country: 'Sweden',
      website: 'https://nordljus.example/team',
      notes: 'Met at the fair; likes short calls.\nAsk for Åsa, not "sales".',
    });
    expect(read.tags).toEqual(['VIP', 'Energy, north']);
    expect(read.photo).toEqual({ mediaType: 'image/jpeg', base64: expect.stringMatching(/^\/9j\//) });
    expect(read.uid).toBe('5E2C1F0A-7A0B-4C11-9D0C-2F6B5E0A9C01');
    expect(read.warnings).toEqual([]);
  });

  it('of Google skips the empty address and the system label', () => {
    const read = contactOf(readCards(fixture('google.vcf')).cards[0]);
    expect(read.values).toMatchObject({
      name: 'Bäckerei Huber', primaryEmail: 'backstube@huber.example', primaryPhone: '+49 89 5550123',
      address: 'Marktplatz 3', city: 'München', website: 'http://huber.example',
    });
    expect(read.tags).toEqual(['Suppliers']);
  });

  it('of Outlook is decoded from quoted-printable, component by component', () => {
    const read = contactOf(readCards(fixture('outlook.vcf', 'windows-1252')).cards[0]);
    expect(read.values).toMatchObject({
      name: 'Jörg Müller', primaryPhone: '0171 5550132', fax: '(089) 555-0131', city: 'München', country: 'Deutschland',
      address: 'Hauptstraße 5; Hof\nRückgebäude', address2: '2. Stock', website: 'http://www.mueller.example',
    });
    expect(read.photo?.mediaType).toBe('image/jpeg');
  });

  it('of Android, and of 4.0 with the fields of its own programs', () => {
    expect(contactOf(readCards(fixture('android.vcf')).cards[0]).values).toMatchObject({
      name: '太郎 山田', firstName: '太郎', lastName: '山田', primaryEmail: 'taro@example.jp', primaryPhone: '090-5550-0140',
    });
    expect(contactOf(readCards(fixture('vcard4.vcf')).cards[0])).toMatchObject({
      uid: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      values: {
        primaryEmail: 'zofia@firma.example', primaryPhone: '+48-22-555-0150 ext. 12', fax: '+48 22 555 01 51',
        latitude: 52.2297, longitude: 21.0122, contactType: 'LEAD', budget: 1250.5,
        imageUrl: 'https://img.example/zofia.png',
      },
    });
  });

  it.each([
    ['N:Doe;Jane;Q.;Dr.;PhD\nORG:Acme', 'Dr. Jane Q. Doe PhD'],
    ['FN:\nN:;;;;\nORG:Acme;Sales', 'Acme'],
    ['NICKNAME:Jay,Jane', 'Jay'],
    ['EMAIL:broken@\nTEL:1', 'broken@'],
    ['TEL:tel:+1', 'tel:+1'.slice(4)],
  ])('without FN is named by what there is: %s', (lines, name) => {
    expect(contact(lines).values.name).toBe(name);
  });

  it('without anything to name it is refused', () => {
    const nobody = readCard('BEGIN:VCARD\nNOTE:nobody\nFN: \nEND:VCARD');
    expect(contactFromCard(nobody)).toEqual({ ok: false, error: 'card has no name' });
  });

  it.each([
    ['EMAIL:a@b.co\nEMAIL;PREF=2:c@d.co\nEMAIL;PREF=1:e@f.co', 'e@f.co'],
    ['EMAIL:a@b.co\nEMAIL;INTERNET;PREF:c@d.co', 'c@d.co'],
    ['EMAIL:mailto:a@b.co', 'a@b.co'],
    ['EMAIL:Ann <a@b.co>', 'a@b.co'],
  ])('takes the preferred address: %s', (lines, primaryEmail) => {
    expect(contact(`FN:x\n${lines}`).values.primaryEmail).toBe(primaryEmail);
  });

  it('takes no fax for a telephone, and a pager only when there is nothing else', () => {
    expect(contact('FN:x\nTEL;TYPE=WORK,FAX:1').values).toEqual({ name: 'x', fax: '1' });
    expect(contact('FN:x\nTEL;TYPE=PAGER:1\nTEL;TYPE=HOME:2').values.primaryPhone).toBe('2');
    expect(contact('FN:x\nTEL;TYPE=PAGER:1').values.primaryPhone).toBe('1');
    expect(contact('FN:x\nTEL;TYPE=FAX,VOICE:1').values).toEqual({ name: 'x', primaryPhone: '1' });
  });

  it('prefers the preferred address, then that of work', () => {
    const city = (lines: string) => contact(`FN:x\n${lines}`).values.city;
    expect(city('ADR:;;;Home;;;\nADR;TYPE=WORK:;;;Work;;;')).toBe('Work');
    expect(city('ADR;TYPE=home,pref:;;;Home;;;\nADR;TYPE=WORK:;;;Work;;;')).toBe('Home');
    expect(city('ADR:;;;First;;;\nADR:;;;Second;;;')).toBe('First');
  });

  it('keeps a value the book refuses, and says so', () => {
    const read = contact(
      'FN:x\nEMAIL;TYPE=pref:foo@\nEMAIL:good@example.org\nURL:javascript:alert(1)\nGEO:north\nX-FIELDBOOK-BUDGET:lots',
    );
    expect(read.values).toEqual({ name: 'x', primaryEmail: 'good@example.org' });
    expect(read.warnings).toEqual([
      "EMAIL 'foo@' was kept aside: it must be an email",
      "URL 'javascript:alert(1)' was kept aside: it must be a web address",
      "GEO 'north' was kept aside: it is no latitude and longitude",
      "X-FIELDBOOK-BUDGET 'lots' was kept aside: it must be a number",
    ]);
    expect(read.extra.vcard.properties).toHaveLength(6);
  });

  it.each([
    ['GEO:52.5;13.25', 52.5, 13.25],
    ['GEO:geo:52.5,13.25;u=10', 52.5, 13.25],
    ['GEO:151.2,-33.8', -33.8, 151.2],
    ['GEO:52.5\\;13.25', 52.5, 13.25],
  ])('reads the place of %s', (line, latitude, longitude) => {
    expect(contact(`FN:x\n${line}`).values).toEqual({ name: 'x', latitude, longitude });
  });

  it('drops NUL and broken characters, so that the text can be stored', () => {
    expect(contact('FN:a\0b\ud800').values.name).toBe('ab\ufffd');
  });
});

describe('the photo of a card', () => {
  const photo = (lines: string) => contact(`FN:x\n${lines}`);

  it('is handed out once: the card keeps its property without the bytes', () => {
    const read = contactOf(readCards(fixture('apple.vcf')).cards[0]);
    const kept = read.extra.vcard.properties.find(({ name }) => name === 'PHOTO');
    expect(kept).toEqual({
      name: 'PHOTO',
      params: [['ENCODING', ['b']], ['TYPE', ['JPEG']], ['X-FIELDBOOK-PHOTO', ['image/jpeg']]],
      value: '',
    });
  });

  it('is known by its bytes, then by what the card says', () => {
    expect(photo('PHOTO;BASE64:iVBORw0KGgoAAAANSUhEUg==').photo?.mediaType).toBe('image/png');
    expect(photo('PHOTO;ENCODING=b;TYPE=JPEG:AAAA').photo?.mediaType).toBe('image/jpeg');
    expect(photo('PHOTO:data:image/jpg;base64,AAAA').photo?.mediaType).toBe('image/jpeg');
    expect(photo('PHOTO;ENCODING=b:data:image/gif;base64,AAAA').photo?.mediaType).toBe('image/gif');
  });

  it('that is no image is kept aside', () => {
    const read = photo('PHOTO;ENCODING=b:AAAA');
    expect(read.photo).toBeUndefined();
    expect(read.warnings).toEqual(['PHOTO was kept aside: it is no image of a known kind']);
    expect(read.extra.vcard.properties[1]?.value).toBe('AAAA');
    expect(photo('PHOTO:data:image/svg+xml;base64,AAAA').photo).toBeUndefined();
  });

  it('beyond 5 MB is left out with a warning, and the card is taken', () => {
    const read = photo(`item1.PHOTO;ENCODING=b;TYPE=JPEG:/9j/${'A'.repeat(7_000_000)}\nitem1.X-ABLabel:big\nNOTE:n`);
    expect(read.photo).toBeUndefined();
    expect(read.warnings).toEqual(['PHOTO was left out: it is larger than 5 MB']);
    expect(read.extra.vcard.properties.map(({ name }) => name)).toEqual(['FN', 'NOTE']);
  });

  it('on the web is an address, unless it is too long for one', () => {
    expect(photo('PHOTO;VALUE=uri:http\\://e.org/a.png').values.imageUrl).toBe('http://e.org/a.png');
    expect(photo(`PHOTO:https://e.org/${'a'.repeat(500)}`).values.imageUrl).toBeUndefined();
  });
});
