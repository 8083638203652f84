/** The country of this computer's language settings: whose phones are typed without a country code. */
export function localRegion(): string {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).maximize().region ?? 'US';
}
