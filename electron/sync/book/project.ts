import { addressFields, scalarFields, setFields, type SetField } from '../../../shared/contact.ts';
import { editOf, readField, type Edits } from '../../contacts/edits.ts';
import type { ContactReader } from '../../contacts/reader.ts';
import { parseExtra, type ContactRecord } from '../../contacts/record.ts';
import type { Lists } from '../../lists/lists.ts';
import type { Dialect } from '../ports.ts';
import { sameValue, snapshotOf, syncedFields, valueOf, type Snapshot, type SyncedField, type SyncedValue } from '../snapshot.ts';
import type { Link } from './links.ts';
import type { Names } from './names.ts';
import type { Pictures } from './pictures.ts';

/** What stands in a snapshot for a tag or picture that the server does not have yet. */
const localPrefix = 'local:';
/** Ever Gauzy keeps budgets as integers of 32 bits. */
const maxBudget = 2_147_483_647;
/** Columns that hold a value always. */
const required = new Set<SyncedField>(['name', 'contactType', 'isActive', 'isArchived']);

export interface Projected {
  /** The contact as the server would hold it, and as it is compared. */
  snapshot: Snapshot;
  /** The same without regard to fields that stay as they are here (`heldHere`). */
  own: Snapshot;
}

/** Between contacts as they are here and snapshots in the server's ids. */
export interface Projector {
  project(record: ContactRecord, link: Link | null): Projected;
  /** A field's value here as it is, to be kept in a conflict: not rounded for the server, sets in the server's ids. */
  valueHere(record: ContactRecord, field: SyncedField): SyncedValue;
  /** The fields of a row that this book cannot hold as they are there. */
  strangeIn(snapshot: Snapshot, strange: readonly SyncedField[]): Set<SyncedField>;
  /** What to write here so that a contact projected as `from` becomes `to`; `always` are written even if they are the same. */
  editsBetween(record: ContactRecord, from: Snapshot, to: Snapshot, without: ReadonlySet<SyncedField>, always: readonly SyncedField[]): Edits;
  /** A whole new contact. */
  editsFor(snapshot: Snapshot, without: ReadonlySet<SyncedField>): Edits;
  /** The edit of one field to a value of a conflict. */
  editOfField(field: SyncedField, value: SyncedValue): Edits | null;
  /** The ids here of a set's ids there. */
  localIds(set: SetField, ids: readonly string[]): string[];
  /** Tags and the picture in a snapshot that are still to be made there. */
  missing(snapshot: Snapshot): { tags: string[]; image: string | null };
}

export interface ProjectorDeps {
  reader: Pick<ContactReader, 'links'>;
  lists: Lists;
  names: Pick<Names, 'remoteOf' | 'localOf'>;
  pictures: Pick<Pictures, 'remoteOf' | 'localOf' | 'has'>;
  dialect: () => Dialect;
}

export function createProjector({ reader, lists, names, pictures, dialect }: ProjectorDeps): Projector {
  const setIds = (record: ContactRecord, set: SetField): string[] =>
    (reader.links(set, [record.no]).get(record.no) ?? []).flatMap((no) => lists[set].byNo(no)?.id ?? []);

  /** Employees and projects that the server does not have cannot travel; a tag can be made there. */
  const remoteId = (set: SetField, id: string): string | undefined =>
    names.remoteOf(set, id) ?? (set === 'tags' ? `${localPrefix}${id}` : undefined);

  const remoteIds = (record: ContactRecord, set: SetField) => setIds(record, set).flatMap((id) => remoteId(set, id) ?? []);

  const imageOf = ({ imageId }: ContactRecord): string | null =>
    imageId === null ? null : (pictures.remoteOf(imageId) ?? (pictures.has(imageId) ? `${localPrefix}${imageId}` : null));

  function localImage(value: SyncedValue): string | undefined {
    if (typeof value !== 'string') return undefined;
    return value.startsWith(localPrefix) ? value.slice(localPrefix.length) : pictures.localOf(value);
  }

  const localIds = (set: SetField, ids: readonly string[]): string[] =>
    ids
      .flatMap((id) => (id.startsWith(localPrefix) ? id.slice(localPrefix.length) : (names.localOf(set, id) ?? [])))
      .filter((id) => lists[set].noOf(id) !== undefined);

  const travels = (field: SyncedField) => field !== 'extra' || dialect().server === 'fieldbook';

  function valueHere(record: ContactRecord, field: SyncedField): SyncedValue {
    if (field === 'imageId') return imageOf(record);
    if (field === 'extra') return parseExtra(record);
    return readField(record, field.replace('contact.', '') as Parameters<typeof readField>[1]);
  }

  function nearest(field: SyncedField, value: SyncedValue): SyncedValue {
    if (field !== 'budget' || typeof value !== 'number' || dialect().server === 'fieldbook') return value;
    return Math.max(-maxBudget - 1, Math.min(maxBudget, Math.round(value)));
  }

  return {
    valueHere,
    localIds,

    project(record, link) {
      const values = Object.fromEntries(
        syncedFields.map((field) => [field, travels(field) ? nearest(field, valueHere(record, field)) : null]),
      );
      const sets = Object.fromEntries(
        setFields.map((set) => {
          // What the server names and nobody could tell us is there all the same.
          const unknown = link?.base?.sets[set].filter((id) => names.localOf(set, id) === undefined) ?? [];
          return [set, [...remoteIds(record, set), ...unknown]];
        }),
      ) as Record<SetField, string[]>;
      const own = snapshotOf(values, sets);
      const kept: Snapshot['values'] = { ...own.values };
      for (const [field, value] of Object.entries(link?.heldHere ?? {}) as [SyncedField, SyncedValue][]) {
        if (!sameValue(valueOf(own, field), value)) continue;
        put(kept, field, link?.base ? valueOf(link.base, field) : null);
      }
      // While there is a picture the server makes its address itself.
      if (kept.imageId !== undefined) delete kept.imageUrl;
      return { own, snapshot: { values: kept, sets: own.sets } };
    },

    strangeIn(snapshot, strange) {
      const found = new Set(strange);
      const image = valueOf(snapshot, 'imageId');
      if (image !== null && localImage(image) === undefined) found.add('imageId');
      for (const field of required) if (valueOf(snapshot, field) === null) found.add(field);
      return found;
    },

    editsBetween(record, from, to, without, always) {
      let edits: Edits = {};
      for (const field of syncedFields) {
        const value = valueOf(to, field);
        if (without.has(field) || !travels(field)) continue;
        if (sameValue(valueOf(from, field), value) && !always.includes(field)) continue;
        edits = joined(edits, editOf(field, field === 'imageId' ? (localImage(value) ?? null) : value));
      }
      for (const set of setFields) {
        const had = new Set(from.sets[set]);
        const has = new Set(to.sets[set]);
        const added = to.sets[set].filter((id) => !had.has(id));
        const removed = from.sets[set].filter((id) => !has.has(id));
        if (added.length + removed.length === 0) continue;
        const stay = setIds(record, set).filter((id) => !removed.includes(remoteId(set, id) ?? ''));
        edits = joined(edits, { sets: { [set]: [...new Set([...stay, ...localIds(set, added)])] } });
      }
      return edits;
    },

    editsFor(snapshot, without) {
      const take = (field: SyncedField) => !without.has(field);
      const scalars = Object.fromEntries(scalarFields.filter(take).map((field) => [field, valueOf(snapshot, field)]));
      const address = Object.fromEntries(
        addressFields.flatMap((field) => {
          const value = snapshot.values[`contact.${field}`];
          return value === undefined || !take(`contact.${field}`) ? [] : [[field, value]];
        }),
      );
      const image = take('imageId') ? localImage(valueOf(snapshot, 'imageId')) : undefined;
      const extra = travels('extra') ? valueOf(snapshot, 'extra') : null;
      const edits: Edits = { scalars, address };
      const sets = setFields.flatMap((set) => (snapshot.sets[set].length === 0 ? [] : [[set, localIds(set, snapshot.sets[set])]]));
      if (sets.length > 0) edits.sets = Object.fromEntries(sets) as NonNullable<Edits['sets']>;
      if (image !== undefined) edits.imageId = image;
      if (extra !== null) edits.extra = extra as Record<string, unknown>;
      return edits;
    },

    editOfField(field, value) {
      if (required.has(field) && value === null) return null;
      if (field !== 'imageId') return editOf(field, value);
      const image = localImage(value);
      return value !== null && image === undefined ? null : editOf('imageId', image ?? null);
    },

    missing(snapshot) {
      const image = valueOf(snapshot, 'imageId');
      return {
        tags: snapshot.sets.tags.filter((id) => id.startsWith(localPrefix)).map((id) => id.slice(localPrefix.length)),
        image: typeof image === 'string' && image.startsWith(localPrefix) ? image.slice(localPrefix.length) : null,
      };
    },
  };
}

function put(values: Snapshot['values'], field: SyncedField, value: SyncedValue): void {
  if (value === null) delete values[field];
  else values[field] = value;
}

function joined(a: Edits, b: Edits): Edits {
  return {
    ...a,
    ...b,
    ...(a.scalars || b.scalars ? { scalars: { ...a.scalars, ...b.scalars } } : {}),
    ...(a.address || b.address ? { address: { ...a.address, ...b.address } } : {}),
    ...(a.sets || b.sets ? { sets: { ...a.sets, ...b.sets } } : {}),
  };
}
