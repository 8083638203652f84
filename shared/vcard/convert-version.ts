import { formatGeo, parseGeo } from './geo.ts';
import { dataUri, imageTypeOf, mediaTypeOf, mediaTypeParam, parseDataUri } from './media.ts';
import {
  encodingOf, isNamed, paramOf, paramValues, preferenceOf, type VCardParam, type VCardProperty, withoutParams,
} from './property.ts';
import { phoneText } from './readings.ts';
import { escapeText } from './text.ts';

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Properties of 3.0 whose value is binary unless it says otherwise; those of 4.0 are addresses. */
const mediaNames = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

/** Properties of 3.0 in the syntax of 4.0 (RFC 6350, appendix A). */
export function toFour(properties: VCardProperty[]): VCardProperty[] {
  const converted = properties.map((property) => propertyToFour(withPrefRank(property)));
  const isCompany = properties.some((property) => isNamed(property, 'X-ABSHOWAS') && /^company$/i.test(property.value));
  const hasKind = properties.some((property) => isNamed(property, 'KIND'));
  return isCompany && !hasKind ? [...converted, { name: 'KIND', params: [], value: 'org' }] : converted;
}

/** Properties of 4.0 in the syntax of 3.0. */
export function toThree(properties: VCardProperty[]): VCardProperty[] {
  const converted = properties.map((property) => propertyToThree(withPrefType(property)));
  const isCompany = properties.some((property) => isNamed(property, 'KIND') && /^org$/i.test(property.value));
  const hasShowAs = properties.some((property) => isNamed(property, 'X-ABSHOWAS'));
  return isCompany && !hasShowAs ? [...converted, { name: 'X-ABShowAs', params: [], value: 'COMPANY' }] : converted;
}

/** Carries the value of 4.0 that 3.0 has no way to write, as long as the value of 3.0 still is what it was made into. */
const originalParam = 'X-FIELDBOOK-ORIGINAL';

function withOriginal(property: VCardProperty, three: VCardProperty): VCardProperty {
  return { ...three, params: [...three.params, paramOf(originalParam, property.value)] };
}

/** The property as 4.0 had it; what was edited in the meantime is no longer that. */
function original(property: VCardProperty): VCardProperty | undefined {
  const [value] = paramValues(property, originalParam);
  if (value === undefined) return undefined;
  const bare = withoutParams(property, originalParam);
  const params: VCardParam[] = isNamed(property, 'TEL') ? [...bare.params, ['VALUE', ['uri']]] : bare.params;
  const four = { ...bare, params, value };
  return propertyToThree(four).value === property.value ? four : undefined;
}

function propertyToFour(written: VCardProperty): VCardProperty {
  const restored = original(written);
  if (restored !== undefined) return restored;
  const property = withoutParams(written, originalParam);
  const { value } = property;
  if (encodingOf(property) === 'base64') return embeddedToFour(property);
  switch (property.name.toUpperCase()) {
    case 'GEO': {
      const place = parseGeo(value);
      return place === undefined ? property : { ...property, value: formatGeo(place, '4.0') };
    }
    case 'UID':
      if (uuidPattern.test(value)) return { ...property, value: `urn:uuid:${value}` };
      if (/^[a-z][a-z0-9+.-]*:/i.test(value) || paramValues(property, 'VALUE').length > 0) return property;
      return { ...property, params: [...property.params, ['VALUE', ['text']]] };
    case 'BDAY':
    case 'ANNIVERSARY':
      return dateToFour(property);
    case 'REV':
      return { ...property, value: basicTimestamp(value) };
    case 'URL':
      return { ...property, value: value.replaceAll('\\:', ':') };
    default:
      return property;
  }
}

function propertyToThree(property: VCardProperty): VCardProperty {
  const name = property.name.toUpperCase();
  const data = parseDataUri(property.value);
  if (data !== undefined) {
    const params = withoutParams(property, 'MEDIATYPE', 'VALUE').params;
    const typed = mediaTypeParam(name, data.mediaType);
    return { ...property, params: [...params, ['ENCODING', ['b']], typed], value: data.base64 };
  }
  const isAddress = /^[a-z][a-z0-9+.-]*:/i.test(property.value);
  if (mediaNames.has(name) && isAddress && paramValues(property, 'VALUE').length === 0) {
    return { ...property, params: [...property.params, ['VALUE', ['uri']]] };
  }
  switch (name) {
    case 'GEO': {
      const place = parseGeo(property.value);
      if (place === undefined) return property;
      const three = { ...withoutParams(property, 'VALUE'), value: formatGeo(place, '3.0') };
      return property.value === formatGeo(place, '4.0') ? three : withOriginal(property, three);
    }
    case 'UID':
      return { ...property, value: property.value.replace(/^urn:uuid:/i, '') };
    case 'TEL':
      return /^tel:/i.test(property.value)
        ? withOriginal(property, { ...withoutParams(property, 'VALUE'), value: escapeText(phoneText(property)) })
        : property;
    case 'BDAY':
      return birthdayToThree(property);
    default:
      return property;
  }
}

/** What the bytes are counts more than what the card says they are. An address in spite of ENCODING=b stays one. */
function embeddedToFour(property: VCardProperty): VCardProperty {
  const mediaType = imageTypeOf(property.value) ?? mediaTypeOf(property) ?? 'application/octet-stream';
  const params = withoutParams(property, 'ENCODING', 'VALUE').params.filter(
    (param) => param[0].toUpperCase() !== 'TYPE' || mediaTypeOf({ ...property, params: [param] }) === undefined,
  );
  const isAddress = parseDataUri(property.value) !== undefined;
  return { ...property, params, value: isAddress ? property.value : dataUri(mediaType, property.value) };
}

/** 4.0 has only the basic form `19800322`; Apple marks a birthday without a year with a year to leave out. */
function dateToFour(property: VCardProperty): VCardProperty {
  const date = /^(\d{4})-?(\d\d)-?(\d\d)(T.*)?$/.exec(property.value);
  if (date === null) return property;
  const [, year = '', month = '', day = '', time = ''] = date;
  if (paramValues(property, 'X-APPLE-OMIT-YEAR').includes(year)) {
    return { ...withoutParams(property, 'X-APPLE-OMIT-YEAR', 'VALUE'), value: `--${month}${day}` };
  }
  return { ...withoutDateValue(property), value: `${year}${month}${day}${time.replace(/:/g, '')}` };
}

function birthdayToThree(property: VCardProperty): VCardProperty {
  const yearless = /^--(\d\d)-?(\d\d)$/.exec(property.value);
  if (yearless === null) return property;
  return {
    ...property,
    params: [...property.params, ['X-APPLE-OMIT-YEAR', ['1604']]],
    value: `1604-${yearless[1]}-${yearless[2]}`,
  };
}

/** `2024-05-06T07:08:09+02:00` as 4.0's `20240506T070809+0200`; anything else stays. */
export function basicTimestamp(value: string): string {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(value);
  if (parts === null) return value;
  const [, year, month, day, hour, minute, second, zone = ''] = parts;
  return `${year}${month}${day}T${hour}${minute}${second}${zone.replace(':', '')}`;
}

/** 3.0 says VALUE=date; in 4.0 a date is what is expected, and the value is called date-and-or-time. */
function withoutDateValue(property: VCardProperty): VCardProperty {
  return paramValues(property, 'VALUE').some((value) => /^date(-time)?$/i.test(value))
    ? withoutParams(property, 'VALUE')
    : property;
}

function withPrefRank(property: VCardProperty): VCardProperty {
  if (preferenceOf(property) !== 1 || paramValues(property, 'PREF').length > 0) return property;
  let placed = false;
  const params = property.params.flatMap(([name, values]): VCardProperty['params'] => {
    if (name.toUpperCase() !== 'TYPE') return [[name, values]];
    const others = values.filter((value) => value.replaceAll('"', '').toLowerCase() !== 'pref');
    if (others.length === values.length) return [[name, values]];
    placed = true;
    return others.length === 0 ? [['PREF', ['1']]] : [[name, others], ['PREF', ['1']]];
  });
  return placed ? { ...property, params } : property;
}

function withPrefType(property: VCardProperty): VCardProperty {
  const params = property.params.map(([name, values]): VCardProperty['params'][number] =>
    name.toUpperCase() === 'PREF' && values[0] === '1' ? ['TYPE', ['pref']] : [name, values],
  );
  return { ...property, params };
}
