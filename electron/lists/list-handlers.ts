import type { Employee, Project, Tag } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { ListQuery } from '../../shared/operations/lists.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Profile } from '../contacts/record.ts';
import type { Counts, Step } from '../contacts/writer.ts';
import type { Store } from '../store/open.ts';
import type { DeletedTags } from './deleted-tags.ts';
import { insertEmployee, insertProject, insertTag, type List, type Lists } from './lists.ts';
import { select } from './select.ts';

export interface ListDeps {
  store: Store;
  lists: Lists;
  counts: Counts;
  deletedTags: DeletedTags;
  profile: Profile;
  now: () => string;
  newId: () => string;
  /** Tells the windows to read the lists again. */
  announce: () => void;
}

type Names =
  | 'tag.list' | 'tag.level' | 'tag.create' | 'tag.update' | 'tag.delete' | 'employee.list' | 'employee.members'
  | 'employee.create' | 'project.list' | 'project.create';

const defaultTake = 10;

export function listHandlers(deps: ListDeps): HandlersOf<Names> {
  const { store, lists, counts, deletedTags, profile, now, newId, announce } = deps;

  /** Writes to a list: what is in memory is read again afterwards, whether the writing went well or not. */
  function write<T>(work: () => T): T {
    try {
      return store.transaction(work);
    } finally {
      lists.refresh();
      announce();
    }
  }

  function checkScope(input: { tenantId?: string | null | undefined; organizationId?: string | null | undefined }): void {
    if (input.tenantId && input.tenantId !== profile.tenantId) throw new AppError('forbidden', 'Forbidden resource');
    if (input.organizationId && input.organizationId !== profile.organizationId) {
      throw new AppError('invalid', 'organizationId is not the organization of this book', [
        { field: 'organizationId', message: 'organizationId is not the organization of this book' },
      ]);
    }
  }

  function pageOf<E extends Tag | Employee | Project>(list: List<E>, input: ListQuery) {
    const all = select(list.all(), input, profile);
    const take = input.take ?? defaultTake;
    const start = take * ((input.skip ?? 1) - 1);
    return { items: all.slice(start, start + take), total: all.length };
  }

  function created<E>(list: List<E>, sql: string, values: Record<string, unknown> & { id: string }): E {
    const at = now();
    write(() => store.statement(sql).run({ createdAt: at, updatedAt: at, ...values }));
    return list.byNo(list.noOf(values.id) ?? 0) as E;
  }

  function tagNo(id: string): number {
    const no = lists.tags.noOf(id);
    if (no === undefined) throw new AppError('notFound', 'The requested record was not found');
    return no;
  }

  return {
    'tag.list'(input) {
      const uses = counts.tagUses();
      const items = select(lists.tags.all(), input, profile).map((tag) => ({
        ...tag,
        organization_contact_counter: uses.get(lists.tags.noOf(tag.id) ?? 0) ?? 0,
      }));
      return { items, total: items.length };
    },

    'tag.level'(input) {
      const items = select(lists.tags.all(), input, profile).map((tag) => ({ ...tag, fullIconUrl: tag.icon }));
      return { items, total: items.length };
    },

    'tag.create'(input) {
      checkScope(input);
      const { name, color, textColor = null, icon = null, description = null } = input;
      return created(lists.tags, insertTag, { id: newId(), name, color, textColor, icon, description });
    },

    'tag.update'({ id, ...input }) {
      checkScope(input);
      const no = tagNo(id);
      const before = lists.tags.byNo(no);
      const { name, color, textColor, icon, description } = { ...before, ...defined(input) };
      const isSame = (['name', 'color', 'textColor', 'icon', 'description'] as const).every(
        (field) => input[field] === undefined || input[field] === before?.[field],
      );
      if (isSame) return { generatedMaps: [], raw: [], affected: 1 };
      write(() =>
        store
          .statement('update tag set name = ?, color = ?, text_color = ?, icon = ?, description = ?, updated_at = ? where no = ?')
          .run(name, color, textColor, icon, description, now(), no),
      );
      return { generatedMaps: [], raw: [], affected: 1 };
    },

    async 'tag.delete'({ id, ...input }, { caller }) {
      checkScope(input);
      const no = lists.tags.noOf(id);
      if (no === undefined) return { raw: [], affected: 0 };
      const step: Step = {
        actor: caller.actor,
        label: `Deleted the tag ${lists.tags.byNo(no)?.name ?? ''}`,
        state: caller.kind === 'owner' ? 'done' : 'aside',
      };
      return { raw: [], affected: (await deletedTags.remove(step, id)) ? 1 : 0 };
    },

    'employee.list': (input) => pageOf(lists.members, input),

    'employee.members'(input) {
      const items = select(lists.members.all(), input, profile).map(({ id, fullName, user }) => ({ id, fullName, user }));
      return { items, total: items.length };
    },

    'employee.create'(input) {
      checkScope(input);
      return created(lists.members, insertEmployee, {
        id: newId(),
        userId: newId(),
        fullName: input.fullName.trim(),
        email: input.email ?? null,
      });
    },

    'project.list': (input) => pageOf(lists.projects, input),

    'project.create'(input) {
      checkScope(input);
      return created(lists.projects, insertProject, { id: newId(), name: input.name.trim() });
    },
  };
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>;
}
