import { setFields, type SetField } from '../../../shared/contact.ts';
import { AppError, assertNever, invalidField } from '../../../shared/errors.ts';
import type { ConflictChoice, SyncConflict } from '../../../shared/operations/sync.ts';
import { parseExtra, type ContactRecord } from '../../contacts/record.ts';
import type { ContactWriter, Edit, Step } from '../../contacts/writer.ts';
import type { Lists } from '../../lists/lists.ts';
import type { Store } from '../../store/open.ts';
import type { LocalSide } from '../local-side.ts';
import { syncedFields, valueOf, type SyncedField, type SyncedValue } from '../snapshot.ts';
import type { Conflict, Conflicts } from './conflicts.ts';
import { joinedNotes, withPhone } from './both.ts';
import type { Links } from './links.ts';
import type { MassDelete } from './mass-delete.ts';
import type { Outbox } from './outbox.ts';
import { personStep } from './person-step.ts';
import type { Projector } from './project.ts';

export interface ResolveDeps {
  store: Store;
  writer: ContactWriter;
  find: (contactId: string) => ContactRecord | undefined;
  lists: Lists;
  conflicts: Conflicts;
  links: Links;
  massDelete: MassDelete;
  outbox: Outbox;
  projector: Projector;
}

const both = ['mine', 'theirs', 'both'] as const;
const either = ['mine', 'theirs'] as const;

export function choicesOf({ kind, field }: Pick<Conflict, 'kind' | 'field'>): readonly ConflictChoice[] {
  if (kind === 'possibleDuplicate') return both;
  return kind !== 'massDelete' && (field === 'notes' || field === 'primaryPhone') ? both : either;
}

export function createResolve(deps: ResolveDeps): Pick<LocalSide, 'conflictIds' | 'conflicts' | 'resolve' | 'resolveMany' | 'reopen'> {
  const { store, writer, find, lists, conflicts, links, massDelete, outbox, projector } = deps;

  /** A value as a person reads it: of a set, the names. */
  function shownValue({ kind, field }: Conflict, value: unknown): unknown {
    if (kind === 'massDelete') return Array.isArray(value) ? value.length : value;
    if (!isSet(field) || !Array.isArray(value)) return value;
    return projector.localIds(field, value as string[]).map((id) => {
      const no = lists[field].noOf(id) ?? 0;
      return field === 'members' ? lists.members.byNo(no)?.fullName : lists[field].byNo(no)?.name;
    });
  }

  /** When a person or program last changed the field, or the contact, here. */
  function changedHereAt({ contactId, field }: Conflict): string | null {
    return store
      .statement(`select max(at) from journal where contact_id = ? and actor <> 'sync' and (? is null or field = ? or kind = 'created')`)
      .pluck()
      .get(contactId, field, field) as string | null;
  }

  function shown(conflict: Conflict): SyncConflict {
    const { id, contactId, kind, field, otherId, createdAt } = conflict;
    return {
      id, contactId, kind, field, otherId, createdAt,
      base: shownValue(conflict, conflict.base),
      mine: shownValue(conflict, conflict.mine),
      theirs: shownValue(conflict, conflict.theirs),
      name: contactId === null ? null : (find(contactId)?.name ?? null),
      otherName: otherId === null ? null : (find(otherId)?.name ?? null),
      theirsAt: (links.of(otherId ?? contactId ?? '')?.remoteUpdatedAt ?? '') || null,
      mineAt: contactId === null ? null : changedHereAt(conflict),
      choices: [...choicesOf(conflict)],
    };
  }

  /** Makes a field of the contact mine again: an ordinary edit, unless it is mine already and only was not sent. */
  function keepMine(edit: Edit, record: ContactRecord, field: string, value: unknown, theirs: unknown): void {
    if (isSet(field)) {
      const { snapshot } = projector.project(record, links.of(record.id) ?? null);
      const [mine, seen] = [value as string[], theirs as string[]];
      const wanted = [...snapshot.sets[field], ...mine].filter((id) => mine.includes(id) || !seen.includes(id));
      const to = { ...snapshot, sets: { ...snapshot.sets, [field]: [...new Set(wanted)] } };
      edit.update(record, projector.editsBetween(record, snapshot, to, new Set(), []));
      return;
    }
    const link = links.of(record.id);
    const synced = field as SyncedField;
    if (link && synced in link.heldHere) {
      const { [synced]: _held, ...heldHere } = link.heldHere;
      links.save({ ...link, heldHere });
      outbox.ensure(record.id);
    }
    const edits = projector.editOfField(synced, (value ?? null) as SyncedValue);
    if (edits) edit.update(record, edits);
  }

  /** Both values: notes one below the other, a phone as a further one. */
  function keepBoth(edit: Edit, record: ContactRecord, { field, mine }: Conflict): void {
    if (typeof mine !== 'string' || mine === '') return;
    if (field === 'notes') edit.update(record, { scalars: { notes: joinedNotes(record.notes, mine) } });
    else edit.update(record, { extra: withPhone(parseExtra(record), record.primaryPhone, mine) });
  }

  /** What I have and the server's contact has otherwise goes onto it; mine goes to the trash. */
  function join(edit: Edit, mine: ContactRecord, theirs: ContactRecord): void {
    const own = projector.project(mine, null).snapshot;
    const other = projector.project(theirs, links.of(theirs.id) ?? null).snapshot;
    const fillsOnly = new Set<SyncedField>(['imageId', 'extra', 'isActive', 'isArchived']);
    const values = { ...other.values };
    for (const field of syncedFields) {
      const value = own.values[field];
      if (value !== undefined && (!fillsOnly.has(field) || valueOf(other, field) === null)) values[field] = value;
    }
    const sets = Object.fromEntries(
      setFields.map((set) => [set, [...new Set([...other.sets[set], ...own.sets[set]])]]),
    ) as Record<SetField, string[]>;
    const edits = projector.editsBetween(theirs, other, { values, sets }, new Set(), []);
    const extra = theirs.extra === null && mine.extra !== null ? { extra: parseExtra(mine) } : {};
    edit.update(theirs, { ...edits, ...extra });
    edit.setDeleted(mine, true);
  }

  /** Does what the choice says. Nothing is done to a contact that is no longer in the book. */
  function carryOut(edit: Edit, conflict: Conflict, choice: ConflictChoice): void {
    const record = conflict.contactId === null ? undefined : edit.find(conflict.contactId);
    const live = record?.deletedAt === null ? record : undefined;
    const other = conflict.otherId === null ? undefined : edit.find(conflict.otherId);
    switch (conflict.kind) {
      case 'field':
      case 'overwritten':
        if (!live || conflict.field === null || choice === 'theirs') return;
        if (choice === 'both') return keepBoth(edit, live, conflict);
        return keepMine(edit, live, conflict.field, conflict.mine, conflict.theirs);
      case 'removed':
        if (record && choice === 'mine') edit.setDeleted(record, false);
        return;
      case 'editedHereDeletedThere':
        if (choice === 'mine') outbox.release(conflict.id);
        else if (live) edit.setDeleted(live, true);
        return;
      case 'deletedHereEditedThere':
        if (live && choice === 'mine') edit.setDeleted(live, true);
        return;
      case 'possibleDuplicate':
        if (choice === 'both' || !live || !other || other.deletedAt !== null) outbox.release(conflict.id);
        else if (choice === 'mine') join(edit, live, other);
        else edit.setDeleted(live, true);
        return;
      case 'massDelete':
        if (choice === 'mine') massDelete.keep(conflict);
        return;
      default:
        assertNever(conflict.kind);
    }
  }

  function labelOf({ kind, contactId, field }: Conflict, choice: ConflictChoice): string {
    const name = (contactId !== null && find(contactId)?.name) || 'a contact';
    if (kind === 'massDelete') return 'Answered what was deleted on the server';
    if (field === null) return `Answered what happened to ${name}`;
    return `Kept ${choice === 'both' ? 'both' : choice === 'mine' ? 'my' : "the server's"} ${wordOf(field)} of ${name}`;
  }

  function need(id: string): Conflict {
    const conflict = conflicts.get(id);
    if (!conflict) throw new AppError('notFound', 'There is no conflict with this id');
    if (conflict.resolvedAt !== null) throw new AppError('conflict', 'This conflict was already answered');
    return conflict;
  }

  function answer(edit: Edit, conflict: Conflict, choice: ConflictChoice): void {
    carryOut(edit, conflict, choice);
    conflicts.resolve(conflict.id, choice);
  }

  /** False where it makes no sense any more: the contact is in the trash, or its field is asked about again already. */
  function reopen(id: string): boolean {
    const conflict = conflicts.get(id);
    if (!conflict || conflict.choice === null) return false;
    const { contactId, kind, choice } = conflict;
    const record = contactId === null ? undefined : find(contactId);
    const isMoot = kind === 'massDelete' ? choice === 'mine' : !record || (kind !== 'removed' && record.deletedAt !== null);
    if (isMoot || conflicts.isAsked(conflict)) return false;
    conflicts.reopen(id);
    if (contactId !== null && (kind === 'editedHereDeletedThere' || kind === 'possibleDuplicate')) outbox.hold(contactId, id);
    return true;
  }

  return {
    conflictIds: () => conflicts.openIds(),
    conflicts(ids = conflicts.openIds()) {
      const items = ids.flatMap((id) => {
        const conflict = conflicts.get(id);
        return conflict?.resolvedAt === null ? [shown(conflict)] : [];
      });
      return { items, total: items.length };
    },

    resolve(id, choice, actor) {
      const conflict = need(id);
      const choices = choicesOf(conflict);
      if (!choices.includes(choice)) throw invalidField('choice', `must be one of: ${choices.join(', ')}`);
      const before = shown(conflict);
      writer.run(personStep(actor, labelOf(conflict, choice)), (edit) => answer(edit, conflict, choice));
      return before;
    },

    async resolveMany({ ids, kind, field }, choice, actor) {
      if (ids === undefined && kind === undefined) throw invalidField('ids', 'or kind must say which conflicts are meant');
      const wanted = ids && new Set(ids);
      const meant = conflicts
        .open()
        .filter((conflict) => (!wanted || wanted.has(conflict.id)) && (kind === undefined || conflict.kind === kind))
        .filter((conflict) => field === undefined || conflict.field === field)
        .filter((conflict) => choicesOf(conflict).includes(choice));
      const [only] = meant.length === 1 ? meant : [];
      const label = only ? labelOf(only, choice) : `Answered ${meant.length} conflicts`;
      const step: Step = { ...personStep(actor, label), sliced: true };
      let resolved = 0;
      await writer.each(step, meant, (edit, { id }) => {
        const conflict = conflicts.get(id);
        // A deletion above may have settled it.
        if (!conflict || conflict.resolvedAt !== null) return;
        answer(edit, conflict, choice);
        resolved += 1;
      });
      // An ordinary transaction, with which everything before it is on disk as well.
      store.transaction(() => store.statement('update sync_account set progress = progress').run());
      return { resolved, group: step.group?.id ?? null };
    },

    reopen(ids) {
      return store.transaction(() => ids.filter((id) => reopen(id)).length);
    },
  };
}

const isSet = (field: string | null): field is SetField => (setFields as readonly (string | null)[]).includes(field);

const words: Record<string, string> = {
  primaryEmail: 'e-mail', primaryPhone: 'phone', contactType: 'type', budgetType: 'budget type', inviteStatus: 'invitation',
  imageId: 'picture', imageUrl: 'picture', isActive: 'state', isArchived: 'state', extra: 'details',
};

/** A field in words: 'firstName' is 'first name'. */
function wordOf(field: string): string {
  return words[field] ?? field.replace('contact.', '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
