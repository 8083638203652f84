import { setFields, type SetField } from '../../shared/contact.ts';
import { tagKey } from '../../shared/tag-name.ts';
import { derivedColumns, parseExtra, type ContactRecord } from '../contacts/record.ts';
import { assign, blankRecord } from '../contacts/new-record.ts';
import type { Images } from '../images/images.ts';
import { storedDigest } from './live-book.ts';
import type { NameBook } from './name-book.ts';
import type { PlanFile, PlannedContact } from './plan-file.ts';
import type { StoredContacts } from './stored-contacts.ts';
import type { Book, PlannedEdits, Target } from './target.ts';

export interface DryBookDeps {
  contacts: StoredContacts;
  images: Images;
  names: NameBook;
  plan: PlanFile;
  region: string;
  idsOf: (record: ContactRecord, set: SetField) => string[];
  newId: () => string;
}

/** The book of a dry run: nothing is written but the plan, and what is planned is seen by the rows that follow. */
export function createDryBook({ contacts, images, names, plan, region, idsOf, newId }: DryBookDeps): Book {
  /** Tags that would be made, by their names as they are compared. */
  const madeTags = new Map<string, string>();

  const stored = (record: ContactRecord): Target => ({
    record,
    idsOf: (set) => idsOf(record, set),
    imageDigest: () => storedDigest(images, record),
  });
  const planned = ({ record, sets, imageDigest }: PlannedContact): Target => ({
    record,
    idsOf: (set) => sets[set],
    imageDigest: () => imageDigest,
  });
  /** What the plan says of a contact counts, not what the store still says. */
  const both = (inStore: ContactRecord[], inPlan: PlannedContact[]) => [
    ...inStore.filter(({ id }) => !plan.has(id)).map(stored),
    ...inPlan.map(planned),
  ];

  const tagId = (name: string) => names.tagId(name) ?? madeTags.get(tagKey(name));

  function makeTag(name: string): string {
    madeTags.set(tagKey(name), name);
    return name;
  }

  function write(base: ContactRecord, before: Target | undefined, { edits, newTags, photo }: PlannedEdits): string {
    const record = { ...base };
    assign(record, edits);
    Object.assign(record, derivedColumns(record, parseExtra(record), region));
    if (photo) record.imageId = photo.digest;
    const sets = Object.fromEntries(
      setFields.map((set) => [set, [...(edits.sets?.[set] ?? before?.idsOf(set) ?? [])]]),
    ) as Record<SetField, string[]>;
    for (const tag of newTags.map((name) => tagId(name) ?? makeTag(name))) if (!sets.tags.includes(tag)) sets.tags.push(tag);
    plan.putContact({ record, sets, imageDigest: photo ? photo.digest : (before?.imageDigest() ?? null) });
    return record.id;
  }

  return {
    byUid: (uid) => both(contacts.byUid(uid), plan.byUid(uid)),
    byKey: (key, value) => both(contacts.byKey(key, value), plan.byKey(key, value)),
    isFree: (id) => !contacts.hasId(id) && !plan.has(id),
    tagId,
    create: (edits, id = newId()) => write(blankRecord(id, '', ''), undefined, edits),
    update: (target, edits) => {
      write(target.record, target, edits);
    },
  };
}
