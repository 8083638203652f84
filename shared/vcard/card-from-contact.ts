import { bookProperties } from './book-properties.ts';
import {
  addressEdit, type CardEdit, type Comparison, differs, escapeAddress, nameEdit, personEdit, photoEdit, placeEdit,
  tagsEdit, textEdit,
} from './card-edits.ts';
import { type CardContent, type CardField, type CardValues, contentOf, ownProperties } from './card-fields.ts';
import { basicTimestamp } from './convert-version.ts';
import { convertCard } from './convert.ts';
import { companyColumnOf, companyOf, isCompanyColumn, jobTitleColumns, jobTitleOf } from './occupation.ts';
import { isNamed, paramOf, paramValues, type VCardParam, type VCardProperty, type WrittenVersion } from './property.ts';
import {
  columnName, type Extra, type Photo, storedCard, storedColumns, withoutProperty, withPhotoBytes,
} from './stored-card.ts';
import { cleanText, escapeComponent, escapeText } from './text.ts';

/** A contact with its address fields beside its own, its tags by name and, if it has one, its image. */
export interface ContactForCard extends Partial<CardValues> {
  id: string;
  name: string;
  /** RFC 3339. */
  updatedAt: string;
  tags: readonly string[];
  /** Names of who looks after it and of what it belongs to. */
  members?: readonly string[];
  projects?: readonly string[];
  extra?: Extra;
  photo?: Photo | undefined;
}

/** What a contact has when nothing was said: a card that does not speak of it says the same. */
const unspoken = new Map<string, unknown>([
  ['contactType', 'CLIENT'],
  ['budgetType', 'COST'],
  ['inviteStatus', 'NOT_INVITED'],
  ['isActive', true],
  ['isArchived', false],
]);

/**
 * The card of a contact, VERSION included. A contact that came from a card gives that card back: a property whose
 * value the contact still has is exactly as it was stored, a changed one has the new value in the same place, a removed
 * one is gone with its label, a new one comes last. Another version than the stored one changes the syntax only.
 */
export function cardFromContact(contact: ContactForCard, options: { version: WrittenVersion }): VCardProperty[] {
  const { version } = options;
  const stored = storedCard(contact.extra);
  const restored = withPhotoBytes(stored?.properties ?? [], contact.photo);
  const properties = convertCard(restored, version);
  const content = contentOf(properties);
  const card: Comparison = { now: valuesOf(contact, stored && content), version, properties, content };

  const renamed = differs(card, 'name');
  const changes = [
    ...(renamed ? nameEdit(card) : []),
    ...personEdit(card),
    ...fieldEdits(card),
    ...tagsEdit(card, contact.tags),
    ...photoEdit(card, contact.photo),
  ];
  const needsN = stored === undefined || version === '3.0';
  const completion = [
    ...missing(card, 'UID', version === '4.0' ? `urn:uuid:${contact.id}` : contact.id),
    ...(renamed ? [] : nameEdit(card)),
    ...(needsN && !changes.some((edit) => edit.property?.name === 'N') ? missing(card, 'N', ';;;;') : []),
  ];
  const isChanged = changes.length > 0 || restored.length !== (stored?.properties.length ?? 0);
  return applied(properties, [
    ...completion,
    ...changes,
    ...columnEdits(card, contact.extra),
    ...bookProperties({ members: [...(contact.members ?? [])], projects: [...(contact.projects ?? [])] }, contact.extra).map((property) => ({ property })),
    ...revisionEdit(card, contact.updatedAt, stored === undefined, isChanged),
  ]);
}

function valuesOf(contact: ContactForCard, stored: CardContent | undefined): Partial<CardValues> {
  const now: Partial<CardValues> = { ...contact };
  if (!/^https?:\/\//i.test(now.imageUrl ?? '')) delete now.imageUrl;
  for (const field of ['isActive', 'isArchived'] as const) if (now[field] === unspoken.get(field)) delete now[field];
  if (stored === undefined) return now;
  for (const field of unspoken.keys() as Iterable<CardField>) {
    if (stored.values[field] === undefined && now[field] === unspoken.get(field)) delete now[field];
    else if (stored.values[field] === unspoken.get(field) && now[field] === undefined) Object.assign(now, { [field]: stored.values[field] });
  }
  return now;
}

/** 3.0's way to say that an address is one of e-mail; 4.0 has no other. */
const internet: VCardParam[] = [['TYPE', ['INTERNET']]];

function fieldEdits(card: Comparison): CardEdit[] {
  const own = (field: keyof typeof ownProperties) =>
    textEdit(card, field, { name: ownProperties[field] });
  return [
    ...textEdit(card, 'primaryEmail', { name: 'EMAIL', ...(card.version === '3.0' ? { params: internet } : {}) }),
    // Outlook drops a number without a type.
    ...textEdit(card, 'primaryPhone', { name: 'TEL', params: [['TYPE', ['voice']]] }),
    ...textEdit(card, 'fax', { name: 'TEL', params: [['TYPE', ['fax']]] }),
    ...addressEdit(card),
    ...placeEdit(card),
    ...textEdit(card, 'website', { name: 'URL' }, escapeAddress),
    ...textEdit(card, 'notes', { name: 'NOTE' }),
    ...own('contactType'),
    ...own('budget'),
    ...own('budgetType'),
    ...own('inviteStatus'),
    ...own('fiscalInformation'),
    ...own('isActive'),
    ...own('isArchived'),
  ];
}

/** Columns of a CSV that have no field; those that name the company and the job are ORG and TITLE. */
function columnEdits({ properties }: Comparison, extra: Extra): CardEdit[] {
  const has = (name: string) => properties.some((property) => isNamed(property, name));
  const columns = properties.filter((property) => isNamed(property, columnName));
  const written = new Set(columns.flatMap((property) => paramValues(property, 'X-NAME')));
  const company = has('ORG') ? undefined : companyOf(extra);
  const jobTitle = has('TITLE') ? undefined : jobTitleOf(extra);
  const isCompany = (column: string) => column === companyColumnOf(extra) || isCompanyColumn(column);
  const isSaid = (column: string, value: string) =>
    (value === company && isCompany(column)) || (value === jobTitle && jobTitleColumns.includes(column));
  const others = storedColumns(extra)
    .filter(([column, value]) => !written.has(column) && !isSaid(column, cleanText(value)))
    .map(([column, value]) => ({
      property: { name: columnName, params: [paramOf('X-NAME', column)], value: escapeText(value) },
    }));
  return [
    ...(company === undefined ? [] : [{ property: { name: 'ORG', params: [], value: escapeComponent(company) } }]),
    ...(jobTitle === undefined ? [] : [{ property: { name: 'TITLE', params: [], value: escapeText(jobTitle) } }]),
    ...others,
  ];
}

function revisionEdit(card: Comparison, updatedAt: string, isNew: boolean, isChanged: boolean): CardEdit[] {
  const at = card.properties.findIndex((property) => isNamed(property, 'REV'));
  const old = card.properties[at];
  const seconds = updatedAt.replace(/\.\d+/, '');
  const value = card.version === '4.0' ? basicTimestamp(seconds) : seconds;
  if (old !== undefined) return isChanged ? [{ at, property: { ...old, value } }] : [];
  return isNew ? [{ property: { name: 'REV', params: [], value } }] : [];
}

function missing({ properties }: Comparison, name: string, value: string): CardEdit[] {
  return properties.some((property) => isNamed(property, name)) ? [] : [{ property: { name, params: [], value } }];
}

function applied(properties: readonly VCardProperty[], edits: readonly CardEdit[]): VCardProperty[] {
  const edited = [...properties];
  for (const { at, property } of edits) {
    if (at !== undefined && property !== undefined) edited[at] = property;
  }
  const removed = edits.flatMap(({ at, property }) => (at === undefined || property !== undefined ? [] : [edited[at]]));
  const kept = removed.reduce<VCardProperty[]>((rest, property) => {
    const at = property === undefined ? -1 : rest.indexOf(property);
    return at === -1 ? rest : withoutProperty(rest, at);
  }, edited);
  const added = edits.flatMap(({ at, property }) => (at === undefined && property !== undefined ? [property] : []));
  return [...kept, ...added];
}
