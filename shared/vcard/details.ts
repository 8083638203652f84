import { type DetailPlace, displayProperties } from './card-display.ts';
import { contentOf } from './card-fields.ts';
import type { DetailKind } from './detail-kind.ts';
import { companyColumns, companySource, jobTitleColumns, jobTitleSource } from './occupation.ts';
import { isNamed, type VCardProperty, type VCardVersion } from './property.ts';
import { isBlank, isTypable, labelled, withComponent, withText } from './property-edits.ts';
import { type Extra, storedCard, withoutProperty } from './stored-card.ts';
import { cleanText, escapeText } from './text.ts';

/** One line of what a contact carries beside its fields, as a person edits it. */
export interface Detail {
  /** The same as long as nobody changes the stored detail; a new one's begins with `new:`. */
  key: string;
  kind: DetailKind;
  label: string;
  value: string;
  /** It can be removed, but no other value typed. */
  isFixed: boolean;
}

/** The contact's own fields that the first e-mail, phone and website of a card stand for. */
export interface OwnReach {
  primaryEmail: string | null;
  primaryPhone: string | null;
  website: string | null;
}

export interface ExtraEdits {
  company: string;
  jobTitle: string;
  details: readonly Detail[];
}

type Stored = Record<string, unknown>;
interface Card {
  version: VCardVersion;
  properties: VCardProperty[];
}

/** Everything a person can edit of what no column holds: company, job title, and the rest line by line. */
export function editsOf(extra: Extra): ExtraEdits {
  return {
    company: companySource(extra)?.value ?? '',
    jobTitle: jobTitleSource(extra)?.value ?? '',
    details: placedDetails(extra).map(({ place: _place, ...detail }) => detail),
  };
}

/**
 * `extra` as a person left it. Only what differs from what is stored is written, in its place: of a card, every other
 * property, and every parameter, group and component of a changed one, stays. Null when nothing is left.
 */
export function withEdits(extra: Extra, edits: ExtraEdits, own: OwnReach): Stored | null {
  let next: Stored = { ...extra };
  const stored = placedDetails(extra);
  const rows = new Map(edits.details.map((detail) => [detail.key, detail]));
  next = changedDetails(next, stored, rows);
  if (edits.company.trim() !== (companySource(extra)?.value ?? '')) next = withCompany(next, cleanText(edits.company));
  if (edits.jobTitle.trim() !== (jobTitleSource(extra)?.value ?? '')) next = withJobTitle(next, cleanText(edits.jobTitle));
  const known = new Set(stored.map(({ key }) => key));
  for (const detail of edits.details) {
    if (!known.has(detail.key) && detail.value.trim() !== '') next = withNew(next, detail, own);
  }
  return Object.keys(next).length === 0 ? null : next;
}

function placedDetails(extra: Extra): (Detail & { place: DetailPlace })[] {
  const own = [companySource(extra)?.place, jobTitleSource(extra)?.place];
  const properties = storedCard(extra)?.properties ?? [];
  const seen = new Map<string, number>();
  return displayProperties(extra).filter(({ place }) => !own.some((other) => isSamePlace(other, place))).map((shown) => {
    const said = [shown.place.in, shown.label, shown.value].join('\n');
    const count = (seen.get(said) ?? 0) + 1;
    seen.set(said, count);
    return { ...shown, key: `${said}\n${count}`, isFixed: isFixed(extra, shown.place, properties) };
  });
}

function isSamePlace(a: DetailPlace | undefined, b: DetailPlace): boolean {
  if (a?.in === 'card' && b.in === 'card') return a.index === b.index && a.component === b.component;
  return a !== undefined && a.in === b.in && a.in !== 'card' && b.in !== 'card' && a.key === b.key;
}

function isFixed(extra: Extra, place: DetailPlace, properties: readonly VCardProperty[]): boolean {
  if (place.in === 'card') {
    const property = properties[place.index];
    return property === undefined || (place.component === undefined && !isTypable(property));
  }
  return place.in !== 'columns' && !['string', 'number'].includes(typeof keyed(extra, place)[place.key]);
}

type KeyedPlace = Exclude<DetailPlace, { in: 'card' }>;

/** The object that a key stands in. */
function keyed(extra: Extra, place: KeyedPlace): Stored {
  return ((place.in === 'extra' ? extra : extra?.[place.in]) ?? {}) as Stored;
}

function withKeyed(extra: Stored, place: KeyedPlace, value: string | null): Stored {
  const { [place.key]: old, ...others } = keyed(extra, place);
  const isNumber = typeof old === 'number' && value !== null && value.trim() !== '' && Number.isFinite(Number(value));
  // In its old place, so that columns keep their order.
  const changed = value === null ? others : { ...keyed(extra, place), [place.key]: isNumber ? Number(value) : value };
  if (place.in === 'extra') return changed;
  const { [place.in]: _gone, ...rest } = extra;
  return Object.keys(changed).length === 0 ? rest : { ...extra, [place.in]: changed };
}

function cardOf(extra: Extra): Card | undefined {
  const card = storedCard(extra);
  return card && { version: card.version, properties: card.properties };
}

function withCard(extra: Stored, { version, properties }: Card): Stored {
  return { ...extra, vcard: { ...(extra['vcard'] as object | undefined), version, properties } };
}

function changedDetails(
  extra: Stored,
  stored: readonly (Detail & { place: DetailPlace })[],
  rows: ReadonlyMap<string, Detail>,
): Stored {
  let next = extra;
  const card = cardOf(extra);
  const properties = [...(card?.properties ?? [])];
  const typed = new Map<number, Detail>();
  const removed: VCardProperty[] = [];
  for (const { key, value, place } of stored) {
    const row = rows.get(key);
    const text = row === undefined ? '' : cleanText(row.value);
    if (text === value) continue;
    if (place.in !== 'card') {
      next = withKeyed(next, place, text === '' ? null : text);
      continue;
    }
    const property = properties[place.index];
    if (property === undefined || card === undefined) continue;
    if (place.component !== undefined) properties[place.index] = withComponent(property, place.component, text);
    else if (row === undefined || text === '') removed.push(property);
    else {
      properties[place.index] = withText(property, text, card.version);
      typed.set(place.index, row);
    }
  }
  const isChanged = card?.properties.some((property, index) => property !== properties[index]) ?? false;
  if (card === undefined || (!isChanged && removed.length === 0)) return next;

  // What the book refused until now would stand for the contact's own field once it is put right: it is kept beside it.
  const taken = new Set(Object.values(contentOf(properties).sources));
  for (const [index, row] of typed) {
    const property = properties[index];
    if (!taken.has(index) || property === undefined) continue;
    removed.push(property);
    next = withColumn(next, row.label, cleanText(row.value));
  }
  return withCard(next, { version: card.version, properties: removed.reduce(without, properties) });
}

function without(properties: VCardProperty[], property: VCardProperty): VCardProperty[] {
  const at = properties.indexOf(property);
  return at === -1 ? properties : withoutProperty(properties, at);
}

/** ORG keeps its departments; without one, the company is a property of the card, or else the column of a CSV. */
function withCompany(extra: Stored, company: string): Stored {
  const source = companySource(extra);
  const card = cardOf(extra);
  if (source?.place.in === 'columns') {
    const changed = withKeyed(extra, source.place, company || null);
    return withoutCopies(changed, source.value, company, companySource, withCompany);
  }
  const at = source?.place.in === 'card'
    ? source.place.index
    : (card?.properties.findIndex((property) => isNamed(property, 'ORG')) ?? -1);
  const property = card?.properties[at];
  if (card === undefined) return company === '' ? extra : withColumn(extra, companyColumns[0] ?? '', company);
  if (property === undefined) {
    const added = withComponent({ name: 'ORG', params: [], value: '' }, 0, company);
    return company === '' ? extra : withCard(extra, { ...card, properties: [...card.properties, added] });
  }
  const changed = withComponent(property, 0, company);
  const properties = isBlank(changed) ? without(card.properties, property) : card.properties.with(at, changed);
  return withoutCopies(withCard(extra, { ...card, properties }), source?.value, company, companySource, withCompany);
}

function withJobTitle(extra: Stored, jobTitle: string): Stored {
  const source = jobTitleSource(extra);
  const card = cardOf(extra);
  if (source?.place.in === 'columns') {
    const changed = withKeyed(extra, source.place, jobTitle || null);
    return withoutCopies(changed, source.value, jobTitle, jobTitleSource, withJobTitle);
  }
  const property = source?.place.in === 'card' ? card?.properties[source.place.index] : undefined;
  if (card === undefined) return jobTitle === '' ? extra : withColumn(extra, jobTitleColumns[0] ?? '', jobTitle);
  if (property === undefined || source?.place.in !== 'card') {
    const added = { name: 'TITLE', params: [], value: escapeText(jobTitle) };
    return jobTitle === '' ? extra : withCard(extra, { ...card, properties: [...card.properties, added] });
  }
  const properties = jobTitle === ''
    ? without(card.properties, property)
    : card.properties.with(source.place.index, withText(property, jobTitle, card.version));
  return withoutCopies(withCard(extra, { ...card, properties }), source.value, jobTitle, jobTitleSource, withJobTitle);
}

/** What was cleared does not come back from a second place that says the same. */
function withoutCopies(
  extra: Stored,
  old: string | undefined,
  now: string,
  source: (extra: Extra) => { value: string } | undefined,
  clear: (extra: Stored, text: string) => Stored,
): Stored {
  return now === '' && old !== undefined && source(extra)?.value === old ? clear(extra, '') : extra;
}

function withColumn(extra: Stored, name: string, value: string): Stored {
  const columns = keyed(extra, { in: 'columns', key: name });
  let free = name;
  for (let number = 2; Object.hasOwn(columns, free); number += 1) free = `${name} ${number}`;
  return { ...extra, columns: { ...columns, [free]: value } };
}

const reach = {
  mail: { name: 'EMAIL', field: 'primaryEmail', word: 'E-mail' },
  tel: { name: 'TEL', field: 'primaryPhone', word: 'Phone' },
  url: { name: 'URL', field: 'website', word: 'Website' },
} as const;

/**
 * A further e-mail, phone or link is a property of the card, where every program reads it. The first of a card stands
 * for the contact's own, so that one is put before it; without an own one, and for anything else, it is a column.
 */
function withNew(extra: Stored, { kind, label, value }: Detail, own: OwnReach): Stored {
  const text = cleanText(value);
  const word = bareLabel(label);
  if (kind === 'text' || kind === 'date') return withColumn(extra, label.trim() === '' ? 'Note' : label, text);
  const { name, field } = reach[kind];
  const card = cardOf(extra) ?? { version: '4.0' as const, properties: [] };
  const make = (typed: string): VCardProperty => withText({ name, params: [], value: '' }, typed, card.version);
  const added = labelled(make(text), word, card.properties);
  const mine = own[field];
  const before = mine === null ? [] : [make(mine)];
  for (const further of [added, [...before, ...added]]) {
    const properties = [...card.properties, ...further];
    const taken = new Set(Object.values(contentOf(properties).sources));
    if (added.every((property) => !taken.has(properties.indexOf(property)))) return withCard(extra, { ...card, properties });
  }
  return withColumn(extra, word === '' ? `${reach[kind].word} 2` : `${reach[kind].word} (${word})`, text);
}

/** 'E-mail (home)' is 'home': what stood in the form of a detail that somebody else removed meanwhile. */
function bareLabel(label: string): string {
  return label.trim().replace(/^(?:E-mail|Phone|Website)(?:$| \((.*)\)$)/, '$1');
}
