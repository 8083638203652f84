import { isDeepStrictEqual } from 'node:util';
import { uuid, type SetField } from '../../shared/contact.ts';
import type { ImportError, ImportRow, MatchKey } from '../../shared/operations/imports.ts';
import { readField, type Edits } from '../contacts/edits.ts';
import { parseExtra, sourceUidOf } from '../contacts/record.ts';
import { withoutLinks, type LinkNames } from '../../shared/vcard/book-properties.ts';
import { storedCard } from '../../shared/vcard/stored-card.ts';
import type { FileRow } from './file-row.ts';
import { matchRow } from './match-row.ts';
import { contradictions, mergeExtra } from './merge-extra.ts';
import type { NameBook } from './name-book.ts';
import { cardOf, isOwnCard } from './own-card.ts';
import { editsOfFields, type Field } from './row-edits.ts';
import type { Book, PlannedEdits, Target } from './target.ts';

type Change = NonNullable<ImportRow['changes']>[number];

/** What will be done with a row. */
export type Plan =
  | { action: 'create'; planned: PlannedEdits; id: string | undefined; warnings: string[] }
  | { action: 'update'; target: Target; planned: PlannedEdits; changes: Change[]; notes: string[]; warnings: string[] }
  | { action: 'skip'; target: Target; reason: string }
  | { action: 'error'; errors: ImportError[] };

export interface Planning {
  book: Book;
  names: NameBook;
  match: MatchKey;
  /** The contacts that rows of this file have made or matched so far, with the first such row. */
  touched: Map<string, number>;
}

const matchWords: Record<MatchKey, string> = { uid: 'UID', email: 'e-mail', phone: 'phone', name: 'name', none: 'name' };

/**
 * Decides on a row: create; update of the cells that the file fills and that differ; skip where none does; error for a
 * bad cell, for several contacts that match, and for a row that contradicts an earlier one about the same contact, so
 * that no row's values vanish under another's and the same file again changes nothing.
 */
export function planRow(planning: Planning, row: FileRow): Plan {
  if (row.errors.length > 0) return { action: 'error', errors: row.errors };
  const fields = resolveRow(planning, row);
  const found = matchRow(planning.book, row, planning.match, (target) => isSame(compare(planning, target, fields)));
  switch (found.kind) {
    case 'none':
      return planCreate(planning, fields);
    case 'several': {
      const message = `${found.count} contacts have this ${matchWords[found.key]}: the match is ambiguous.`;
      return { action: 'error', errors: [{ row: row.row, field: found.key, message }] };
    }
    case 'one':
      return planUpdate(planning, found.target, fields);
  }
}

/** A row whose members and projects are ids; names that the book does not know have gone to `extra`. */
interface ResolvedRow {
  row: FileRow;
  members: string[];
  projects: string[];
  extra: Record<string, unknown>;
  warnings: string[];
}

function resolveRow({ names }: Planning, row: FileRow): ResolvedRow {
  const kept = { members: namesIn(row.extra['members']), projects: namesIn(row.extra['projects']) };
  if (row.members.length + row.projects.length + kept.members.length + kept.projects.length === 0) {
    return { row, members: [], projects: [], extra: row.extra, warnings: row.warnings };
  }
  const extra = { ...row.extra };
  const warnings = [...row.warnings];
  const card = storedCard(extra);
  const resolved: LinkNames = { members: [], projects: [] };
  const resolve = (set: 'members' | 'projects') => {
    const { ids, known, unknown } = names.resolve(set, [...row[set], ...kept[set].map((name) => ({ name }))]);
    resolved[set] = known;
    // What a card says in a property of its own stays there.
    const inCard = new Set(card === undefined ? [] : row[set].map(({ name }) => name));
    const beside = unknown.filter((name) => !inCard.has(name));
    if (kept[set].length > 0) delete extra[set];
    if (beside.length > 0) extra[set] = [...new Set(beside)];
    if (unknown.length > 0) warnings.push(`${set}: ${[...new Set(unknown)].join(', ')} is not known here; kept beside the contact's fields.`);
    return ids;
  };
  const [members, projects] = [resolve('members'), resolve('projects')];
  if (card) extra['vcard'] = { ...card, properties: withoutLinks(card.properties, resolved) };
  return { row, members, projects, extra, warnings };
}

/** Names that an earlier import could not resolve, as it kept them. */
function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string' && name.trim() !== '') : [];
}

function planCreate({ book }: Planning, { row, members, projects, extra, warnings }: ResolvedRow): Plan {
  const { keys } = row;
  const asId = keys.uid === null ? undefined : uuid.safeParse(keys.uid).data;
  const id = asId !== undefined && book.isFree(asId) ? asId : undefined;
  const isKept = keys.uid === null || id !== undefined || sourceUidOf(extra) === keys.uid;
  const { tags, newTags } = splitTags(book, row.tags);
  const edits: Edits = {
    ...editsOfFields(Object.entries(row.values)),
    sets: { tags, members, projects },
    extra: isKept ? extra : { ...extra, uid: keys.uid },
  };
  // What was worked out beforehand holds for the row as it came.
  const prepared = edits.extra === row.extra ? row.prepared : null;
  return { action: 'create', planned: { edits, newTags, tagLooks: row.tagLooks, photo: row.photo, prepared }, id, warnings };
}

/** How a contact differs from what a row says of it. */
interface Comparison {
  values: [field: Field, old: unknown, value: unknown][];
  added: Record<SetField, string[]>;
  newTags: string[];
  extra: Record<string, unknown> | undefined;
  /** What of the contact's card stays beside values of the new one. */
  kept: string[];
  photo: boolean;
}

function compare({ book, names }: Planning, target: Target, { row, members, projects, extra }: ResolvedRow): Comparison {
  const { record } = target;
  const values = (Object.entries(row.values) as [Field, unknown][]).flatMap(([field, value]): Comparison['values'] => {
    const old = readField(record, field);
    return isSameValue(old, value) ? [] : [[field, old, value]];
  });
  const { tags, newTags } = splitTags(book, row.tags);
  // Compared by name: of two tags with one name a file cannot say which it means, and the contact's own will do.
  const missing = (set: SetField, ids: readonly string[]) => {
    const known = new Set(ids.length === 0 ? [] : target.idsOf(set).map((id) => names.label(set, id)));
    return ids.filter((id) => !known.has(names.label(set, id)));
  };
  const known = parseExtra(record);
  const merged = mergeExtra(known, extra, (version) => cardOf(target, version, names));
  const differs = merged.extra !== null && !isDeepStrictEqual(merged.extra, known);
  // The contact's own export says nothing new, though a reader of it may take another of its numbers for the first.
  const isOwn = (differs || values.length > 0) && isOwnCard(target, extra, row.photo, names);
  return {
    values: isOwn ? [] : values,
    added: { tags: missing('tags', tags), members: missing('members', members), projects: missing('projects', projects) },
    newTags,
    extra: differs && !isOwn ? (merged.extra ?? undefined) : undefined,
    kept: merged.kept,
    photo: row.photo !== undefined && row.photo.digest !== target.imageDigest(),
  };
}

/** Line breaks are written in different ways, which say nothing. */
function isSameValue(old: unknown, value: unknown): boolean {
  if (old === value) return true;
  const unified = (text: string) => text.replace(/\r\n?/g, '\n');
  return typeof old === 'string' && typeof value === 'string' && unified(old) === unified(value);
}

function isSame({ values, added, newTags, extra, photo }: Comparison): boolean {
  return values.length + newTags.length === 0 && Object.values(added).every((ids) => ids.length === 0) && !extra && !photo;
}

function planUpdate(planning: Planning, target: Target, resolved: ResolvedRow): Plan {
  const { row, warnings } = resolved;
  const comparison = compare(planning, target, resolved);
  const before = planning.touched.get(target.record.id);
  if (before !== undefined) {
    const fields = contradictedFields(target, comparison, resolved);
    if (fields.length > 0) {
      const message = `It is the same contact as row ${before}, but says something else of: ${fields.join(', ')}.`;
      return { action: 'error', errors: [{ row: row.row, ...(fields[0] === undefined ? {} : { field: fields[0] }), message }] };
    }
  }
  if (isSame(comparison)) {
    const reason = before === undefined ? 'The contact is already like this.' : `It is the same as row ${before}.`;
    return { action: 'skip', target, reason };
  }
  const { values, added, newTags, extra, photo, kept } = comparison;
  const sets = Object.fromEntries(
    (Object.entries(added) as [SetField, string[]][]).flatMap(([set, ids]) =>
      ids.length > 0 || (set === 'tags' && newTags.length > 0) ? [[set, [...target.idsOf(set), ...ids]]] : [],
    ),
  );
  const edits: Edits = {
    ...editsOfFields(values.map(([field, , value]) => [field, value])),
    sets,
    ...(extra ? { extra } : {}),
  };
  return {
    action: 'update',
    target,
    planned: { edits, newTags, tagLooks: row.tagLooks, photo: photo ? row.photo : undefined, prepared: null },
    changes: changesOf(planning, target, comparison),
    notes: extra && kept.length > 0 ? [`The contact keeps: ${kept.join('; ')}.`] : [],
    warnings,
  };
}

/** The fields that the contact has from an earlier row of the file and that this row has otherwise. */
function contradictedFields(target: Target, { values, photo }: Comparison, { extra }: ResolvedRow): string[] {
  const fields = values.filter(([, old]) => old !== null).map(([field]): string => field);
  fields.push(...contradictions(parseExtra(target.record), extra));
  if (photo && target.record.imageId !== null) fields.push('image');
  return fields;
}

function changesOf({ names }: Planning, target: Target, { values, added, newTags, extra, photo }: Comparison): Change[] {
  const changes = values.map(([field, old, value]): Change => ({ field, old, new: value }));
  for (const set of Object.keys(added) as SetField[]) {
    const fresh = [...added[set].map((id) => names.label(set, id)), ...(set === 'tags' ? newTags : [])];
    if (fresh.length === 0) continue;
    const old = target.idsOf(set).map((id) => names.label(set, id));
    changes.push({ field: set, old, new: [...old, ...fresh] });
  }
  if (extra) changes.push({ field: 'extra', old: parseExtra(target.record), new: extra });
  if (photo) changes.push({ field: 'image', old: target.record.imageId === null ? null : 'picture', new: 'new picture' });
  return changes;
}

/** The ids of tags that exist, and the names of those that do not, each once. */
function splitTags(book: Book, names: readonly string[]): { tags: string[]; newTags: string[] } {
  const tags = new Set<string>();
  const newTags: string[] = [];
  for (const name of names) {
    const id = book.tagId(name);
    if (id !== undefined) tags.add(id);
    else newTags.push(name);
  }
  return { tags: [...tags], newTags };
}
