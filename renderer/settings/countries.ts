import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/** The countries with phone numbers, by name in the person's language, with their calling codes. */
export function countryChoices(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(undefined, { type: 'region' });
  return getCountries()
    .map((code) => ({ value: code, label: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
