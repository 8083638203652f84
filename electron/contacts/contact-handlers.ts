import type { ContactChanges } from '../../shared/contact.ts';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Output } from '../../shared/operations/index.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Journal } from '../journal/journal.ts';
import type { Lists } from '../lists/lists.ts';
import type { Slices, Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { editsFrom } from './edits.ts';
import { matches } from './if-match.ts';
import { createListPlace } from './list-place.ts';
import { createMatchReasons } from './match-reason.ts';
import { createMatching } from './matching.ts';
import type { ContactReader } from './reader.ts';
import type { ContactRecord, Profile } from './record.ts';
import { fullPage, type Search } from './search.ts';
import { createContactPage } from './page.ts';
import { queryHandlers } from './query-handlers.ts';
import type { Totals } from './totals.ts';
import type { ContactWriter, Counts, Edit, Step } from './writer.ts';

export interface ContactDeps {
  store: Store;
  lists: Lists;
  journal: Journal;
  reader: ContactReader;
  writer: ContactWriter;
  search: Search;
  totals: Totals;
  counts: Counts;
  slices: Slices & Turns;
  profile: Profile;
  images: { has(id: string): boolean };
}

type Names =
  | 'contact.find' | 'contact.paginate' | 'contact.count' | 'contact.ofEmployee' | 'contact.search' | 'contact.get'
  | 'contact.history' | 'contact.create' | 'contact.assign' | 'contact.update' | 'contact.delete' | 'contact.softDelete'
  | 'contact.recover' | 'contact.page' | 'contact.place' | 'contact.deleteMany' | 'contact.recoverMany' | 'contact.changeMany' | 'contact.purge';

const defaultSearchLimit = 20;
const countedMatches = 1000;
const purgedAtOnce = 500;

export function contactHandlers(deps: ContactDeps): HandlersOf<Names> {
  const { store, lists, journal, reader, writer, search, totals, slices, profile, images } = deps;
  const matching = createMatching(deps);
  const listPage = createContactPage({ ...deps, matching });
  const withReasons = createMatchReasons(reader, lists);

  const step = (caller: Caller, label: string): Step => ({
    actor: caller.actor,
    label,
    state: caller.kind === 'owner' ? 'done' : 'aside',
  });

  function live(id: string): ContactRecord {
    const record = reader.find(id);
    if (!record || record.deletedAt !== null) throw new AppError('notFound', 'The requested record was not found');
    return record;
  }

  /** Reads, compares and writes in one transaction, so that nothing comes between the check and the change. */
  function change(
    caller: Caller,
    verb: string,
    id: string,
    ifMatch: string | undefined,
    work: (edit: Edit, record: ContactRecord) => ContactRecord,
    needs: 'live' | 'any' = 'live',
  ): ContactRecord {
    const seen = reader.find(id);
    return writer.run(step(caller, `${verb} ${seen?.name ?? ''}`), (edit) => {
      const record = edit.find(id);
      const usable = record && (needs === 'any' || record.deletedAt === null);
      if (ifMatch !== undefined && !(usable && matches(ifMatch, record.rev))) {
        throw new AppError('stale', 'The contact was changed since it was read');
      }
      if (!usable) throw new AppError('notFound', 'The requested record was not found');
      return work(edit, record);
    });
  }

  async function changeAll(caller: Caller, label: string, ids: readonly string[], work: (edit: Edit, record: ContactRecord) => ContactRecord) {
    const doing = step(caller, label);
    let affected = 0;
    await writer.each(doing, ids, (edit, id) => {
      const record = edit.find(id);
      if (record && work(edit, record) !== record) affected += 1;
    });
    return { group: doing.group?.id ?? null, affected };
  }

  function checkScope(input: { tenantId?: string | null | undefined; organizationId?: string | null | undefined }): void {
    if (input.tenantId && input.tenantId !== profile.tenantId) throw new AppError('forbidden', 'Forbidden resource');
    if (input.organizationId && input.organizationId !== profile.organizationId) {
      throw invalidField('organizationId', 'is not the organization of this book');
    }
  }

  function check(changes: ContactChanges): void {
    checkScope(changes);
    if (changes.imageId && !images.has(changes.imageId)) throw invalidField('imageId', 'must be a known image');
  }

  function create(caller: Caller, id: string | undefined, changes: ContactChanges): ContactRecord {
    check(changes);
    const existing = id === undefined ? undefined : reader.find(id);
    if (existing?.deletedAt) throw new AppError('conflict', 'A contact with this id is in the trash');
    if (existing) return change(caller, 'Edited', existing.id, undefined, (edit, record) => edit.update(record, editsFrom(changes)));
    return writer.run(step(caller, `Created ${changes.name ?? ''}`), (edit) => edit.create(editsFrom(changes), id));
  }

  /** A create or a re-POST answers with the relations it set. */
  const written = (record: ContactRecord, changes: ContactChanges) =>
    reader.entity(record, [
      ...(['tags', 'members', 'projects'] as const).filter((set) => changes[set]),
      ...(changes.contact ? (['contact'] as const) : []),
    ]);

  return {
    ...queryHandlers({ ...deps, matching }),

    async 'contact.search'(input) {
      const query = {
        text: input.q ?? '',
        types: input.contactType && [input.contactType],
        tags: input.tag === undefined ? undefined : [input.tag],
        members: input.member === undefined ? undefined : [input.member],
      };
      const limit = input.limit ?? defaultSearchLimit;
      const relations = ['contact', 'tags', 'members'] as const;
      const unfiltered = query.text.trim() === '' && !query.types && !query.tags && !query.members;
      const place = input.cursor === undefined ? null : readCursor(query, input.cursor, 'cursor');
      const [tier, key, no] = place ?? [];
      if (place && (typeof tier !== 'number' || typeof key !== 'string' || typeof no !== 'number')) {
        throw invalidField('cursor', 'is not a cursor');
      }
      const after = place ? { tier: Number(tier), key: String(key), no: Number(no) } : null;
      const { nos, next } = unfiltered ? search.everything(after, limit) : await fullPage(search, slices, query, after, limit);
      const total = unfiltered ? totals({ sql: '1', values: [] }, 'live') : search.count(query, countedMatches);
      return {
        items: reader.entities(reader.byNos(nos), relations),
        ...(total === null ? {} : { total }),
        nextCursor: next && writeCursor(query, [next.tier, next.key, next.no]),
      };
    },

    'contact.get'({ id, data, withDeleted }) {
      // What programs ask most, a contact as it is, takes the shortest way.
      const plain = data?.relations === undefined ? reader.live(id) : undefined;
      if (plain) return plain;
      const record = (withDeleted ? reader.find(id) : undefined) ?? live(id);
      return reader.entity(record, data?.relations);
    },

    'contact.history'(input) {
      const { items, total } = journal.history(input.id, input.limit ?? 1000);
      if (total === 0 && !reader.find(input.id)) throw new AppError('notFound', 'The requested record was not found');
      return { items, total };
    },

    'contact.create': ({ id, ...changes }, { caller }) => written(create(caller, id ?? undefined, changes), changes),

    'contact.update'({ id, ifMatch, ...changes }, { caller }) {
      check(changes);
      const record = change(caller, 'Edited', id, ifMatch, (edit, current) => edit.update(current, editsFrom(changes)));
      return reader.entity(record);
    },

    async 'contact.assign'(input, { caller }) {
      checkScope(input);
      const member = input.member.id;
      if (lists.members.noOf(member) === undefined) throw invalidField('member', `has an unknown id: ${member}`);
      for (const field of ['addedEntityIds', 'removedEntityIds'] as const) {
        const unknown = input[field]?.find((id) => reader.find(id)?.deletedAt !== null);
        if (unknown !== undefined) throw invalidField(field, `has an unknown id: ${unknown}`);
      }
      const ids = [...new Set([...(input.addedEntityIds ?? []), ...(input.removedEntityIds ?? [])])];
      const removed = new Set(input.removedEntityIds ?? []);
      await changeAll(caller, `Changed the members of ${ids.length} contacts`, ids, (edit, record) => {
        const others = edit.idsOf(record, 'members').filter((id) => id !== member);
        return edit.update(record, { sets: { members: removed.has(record.id) ? others : [...others, member] } });
      });
      return true as const;
    },

    'contact.delete'({ id, ifMatch, ...scope }, { caller }) {
      checkScope(scope);
      const record = reader.find(id);
      if (ifMatch === undefined && (!record || record.deletedAt !== null)) return { raw: [], affected: 0 };
      change(caller, 'Deleted', id, ifMatch, (edit, current) => edit.setDeleted(current, true));
      return { raw: [], affected: 1 };
    },

    'contact.softDelete': ({ id, ifMatch, ...scope }, { caller }) => {
      checkScope(scope);
      return reader.entity(change(caller, 'Deleted', id, ifMatch, (edit, current) => edit.setDeleted(current, true)));
    },

    'contact.recover': ({ id, ifMatch, ...scope }, { caller }) => {
      checkScope(scope);
      return reader.entity(change(caller, 'Restored', id, ifMatch, (edit, current) => edit.setDeleted(current, false), 'any'));
    },

    'contact.page'(input) {
      const { query = '', trash } = input;
      const found = listPage(input);
      if (trash || query.trim() === '') return found;
      const explained = (page: Output<'contact.page'>) => ({ ...page, items: withReasons(page.items, query) });
      return found instanceof Promise ? found.then(explained) : explained(found);
    },
    'contact.place': createListPlace({ ...deps, matching }),

    'contact.deleteMany': ({ ids }, { caller }) =>
      changeAll(caller, label('Deleted', ids, reader), ids, (edit, record) => edit.setDeleted(record, true)),

    'contact.recoverMany': ({ ids }, { caller }) =>
      changeAll(caller, label('Restored', ids, reader), ids, (edit, record) => edit.setDeleted(record, false)),

    'contact.changeMany'({ ids, contactType, ...sets }, { caller }) {
      const merge = (edit: Edit, record: ContactRecord, set: 'tags' | 'members', add?: { id: string }[] | null, take?: { id: string }[] | null) => {
        const taken = new Set(take?.map(({ id }) => id));
        return [...new Set([...edit.idsOf(record, set), ...(add ?? []).map(({ id }) => id)])].filter((id) => !taken.has(id));
      };
      return changeAll(caller, label('Edited', ids, reader), ids, (edit, record) =>
        edit.update(record, {
          ...(contactType ? { scalars: { contactType } } : {}),
          sets: {
            ...(sets.addTags || sets.removeTags ? { tags: merge(edit, record, 'tags', sets.addTags, sets.removeTags) } : {}),
            ...(sets.addMembers || sets.removeMembers ? { members: merge(edit, record, 'members', sets.addMembers, sets.removeMembers) } : {}),
          },
        }),
      );
    },

    async 'contact.purge'({ ids }, { caller }): Promise<Output<'contact.purge'>> {
      const doing: Step = { actor: caller.actor, label: 'Emptied the trash', state: 'aside' };
      // All of them before the first, as what is erased in a slice stays erased.
      await slices.each(ids ?? [], (part) => {
        for (const id of part()) {
          const record = reader.find(id);
          if (record?.deletedAt === null) throw new AppError('conflict', `${record.name} is not in the trash`);
        }
      });
      const trashed = () =>
        ids ?? (store.statement('select id from contact where deleted_at is not null limit ?').pluck().all(purgedAtOnce) as string[]);
      let affected = 0;
      for (let batch = trashed(); batch.length > 0; batch = ids ? [] : trashed()) {
        await writer.each(doing, batch, (edit, id) => {
          const record = edit.find(id);
          // Somebody may have taken it out of the trash since.
          if (!record?.deletedAt) return;
          edit.purge(record);
          affected += 1;
        });
      }
      return { affected };
    },
  };
}

function label(verb: string, ids: readonly string[], reader: ContactReader): string {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? `${verb} ${reader.find(only)?.name ?? ''}` : `${verb} ${ids.length} contacts`;
}
