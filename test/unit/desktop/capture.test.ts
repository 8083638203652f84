import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactOfCapture, looksLikeContact, readCapture } from '../../../shared/capture.ts';
import { capturedFields } from '../../../shared/capture-fields.ts';
import { newContact } from '../../../shared/contact.ts';

/** The fields that were filled. */
function filled(text: string, region = 'DE'): Record<string, string> {
  return Object.fromEntries(Object.entries(readCapture(text, region).fields).filter(([, value]) => value !== ''));
}

describe('a signature becomes the fields of a contact', () => {
  test('of a German office, with fax and mobile', () => {
    const text = [
      'Mit freundlichen Grüßen', '', 'Dr. Jörg Müller', 'Leiter Einkauf', '', 'Nordlicht Logistik GmbH & Co. KG', 'Hafenstraße 12',
      '20457 Hamburg', '', 'Tel.: +49 (0)40 123456-78', 'Fax: +49 40 123456-99', 'Mobil: 0171 2345678', 'j.mueller@nordlicht.example',
      'www.nordlicht.example',
    ].join('\n');
    expect(filled(text)).toEqual({
      name: 'Dr. Jörg Müller', company: 'Nordlicht Logistik GmbH & Co. KG', jobTitle: 'Leiter Einkauf',
      email: 'j.mueller@nordlicht.example', phone: '+49 40 123456-78', website: 'www.nordlicht.example',
      notes: 'Hafenstraße 12\n20457 Hamburg',
    });
    expect(readCapture(text, 'DE').rest).toEqual({
      contact: { fax: '+49 40 123456-99' }, extra: { columns: { Mobile: '0171 2345678' } },
    });
  });

  test('in one line with bars, from the United States', () => {
    expect(filled('Ann Lee | Head of Purchasing | Quay Seven LLC | (212) 736-5000 | ann.lee@quay7.example | https://quay7.example', 'US')).toEqual({
      name: 'Ann Lee', company: 'Quay Seven LLC', jobTitle: 'Head of Purchasing', email: 'ann.lee@quay7.example', phone: '(212) 736-5000',
      website: 'https://quay7.example',
    });
  });

  test('with name and job on one line, from Britain', () => {
    expect(filled('Kind regards,\nNiamh O’Brien, Sales Director\nHarbour Supplies Ltd\nT 020 7946 0958\nM 07700 900123\nE niamh@harbour.example', 'GB')).toEqual({
      name: 'Niamh O’Brien', company: 'Harbour Supplies Ltd', jobTitle: 'Sales Director', email: 'niamh@harbour.example',
      phone: '020 7946 0958',
    });
  });

  test('from France', () => {
    expect(filled('Bien cordialement,\n\nChloé Lefèvre\nResponsable des achats\nMaison Lumière SARL\nTél. : 01 42 68 53 00\nchloe.lefevre@lumiere.example', 'FR')).toEqual({
      name: 'Chloé Lefèvre', company: 'Maison Lumière SARL', jobTitle: 'Responsable des achats', email: 'chloe.lefevre@lumiere.example',
      phone: '01 42 68 53 00',
    });
  });

  test('from Spain, with an accented label and a legal notice kept as a note', () => {
    expect(filled('Saludos cordiales\nJosé María de la Fuente\nGerente\nAceites del Sur S.L.\nMóvil: 612 34 56 78\njose@aceites.example\nAntes de imprimir este correo piense en el medio ambiente', 'ES')).toEqual({
      name: 'José María de la Fuente', company: 'Aceites del Sur S.L.', jobTitle: 'Gerente', email: 'jose@aceites.example',
      phone: '612 34 56 78', notes: 'Antes de imprimir este correo piense en el medio ambiente',
    });
  });

  test('from Sweden, Poland and Japan', () => {
    expect(filled('Med vänliga hälsningar\nZoë Ångström\nNordlicht AB\n070-123 45 67\nzoe@nordlicht.example', 'SE')).toEqual({
      name: 'Zoë Ångström', company: 'Nordlicht AB', email: 'zoe@nordlicht.example', phone: '070-123 45 67',
    });
    expect(filled('Zofia Łukasiewicz\nKierownik projektu\nBursztyn Sp. z o.o.\ntel. 58 301 23 45\nzofia@bursztyn.example', 'PL')).toEqual({
      name: 'Zofia Łukasiewicz', company: 'Bursztyn Sp. z o.o.', jobTitle: 'Kierownik projektu', email: 'zofia@bursztyn.example',
      phone: '58 301 23 45',
    });
    expect(filled('株式会社さくら商事\n営業部長\n山田 太郎\n電話: 03-1234-5678\nyamada@sakura.example', 'JP')).toEqual({
      name: '山田 太郎', company: '株式会社さくら商事', jobTitle: '営業部長', email: 'yamada@sakura.example', phone: '03-1234-5678',
    });
  });

  test('with a label before each value', () => {
    expect(filled('Name: Maria da Silva\nCompany: Mar Azul\nEmail: maria@marazul.example\nPhone: +351 21 123 4567\nWebsite: marazul.example', 'PT')).toEqual({
      name: 'Maria da Silva', company: 'Mar Azul', email: 'maria@marazul.example', phone: '+351 21 123 4567', website: 'marazul.example',
    });
  });
});

describe('less than a signature is enough', () => {
  test('a phone alone, in any format', () => {
    expect(filled('+49 171 2345678')).toEqual({ phone: '+49 171 2345678' });
    expect(filled('(0171) 234 56-78')).toEqual({ phone: '(0171) 234 56-78' });
    expect(filled('tel. 4711')).not.toHaveProperty('phone');
  });

  test('an address alone gives the name it was made of', () => {
    expect(filled('Ann Lee <ann.lee@quay7.example>')).toEqual({ name: 'Ann Lee', email: 'ann.lee@quay7.example' });
    expect(filled('ann.lee@quay7.example')).toEqual({ name: 'Ann Lee', email: 'ann.lee@quay7.example' });
    expect(filled('info@quay7.example')).toEqual({ email: 'info@quay7.example' });
  });

  test('text without a way to reach somebody is not offered as a contact', () => {
    expect(looksLikeContact('correct horse battery staple', 'DE')).toBe(false);
    expect(looksLikeContact('hunter2!', 'DE')).toBe(false);
    expect(looksLikeContact('Ann Lee, 0171 2345678', 'DE')).toBe(true);
  });
});

test('a vCard keeps everything it says, also what the form does not show', () => {
  const card = [
    'BEGIN:VCARD', 'VERSION:3.0', 'FN:Ann Lee', 'N:Lee;Ann;;;', 'ORG:Quay 7', 'TEL;TYPE=CELL:+351 912 345 678', 'EMAIL:ann@quay7.example',
    'ADR:;;12 Harbour Street;Lisbon;;1100-148;Portugal', 'BDAY:1980-02-01', 'END:VCARD', '',
  ].join('\r\n');
  const captured = readCapture(`Here is the card:\n${card}`, 'PT');
  expect(captured.fields).toMatchObject({ name: 'Ann Lee', company: 'Quay 7', email: 'ann@quay7.example', phone: '+351 912 345 678' });
  const contact = newContact.parse(contactOfCapture(captured));
  expect(contact.contact).toMatchObject({ address: '12 Harbour Street', city: 'Lisbon', postcode: '1100-148', firstName: 'Ann', lastName: 'Lee' });
  expect(JSON.stringify(contact.extra)).toContain('1980-02-01');
  // The company is in the card already.
  expect(contact.extra).not.toHaveProperty('columns');
});

test('company, job and further numbers are kept with the contact', () => {
  const captured = readCapture('Ann Lee\nHead of Purchasing\nQuay Seven Ltd\n+44 20 7946 0958\nMobile +44 7700 900123', 'GB');
  expect(contactOfCapture(captured).extra).toEqual({
    columns: { Mobile: '+44 7700 900123', Company: 'Quay Seven Ltd', 'Job title': 'Head of Purchasing' },
  });
});

test('no text makes the reading fail, and none of its words disappears', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('Tel: ', 'a@b.example', '+49 171 2345678', 'GmbH', 'BEGIN:VCARD', 'VERSION:3.0', 'FN:x', 'END:VCARD', '|', 'Fax', '::', 'www.'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('DE', 'US', 'JP', 'ZZ', ''), (lines, region) => {
      const captured = readCapture(lines.join('\n'), region);
      for (const field of capturedFields) expect(typeof captured.fields[field]).toBe('string');
      contactOfCapture(captured);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 1, maxLength: 5 }), (words) => {
      const text = words.map((word) => `zq${word}`).join('\n');
      const kept = Object.values(readCapture(`${text}\nann@quay7.example`, 'DE').fields).join('\n');
      for (const word of words) expect(kept).toContain(`zq${word}`);
    }),
  );
});
