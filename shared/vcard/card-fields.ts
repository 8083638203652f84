import { addressShape, type Address, type Scalars, scalarShape } from '../contact.ts';
import { base64Size, isBase64 } from './base64.ts';
import { parseGeo } from './geo.ts';
import { imageTypeOf, mediaTypeOf, parseDataUri } from './media.ts';
import { isNamed, preferenceOf, typesOf, type VCardProperty } from './property.ts';
import { addressText, fullName, isFax, isPager, phoneText, streetLines } from './readings.ts';
import type { Photo } from './stored-card.ts';
import { cleanText } from './text.ts';
import { componentsOf, listOf, textOf } from './value.ts';

/** The values of a contact that a card can hold. */
export type CardValues = Scalars & Address;
export type CardField = keyof CardValues;

export const maxPhotoBytes = 5 * 1024 * 1024;

/** Google's export marks every contact with it; it says nothing. */
export const systemCategory = 'mycontacts';

/** Fields that vCard has no property for: those of Ever Gauzy's contacts under its name, those of ours under ours. */
export const ownProperties = {
  contactType: 'X-GAUZY-CONTACT-TYPE',
  budget: 'X-GAUZY-BUDGET',
  budgetType: 'X-GAUZY-BUDGET-TYPE',
  inviteStatus: 'X-GAUZY-INVITE-STATUS',
  fiscalInformation: 'X-GAUZY-FISCAL-INFORMATION',
  isActive: 'X-FIELDBOOK-ACTIVE',
  isArchived: 'X-FIELDBOOK-ARCHIVED',
  latitude: 'X-FIELDBOOK-LATITUDE',
  longitude: 'X-FIELDBOOK-LONGITUDE',
} as const;

/** What a card says about a contact, and which property (by index) says it: what is not named has no column. */
export interface CardContent {
  values: Partial<CardValues>;
  sources: Partial<Record<CardField, number>>;
  tags: string[];
  photo?: { index: number; photo: Photo };
  /** PHOTOs too large to keep. */
  oversized: number[];
  warnings: string[];
}

const fieldShape = { ...scalarShape, ...addressShape };

/**
 * What a card says about each field: the preferred property, else the first, whose value the contact's own rules take.
 * A refused value is named in a warning and left to the card's properties.
 */
export function contentOf(properties: readonly VCardProperty[]): CardContent {
  const content: CardContent = { values: {}, sources: {}, tags: [], oversized: [], warnings: [] };
  const named = (name: string) => indexesOf(properties, name);
  const [faxes, phones] = parted(named('TEL'), (index) => isFax(at(properties, index)));
  const [pagers, others] = parted(phones, (index) => isPager(at(properties, index)));

  take(content, properties, 'name', named('FN'), textOf);
  takeComponents(content, properties, named('N')[0], { lastName: 0, firstName: 1 });
  take(content, properties, 'primaryEmail', named('EMAIL'), addressText);
  take(content, properties, 'primaryPhone', [...others, ...pagers], phoneText);
  take(content, properties, 'fax', faxes, phoneText);
  takeAddress(content, properties);
  take(content, properties, 'website', named('URL'), textOf);
  take(content, properties, 'notes', named('NOTE'), textOf);
  takePlace(content, properties);
  takeOwn(content, properties);
  takePhoto(content, properties);
  content.tags = categoriesOf(properties);
  if (content.values.name === undefined) takeOtherName(content, properties);
  return content;
}

/** Where the properties of this name are, the preferred first. */
export function indexesOf(properties: readonly VCardProperty[], name: string): number[] {
  const found: number[] = [];
  for (let index = 0; index < properties.length; index++) {
    if (isNamed(at(properties, index), name)) found.push(index);
  }
  if (found.length < 2) return found;
  const preferences = new Map(found.map((index) => [index, preferenceOf(at(properties, index))]));
  return found.toSorted((a, b) => (preferences.get(a) ?? 0) - (preferences.get(b) ?? 0));
}

/** Takes the first of these properties whose value, as `read`, the field's own rule accepts. */
function take(
  content: CardContent,
  properties: readonly VCardProperty[],
  field: CardField,
  indexes: readonly number[],
  read: (property: VCardProperty) => string | number | boolean,
): void {
  for (const index of indexes) {
    const value = read(at(properties, index));
    const clean = typeof value === 'string' ? cleanText(value) : value;
    if (clean === '') continue;
    const checked = fieldShape[field].safeParse(clean);
    if (checked.success) {
      Object.assign(content.values, { [field]: checked.data });
      content.sources[field] = index;
      return;
    }
    const reason = checked.error.issues[0]?.message ?? 'was refused';
    content.warnings.push(`${at(properties, index).name} '${shortened(String(clean))}' was kept aside: it ${reason}`);
  }
}

function takeComponents(
  content: CardContent,
  properties: readonly VCardProperty[],
  index: number | undefined,
  places: Partial<Record<CardField, number>>,
): void {
  if (index === undefined) return;
  const components = componentsOf(at(properties, index));
  for (const [field, place] of Object.entries(places) as [CardField, number][]) {
    take(content, properties, field, [index], () => components[place] ?? '');
  }
}

function takeAddress(content: CardContent, properties: readonly VCardProperty[]): void {
  const filled = indexesOf(properties, 'ADR').filter((index) =>
    componentsOf(at(properties, index)).some((component) => component.trim() !== ''),
  );
  const isPreferred = (index: number) => preferenceOf(at(properties, index)) <= 100;
  const isWork = (index: number) => typesOf(at(properties, index)).includes('work');
  const index = filled.find(isPreferred) ?? filled.find(isWork) ?? filled[0];
  if (index === undefined) return;
  const { address, address2 } = streetLines(componentsOf(at(properties, index)));
  take(content, properties, 'address', [index], () => address);
  take(content, properties, 'address2', [index], () => address2);
  takeComponents(content, properties, index, { city: 3, regionCode: 4, postcode: 5, country: 6 });
}

function takePlace(content: CardContent, properties: readonly VCardProperty[]): void {
  for (const index of indexesOf(properties, 'GEO')) {
    const property = at(properties, index);
    const place = parseGeo(textOf(property));
    if (place !== undefined) {
      take(content, properties, 'latitude', [index], () => place.latitude);
      take(content, properties, 'longitude', [index], () => place.longitude);
      return;
    }
    if (property.value.replace(/[;,\s]/g, '') !== '') {
      content.warnings.push(`GEO '${shortened(property.value)}' was kept aside: it is no latitude and longitude`);
    }
  }
}

/** `X-GAUZY-…` and `X-FIELDBOOK-…`, each for every field, with hyphens inside or not, as other programs of this field write it. */
function takeOwn(content: CardContent, properties: readonly VCardProperty[]): void {
  const own = [...properties.entries()].flatMap(([index, property]) => {
    const suffix = suffixOf(property.name);
    return suffix === undefined ? [] : [{ index, suffix }];
  });
  if (own.length === 0) return;
  for (const [field, name] of Object.entries(ownProperties) as [keyof typeof ownProperties, string][]) {
    if (content.sources[field] !== undefined) continue;
    const indexes = own.filter((property) => property.suffix === suffixOf(name)).map(({ index }) => index);
    take(content, properties, field, indexes, (property) => ownValue(field, textOf(property).trim()));
  }
}

function suffixOf(name: string): string | undefined {
  return /^X-(?:FIELDBOOK|GAUZY)-(.+)$/i.exec(name)?.[1]?.replaceAll('-', '').toUpperCase();
}

function ownValue(field: keyof typeof ownProperties, text: string): string | number | boolean {
  switch (field) {
    case 'contactType':
    case 'inviteStatus':
    case 'budgetType':
      return text.toUpperCase();
    case 'budget':
    case 'latitude':
    case 'longitude':
      return text === '' || !Number.isFinite(Number(text)) ? text : Number(text);
    case 'isActive':
    case 'isArchived':
      return /^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : text;
    case 'fiscalInformation':
      return text;
  }
}

/** The first embedded image is the contact's; only a card without one can give it the address of one. */
function takePhoto(content: CardContent, properties: readonly VCardProperty[]): void {
  for (const index of indexesOf(properties, 'PHOTO')) {
    const property = at(properties, index);
    const embedded = parseDataUri(property.value)?.base64 ?? property.value;
    if (!isBase64(embedded)) continue;
    const declared = parseDataUri(property.value)?.mediaType ?? mediaTypeOf(property);
    const mediaType = imageTypeOf(embedded) ?? declared;
    if (base64Size(embedded) > maxPhotoBytes) {
      content.oversized.push(index);
      content.warnings.push(`PHOTO was left out: it is larger than ${maxPhotoBytes / 1024 / 1024} MB`);
    } else if (mediaType === undefined || !mediaType.startsWith('image/') || mediaType === 'image/svg+xml') {
      content.warnings.push('PHOTO was kept aside: it is no image of a known kind');
    } else if (content.photo === undefined) {
      content.photo = { index, photo: { mediaType, base64: embedded } };
    }
  }
  if (content.photo !== undefined) return;
  const addresses = indexesOf(properties, 'PHOTO').filter((index) => /^https?\\?:/i.test(at(properties, index).value));
  take(content, properties, 'imageUrl', addresses, textOf);
}

function takeOtherName(content: CardContent, properties: readonly VCardProperty[]): void {
  const first = (name: string, text: (property: VCardProperty) => string) =>
    indexesOf(properties, name).map((index) => text(at(properties, index)).trim()).find((value) => value !== '');
  const name =
    first('N', fullName) ??
    first('ORG', (org) => componentsOf(org).find((component) => component.trim() !== '') ?? '') ??
    first('NICKNAME', (nickname) => listOf(nickname)[0] ?? '') ??
    first('EMAIL', addressText) ??
    first('TEL', phoneText);
  if (name !== undefined && cleanText(name) !== '') content.values.name = cleanText(name);
}

function categoriesOf(properties: readonly VCardProperty[]): string[] {
  const tags = properties
    .filter((property) => isNamed(property, 'CATEGORIES'))
    .flatMap(listOf)
    .map(cleanText)
    .filter((tag) => tag !== '' && tag.toLowerCase() !== systemCategory);
  return [...new Set(tags)];
}

function parted(indexes: number[], test: (index: number) => boolean): [number[], number[]] {
  return [indexes.filter(test), indexes.filter((index) => !test(index))];
}

function at(properties: readonly VCardProperty[], index: number): VCardProperty {
  const property = properties[index];
  if (property === undefined) throw new RangeError(`no property ${index}`);
  return property;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
