import { setFields, type SetField } from '../../shared/contact.ts';
import type { UndoResult } from '../../shared/operations/book.ts';
import { editOf, readField, type JournalField } from '../contacts/edits.ts';
import { parseExtra, type ContactRecord } from '../contacts/record.ts';
import type { ContactWriter, Edit, Step } from '../contacts/writer.ts';
import { tagOf, type DeletedTags } from '../lists/deleted-tags.ts';
import type { Group, Journal, StoredEntry } from './journal.ts';

type Kept = UndoResult['kept'][number];

/** How many fields left alone are listed; the rest are many of the same. */
const maxKept = 1000;
const readAhead = 500;

export interface Undo {
  /** Takes a group back in the actor's name, as a new group of the state, except fields edited since. */
  revert(group: Group, actor: string, state: 'aside' | 'done', label: string): Promise<UndoResult>;
}

/** Undo is made of new changes: it is itself in the journal, and travels like any edit. */
export function createUndo(journal: Journal, writer: ContactWriter, deletedTags: DeletedTags): Undo {
  return {
    async revert(group, actor, state, label) {
      const step: Step = { actor, label, state, inverseOf: group.id };
      const kept: Kept[] = [];
      const contacts = new Set<string>();
      const tagsToDelete: string[] = [];
      let before = Number.MAX_SAFE_INTEGER;
      for (;;) {
        const entries = journal.entriesBefore(group, before, readAhead);
        if (entries.length === 0) break;
        before = entries.at(-1)?.seq ?? 0;
        step.sliced ??= entries.length === readAhead;
        const ofContacts: StoredEntry[] = [];
        for (const entry of entries) {
          const tag = tagOf(entry);
          if (tag === null) ofContacts.push(entry);
          else if ('deleted' in tag) deletedTags.restore(step, tag.deleted);
          else tagsToDelete.push(tag.restored.id);
        }
        await writer.each(step, ofContacts, (edit, entry) => {
          // A contact made by the group goes, whatever was done to it since; but that is said.
          const isEdited = entry.kind === 'created' && journal.isEditedSince(entry, [group, ...present([edit.group(), step.group])]);
          const name = isEdited ? edit.find(entry.contactId)?.name : undefined;
          if (name !== undefined && kept.length < maxKept) kept.push({ contactId: entry.contactId, name, field: 'contact' });
          const outcome = revertEntry(edit, entry);
          if (outcome === 'done') contacts.add(entry.contactId);
          else if (outcome && kept.length < maxKept) kept.push(outcome);
        });
      }
      for (const id of tagsToDelete) await deletedTags.remove(step, id);
      // An ordinary transaction, with which everything before it is on disk as well.
      if (step.sliced && step.group) journal.setState(step.group, state);
      return { group: step.group?.id ?? null, label, contacts: contacts.size, kept };
    },
  };
}

const present = <T>(values: readonly (T | undefined)[]) => values.filter((value) => value !== undefined);

/** 'done', or what was left alone, or null where there is nothing to take back. */
function revertEntry(edit: Edit, entry: StoredEntry): 'done' | Kept | null {
  const record = edit.find(entry.contactId);
  if (!record) return entry.kind === 'purged' ? null : { contactId: entry.contactId, name: null, field: entry.field ?? 'contact' };
  switch (entry.kind) {
    case 'created':
    case 'restored':
      return edit.setDeleted(record, true) === record ? null : 'done';
    case 'deleted':
      return edit.setDeleted(record, false) === record ? null : 'done';
    case 'purged':
      return null;
    case 'updated': {
      const field = entry.field as JournalField;
      const current = currentValue(edit, record, field);
      if (same(current, entry.old)) return null;
      if (!same(current, entry.new)) return { contactId: record.id, name: record.name, field };
      const old = isSet(field) ? edit.known(field, (entry.old ?? []) as string[]) : entry.old;
      edit.update(record, editOf(field, old));
      return 'done';
    }
  }
}

function currentValue(edit: Edit, record: ContactRecord, field: JournalField): unknown {
  if (isSet(field)) return edit.idsOf(record, field);
  if (field === 'extra') return parseExtra(record);
  if (field === 'imageId' || field === 'deletedAt') return record[field];
  const name = field.startsWith('contact.') ? field.slice('contact.'.length) : field;
  return readField(record, name as Parameters<typeof readField>[1]);
}

const isSet = (field: JournalField): field is SetField => (setFields as readonly string[]).includes(field);

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
