import { tagKey } from '../tag-name.ts';
import { type CardContent, type CardField, type CardValues, indexesOf, systemCategory } from './card-fields.ts';
import { formatGeo } from './geo.ts';
import { isNamed, typesOf, type VCardParam, type VCardProperty, withoutParams, type WrittenVersion } from './property.ts';
import { streetLines } from './readings.ts';
import { embeddedPhoto, type Photo } from './stored-card.ts';
import { cleanText, escapeComponent, escapeText, splitEscaped } from './text.ts';
import { componentsOf } from './value.ts';

/** One change of a card: a property in place of another (`at`), a new one, or, without a property, a removal. */
export interface CardEdit {
  at?: number;
  property?: VCardProperty;
}

/** What a contact says now, beside the card as it is and what that says. */
export interface Comparison {
  now: Partial<CardValues>;
  version: WrittenVersion;
  properties: readonly VCardProperty[];
  content: CardContent;
}

const componentCount = { N: 5, ADR: 7 } as const;

/** Whether a field differs from what the card says; of texts, only what survives in a card counts. */
export function differs({ now, content }: Comparison, field: CardField): boolean {
  return asText(now[field]) !== asText(content.values[field]);
}

/** The edit of a property that holds one field as text. `escape` is for addresses, whose semicolons are no text. */
export function textEdit(
  card: Comparison,
  field: CardField,
  fresh: { name: string; params?: VCardParam[] },
  escape: (text: string) => string = escapeText,
): CardEdit[] {
  if (!differs(card, field)) return [];
  const at = card.content.sources[field];
  const text = asText(card.now[field]);
  if (text === '') return at === undefined ? [] : [{ at }];
  const old = at === undefined ? undefined : card.properties[at];
  if (at === undefined || old === undefined) {
    return [{ property: { name: fresh.name, params: fresh.params ?? [], value: escape(text) } }];
  }
  const kept = isNamed(old, 'PHOTO') || isNamed(old, 'URL') ? old : withoutParams(old, 'VALUE');
  return [{ at, property: { ...withoutParams(kept, 'ENCODING', 'MEDIATYPE'), value: escape(text) } }];
}

/** An address keeps its separators; only a backslash needs another. */
export function escapeAddress(address: string): string {
  return address.replaceAll('\\', '\\\\');
}

/** FN. A name that came from N, ORG or another property gets an FN of its own only when it changes or FN is missing. */
export function nameEdit(card: Comparison): CardEdit[] {
  const [at] = indexesOf(card.properties, 'FN');
  if (at !== undefined && !differs(card, 'name')) return [];
  const source = card.content.sources.name ?? at;
  const old = source === undefined ? undefined : card.properties[source];
  const value = escapeText(asText(card.now.name));
  return source === undefined || old === undefined
    ? [{ property: { name: 'FN', params: [], value } }]
    : [{ at: source, property: { ...old, value } }];
}

/** First and last name in N, whose other components stay. */
export function personEdit(card: Comparison): CardEdit[] {
  if (!differs(card, 'firstName') && !differs(card, 'lastName')) return [];
  return [componentEdit(card, 'N', indexesOf(card.properties, 'N')[0], new Map([
    [0, asText(card.now.lastName)],
    [1, asText(card.now.firstName)],
  ]))];
}

/** The postal address in ADR. A changed one loses the label and place that were written for the old. */
export function addressEdit(card: Comparison): CardEdit[] {
  const { now, content, properties } = card;
  const places = { city: 3, regionCode: 4, postcode: 5, country: 6 } as const;
  const fields = ['address', 'address2', ...(Object.keys(places) as (keyof typeof places)[])] as const;
  if (!fields.some((field) => differs(card, field))) return [];
  const at = fields.map((field) => content.sources[field]).find((source) => source !== undefined);
  if (fields.every((field) => asText(now[field]) === '')) return at === undefined ? [] : [{ at }];
  const changes = new Map<number, string>();
  for (const [field, place] of Object.entries(places) as [keyof typeof places, number][]) {
    if (differs(card, field)) changes.set(place, asText(now[field]));
  }
  if (differs(card, 'address') || differs(card, 'address2')) {
    const old = at === undefined ? undefined : properties[at];
    for (const [place, text] of streetComponents(card, old)) changes.set(place, text);
  }
  const edit = componentEdit(card, 'ADR', at, changes);
  const written = edit.property === undefined ? edit : { ...edit, property: withoutParams(edit.property, 'LABEL', 'GEO') };
  return [written, ...labelEdits(card, at)];
}

/** The removal of each LABEL that says the address in one piece, as versions before 4.0 have it: it is no longer true. */
function labelEdits({ properties }: Comparison, at: number | undefined): CardEdit[] {
  const address = at === undefined ? undefined : properties[at];
  if (address === undefined) return [];
  const kinds = (property: VCardProperty) => typesOf(property).filter((type) => type !== 'pref').toSorted().join();
  const isOnly = indexesOf(properties, 'ADR').length === 1;
  return indexesOf(properties, 'LABEL').flatMap((label) => {
    const property = properties[label];
    return property !== undefined && (isOnly || kinds(property) === kinds(address)) ? [{ at: label }] : [];
  });
}

/** The second line goes where it was: to the extended address, or under the street as most programs have it. */
function streetComponents({ now }: Comparison, old: VCardProperty | undefined): [number, string][] {
  const components = old === undefined ? [] : componentsOf(old);
  const [address, address2] = [asText(now.address), asText(now.address2)];
  const isExtended = cleanText(components[1] ?? '') !== '' || address === '' || address.includes('\n');
  const street = isExtended || address2 === '' ? address : `${address}\n${address2}`;
  const boxWasAddress = cleanText(components[2] ?? '') === '' && streetLines(components).address !== '';
  return [[0, boxWasAddress ? '' : (components[0] ?? '')], [1, isExtended ? address2 : ''], [2, street]];
}

/** GEO needs both coordinates; a single one is kept in a property of ours. */
export function placeEdit(card: Comparison): CardEdit[] {
  if (!differs(card, 'latitude') && !differs(card, 'longitude')) return [];
  const { latitude = null, longitude = null } = card.now;
  const sources = [...new Set([card.content.sources.latitude, card.content.sources.longitude])];
  const removals = sources.flatMap((at) => (at === undefined ? [] : [{ at }]));
  if (latitude === null || longitude === null) {
    const single = Object.entries({ LATITUDE: latitude, LONGITUDE: longitude }).flatMap(([name, degrees]) =>
      degrees === null ? [] : [{ property: { name: `X-FIELDBOOK-${name}`, params: [], value: String(degrees) } }],
    );
    return [...removals, ...single];
  }
  const value = formatGeo({ latitude, longitude }, card.version);
  const geo = removals.find(({ at }) => isNamed(card.properties[at] ?? { name: '', params: [], value: '' }, 'GEO'));
  const old = geo === undefined ? undefined : card.properties[geo.at];
  if (geo !== undefined && old !== undefined) return [{ at: geo.at, property: { ...old, value } }];
  return [...removals, { property: { name: 'GEO', params: [], value } }];
}

/** Tags as a set: a category that stays keeps its place and writing, new ones join the first CATEGORIES. */
export function tagsEdit({ content, properties }: Comparison, tags: readonly string[]): CardEdit[] {
  const key = (tag: string) => tagKey(cleanText(tag));
  const now = new Map(tags.filter((tag) => key(tag) !== '').map((tag) => [key(tag), cleanText(tag)]));
  const was = new Set(content.tags.map(key));
  const added = [...now].filter(([tag]) => !was.has(tag)).map(([, tag]) => escapeComponent(tag));
  const stays = (raw: string) => now.has(keyOfRaw(raw)) || keyOfRaw(raw) === systemCategory;
  const lists = indexesOf(properties, 'CATEGORIES').toSorted((a, b) => a - b);
  if (added.length === 0 && [...was].every((tag) => now.has(tag))) return [];
  if (lists.length === 0) return [{ property: { name: 'CATEGORIES', params: [], value: added.join(',') } }];
  return lists.map((at, index) => {
    const property = properties[at];
    const items = [...splitEscaped(property?.value ?? '', ',').filter(stays), ...(index === 0 ? added : [])];
    if (property === undefined || items.length === 0) return { at };
    return { at, property: { ...property, value: items.join(',') } };
  });
}

function keyOfRaw(raw: string): string {
  return tagKey(cleanText(componentsOf({ name: '', params: [], value: raw }).join(';')));
}

/** The photo embedded, or the address of one on the web. */
export function photoEdit(card: Comparison, photo: Photo | undefined): CardEdit[] {
  const { content, properties, version } = card;
  if (photo === undefined) {
    return textEdit(card, 'imageUrl', { name: 'PHOTO', params: [['VALUE', ['uri']]] }, escapeAddress);
  }
  const old = content.photo;
  if (old?.photo.base64 === photo.base64 && old.photo.mediaType === photo.mediaType) return [];
  const at = old?.index ?? content.sources.imageUrl;
  const property = embeddedPhoto(photo, version, at === undefined ? undefined : properties[at]);
  return [at === undefined ? { property } : { at, property }];
}

function componentEdit(
  card: Comparison,
  name: keyof typeof componentCount,
  at: number | undefined,
  changes: ReadonlyMap<number, string>,
): CardEdit {
  const old = at === undefined ? undefined : card.properties[at];
  const raw = old === undefined ? [] : splitEscaped(old.value, ';');
  const length = Math.max(componentCount[name], raw.length);
  const components = Array.from({ length }, (_, place) => {
    const change = changes.get(place);
    return change === undefined ? (raw[place] ?? '') : escapeComponent(change);
  });
  const value = components.join(';');
  return at === undefined || old === undefined
    ? { property: { name, params: [], value } }
    : { at, property: { ...old, value } };
}

function asText(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? '' : cleanText(String(value));
}
