import { describe, expect, test } from 'vitest';
import { imageRefusal } from '../../../renderer/contact-form/image-file.ts';
import { internationalPhone } from '../../../renderer/contact-form/phone-hint.ts';

describe('how a phone number reads internationally', () => {
  test.each([
    ['030 901820', 'DE', '+49 30 901820'],
    ['(212) 555-0123', 'US', '+1 212 555 0123'],
    ['0049 30 901820', 'DE', '+49 30 901820'],
    ['+81312345678', 'DE', '+81 3 1234 5678'],
  ])('%s in %s is %s', (text, region, international) => {
    expect(internationalPhone(text, region)).toBe(international);
  });

  test.each([['call the office', 'DE'], ['12', 'DE'], ['+49 30 901820', 'US'], ['030 901820', 'ZZ'], ['0706889723', 'US']])(
    'nothing is said about %j in %s',
    (text, region) => {
      expect(internationalPhone(text, region)).toBeNull();
    },
  );

  test.each(['Sweden', 'se', ' SWEDEN '])('a number is first one of the contact’s own country: %s', (country) => {
    expect(internationalPhone('0706889723', 'US', country)).toBe('+46 70 688 97 23');
    expect(internationalPhone('(212) 555-0123', 'US', country)).toBe('+1 212 555 0123');
  });
});

describe('a picture', () => {
  test.each(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])('of type %s up to 5 MB is taken', (type) => {
    expect(imageRefusal({ type, size: 5 * 1024 * 1024 })).toBeNull();
  });

  test.each([['image/svg+xml', 10, /PNG/], ['application/pdf', 10, /PNG/], ['image/png', 0, /empty/], ['image/png', 5_242_881, /5 MB/]])(
    'of type %s and %d bytes is refused with the reason',
    (type, size, reason) => {
      expect(imageRefusal({ type, size })).toMatch(reason);
    },
  );
});
