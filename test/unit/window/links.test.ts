import { describe, expect, test } from 'vitest';
import { addressLines, mailLink, mapLink, phoneLink, websiteLink } from '../../../renderer/detail/links.ts';

describe('a contact can be followed out of the window', () => {
  test.each([
    ['+49 (0)221 45 67-0', 'tel:+4922145670'],
    ['(0221) 45 67-0', 'tel:022145670'],
    ['040 1234567', 'tel:0401234567'],
    ['+1 555 0100 ext. 12', 'tel:+15550100,12'],
    ['٠٤٠ ١٢٣', 'tel:040123'],
    ['ask the porter', null],
  ])('by phone: %s', (phone, link) => {
    expect(phoneLink(phone)).toBe(link);
  });

  test('by mail, without a way to slip in recipients or headers', () => {
    expect(mailLink('ann@lee.example')).toBe('mailto:ann@lee.example');
    expect(mailLink('ann@lee.example?bcc=eve@evil.example')).toBe('mailto:ann@lee.example%3Fbcc%3Deve@evil.example');
  });

  test('to a website, also one typed without its scheme', () => {
    expect(websiteLink('lee.example')).toBe('https://lee.example');
    expect(websiteLink('http://lee.example')).toBe('http://lee.example');
  });

  test('to a map, by coordinates or by the address', () => {
    expect(mapLink({ latitude: 38.7, longitude: -9.1 })).toBe('https://www.openstreetmap.org/?mlat=38.7&mlon=-9.1#map=16/38.7/-9.1');
    expect(mapLink({ city: 'Đà Nẵng', country: 'Vietnam' })).toContain(encodeURIComponent('Đà Nẵng, Vietnam'));
    expect(mapLink({ city: null })).toBeNull();
  });

  test('an address leaves no gaps for what is missing', () => {
    expect(addressLines({ address: '12 Harbour Street', city: 'Lisbon', postcode: null, country: 'Portugal' }))
      .toEqual(['12 Harbour Street', 'Lisbon', 'Portugal']);
  });

  test('a country that is kept as its code is shown by its name', () => {
    const name = new Intl.DisplayNames(undefined, { type: 'region' }).of('SE');
    expect(addressLines({ city: 'Örebro', country: 'SE' })).toEqual(['Örebro', name]);
    expect(addressLines({ country: 'Se' })).toEqual(['Se']);
  });
});
