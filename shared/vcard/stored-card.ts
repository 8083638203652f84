import { dataUri, mediaTypeParam, parseDataUri } from './media.ts';
import {
  encodingOf, isNamed, paramValues, type VCardProperty, type VCardVersion, withoutParams, type WrittenVersion,
} from './property.ts';

/** What `extra.vcard` holds: every property of the card a contact came from, without the bytes of its photo. */
export interface StoredCard {
  version: VCardVersion;
  properties: VCardProperty[];
}

/** The image of a contact. `base64` has no white space. */
export interface Photo {
  mediaType: string;
  base64: string;
}

/** What a contact carries beyond its columns (`contact.extra`), as it was stored. */
export type Extra = Readonly<Record<string, unknown>> | null | undefined;

/** Marks the PHOTO whose bytes are kept as the contact's image; its value is the media type of them. */
const photoMarker = 'X-FIELDBOOK-PHOTO';

/** Carries a line of a card that is no property, as it was. */
export const unreadName = 'X-FIELDBOOK-LINE';

/** Carries a CSV column that has no field; its parameter X-NAME is the column's header. */
export const columnName = 'X-FIELDBOOK-COLUMN';

/** The card in `extra.vcard`, `undefined` if there is none; what is not shaped like a property is passed over. */
export function storedCard(extra: Extra): StoredCard | undefined {
  const vcard = extra?.['vcard'];
  if (typeof vcard !== 'object' || vcard === null) return undefined;
  const { version, properties }: Partial<Record<keyof StoredCard, unknown>> = vcard;
  if (version !== '2.1' && version !== '3.0' && version !== '4.0') return undefined;
  return Array.isArray(properties) ? { version, properties: properties.filter(isProperty) } : undefined;
}

/** The columns of a CSV that have no field (`extra.columns`); empty ones are left out. */
export function storedColumns(extra: Extra): [column: string, value: string][] {
  const columns = extra?.['columns'];
  if (typeof columns !== 'object' || columns === null) return [];
  return Object.entries(columns).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
}

/** What `extra` names by keys of its own, and what an import of JSON kept in `extra.json`; empty ones are left out. */
export function storedKeys(extra: Extra): { key: string; value: unknown; isJson: boolean }[] {
  const json = extra?.['json'];
  const ofJson = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const own = Object.entries(extra ?? {}).filter(([key]) => !bookkeeping.has(key));
  return [
    ...ofJson.map(([key, value]: [string, unknown]) => ({ key, value, isJson: true })),
    ...own.map(([key, value]) => ({ key, value, isJson: false })),
  ];
}

/** Keys of `extra` that an import makes: what they hold is read by their own functions, or says nothing to a person. */
const bookkeeping = new Set(['vcard', 'columns', 'companyColumn', 'json', 'uid']);

/** The PHOTO without its bytes, marked; of a `data:` address its beginning is left. */
export function withoutPhotoBytes(property: VCardProperty, photo: Photo): VCardProperty {
  const head = parseDataUri(property.value)?.head ?? '';
  return { ...property, params: [...property.params, [photoMarker, [photo.mediaType]]], value: head };
}

/** The properties with the marked PHOTO holding this photo again; without one, that PHOTO is gone with its label. */
export function withPhotoBytes(properties: readonly VCardProperty[], photo: Photo | undefined): VCardProperty[] {
  const at = properties.findIndex(isMarkedPhoto);
  const marked = properties[at];
  if (marked === undefined) return [...properties];
  if (photo === undefined) return withoutProperty(properties, at);
  return properties.with(at, filled(marked, photo));
}

export function isMarkedPhoto(property: VCardProperty): boolean {
  return isNamed(property, 'PHOTO') && paramValues(property, photoMarker).length > 0;
}

/** The properties without this one, and without the label of its group if nothing else is left in the group. */
export function withoutProperty(properties: readonly VCardProperty[], at: number): VCardProperty[] {
  const group = properties[at]?.group?.toLowerCase();
  const others = properties.toSpliced(at, 1);
  if (group === undefined) return others;
  const inGroup = (property: VCardProperty) => property.group?.toLowerCase() === group;
  const isDetail = (property: VCardProperty) => /^X-AB(LABEL|ADR)$/i.test(property.name);
  const groupLives = others.some((property) => inGroup(property) && !isDetail(property));
  return groupLives ? others : others.filter((property) => !inGroup(property));
}

/** The PHOTO as it was before its bytes were taken; a photo of another type is a new property in its place. */
function filled(marked: VCardProperty, photo: Photo): VCardProperty {
  return paramValues(marked, photoMarker)[0] === photo.mediaType
    ? { ...withoutParams(marked, photoMarker), value: marked.value + photo.base64 }
    : embeddedPhoto(photo, encodingOf(marked) === 'base64' ? '3.0' : '4.0', marked);
}

/** A photo as a version embeds it: a new property, or one in place of another, keeping its group. */
export function embeddedPhoto(photo: Photo, version: WrittenVersion, place?: VCardProperty): VCardProperty {
  const group = place?.group === undefined ? {} : { group: place.group };
  if (version === '4.0') return { ...group, name: 'PHOTO', params: [], value: dataUri(photo.mediaType, photo.base64) };
  return {
    ...group,
    name: 'PHOTO',
    params: [['ENCODING', ['b']], mediaTypeParam('PHOTO', photo.mediaType)],
    value: photo.base64,
  };
}

function isProperty(value: unknown): value is VCardProperty {
  if (typeof value !== 'object' || value === null) return false;
  const property: Partial<Record<keyof VCardProperty, unknown>> = value;
  const { group, name, params } = property;
  return (
    (group === undefined || typeof group === 'string') &&
    typeof name === 'string' &&
    typeof property.value === 'string' &&
    Array.isArray(params) &&
    params.every(isParam)
  );
}

function isParam(param: unknown): boolean {
  if (!Array.isArray(param) || param.length !== 2) return false;
  const [name, values]: unknown[] = param;
  return typeof name === 'string' && Array.isArray(values) && values.every((value) => typeof value === 'string');
}
