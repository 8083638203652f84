import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { fold } from '../../shared/text.ts';

/**
 * How a typed phone number reads internationally, or null where it is no valid number or is written so already.
 * A number without a country code is one of the contact's own country, or else of the region: the ISO 3166 code of the
 * country whose numbers are typed so.
 */
export function internationalPhone(text: string, region: string, country = ''): string | null {
  const places = [countryCode(country), isSupportedCountry(region) ? region : undefined];
  const number = places.map((place) => parsePhoneNumberFromString(text, place)).find((read) => read?.isValid());
  const international = number?.formatInternational();
  return international === undefined || international === text.trim() ? null : international;
}

/** The country of an address, written as its code or by its name in English or the person's language. */
function countryCode(country: string): CountryCode | undefined {
  const wanted = fold(country.trim());
  if (wanted === '') return undefined;
  const names = [undefined, 'en'].map((locale) => new Intl.DisplayNames(locale, { type: 'region' }));
  return getCountries().find((code) =>
    code.toLowerCase() === wanted || names.some((each) => fold(each.of(code) ?? '') === wanted));
}
