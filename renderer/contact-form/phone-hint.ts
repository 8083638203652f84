import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * How a typed phone number reads internationally, or null where it cannot be read as one or is written so already.
 * Region: the ISO 3166 code of the country whose numbers are typed without a country code.
 */
export function internationalPhone(text: string, region: string): string | null {
  const number = parsePhoneNumberFromString(text, isSupportedCountry(region) ? region : undefined);
  if (!number?.isPossible()) return null;
  const international = number.formatInternational();
  return international === text.trim() ? null : international;
}
