import type { Address } from '../../shared/contact.ts';
import { digitsOf } from '../../shared/text.ts';

/** The address to open for a website as it was typed; a bare `example.org` is a web page. */
export function websiteLink(website: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`;
}

/** `mailto:` with everything encoded that could add further recipients or headers. */
export function mailLink(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`;
}

/**
 * `tel:` with the digits of a phone as it was typed, and the plus of a country code, after which a bracketed trunk
 * zero is not dialled. An extension is dialled after a pause. Null when there is nothing to dial.
 */
export function phoneLink(phone: string): string | null {
  const [number = '', extension = ''] = phone.normalize('NFKC').trim().split(/(?:;ext=|ext\.?|[x#])/i);
  const international = number.startsWith('+');
  const digits = digitsOf(international ? number.replace(/\(0\)/, '') : number);
  if (digits === '') return null;
  const pauseAndExtension = digitsOf(extension) === '' ? '' : `,${digitsOf(extension)}`;
  return `tel:${international ? '+' : ''}${digits}${pauseAndExtension}`;
}

type Place = Partial<Pick<Address, 'address' | 'address2' | 'postcode' | 'city' | 'regionCode' | 'country' | 'latitude' | 'longitude'>>;

/** The lines of a postal address; what is missing leaves no gap. */
export function addressLines(place: Place): string[] {
  const town = [place.postcode, place.city].filter(Boolean).join(' ');
  const townAndRegion = [town, place.regionCode].filter(Boolean).join(', ');
  const country = place.country && countryName(place.country);
  return [place.address, place.address2, townAndRegion, country].filter((line): line is string => Boolean(line));
}

/** The name of a country in the person's language where it is kept as its code, 'SE'; else as it was typed. */
function countryName(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(undefined, { type: 'region' }).of(country) ?? country;
}

/** Where an address is on OpenStreetMap: its coordinates, or else a search; null without either. */
export function mapLink(place: Place): string | null {
  const { latitude, longitude } = place;
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  }
  const lines = addressLines(place);
  return lines.length === 0 ? null : `https://www.openstreetmap.org/search?query=${encodeURIComponent(lines.join(', '))}`;
}
