import type { Employee, Project, SetField, Tag } from '../../shared/contact.ts';
import { authorship, type Profile } from '../contacts/record.ts';
import type { Store } from '../store/open.ts';
import { insertStatement, selectList } from '../store/rows.ts';
import { employee, project, tag } from '../store/schema.ts';

/** A small list kept in memory whole: a book has few tags, employees and projects, and they are read all the time. */
export interface List<E> {
  all: () => readonly E[];
  byNo: (no: number) => E | undefined;
  /** The number that joining tables use for an id; undefined for an unknown one. */
  noOf: (id: string) => number | undefined;
}

export interface Lists {
  tags: List<Tag>;
  members: List<Employee>;
  projects: List<Project>;
  /** Forgets what is in memory: after a change, and after a rollback. */
  refresh(): void;
}

/** The joining table of each set of a contact, and its column for the other side. */
export const joins = {
  tags: { table: 'contact_tag', other: 'tag_no' },
  members: { table: 'contact_member', other: 'employee_no' },
  projects: { table: 'contact_project', other: 'project_no' },
} as const satisfies Record<SetField, { table: string; other: string }>;

export const insertTag = insertStatement(tag, ['id', 'createdAt', 'updatedAt', 'name', 'color', 'textColor', 'icon', 'description']);
export const insertEmployee = insertStatement(employee, ['id', 'createdAt', 'updatedAt', 'userId', 'fullName', 'email']);
export const insertProject = insertStatement(project, ['id', 'createdAt', 'updatedAt', 'name']);

export function createLists(store: Store, profile: Profile): Lists {
  const standing = () => standingOf(profile);

  const tags = cached(() =>
    (store.db.prepare(`select ${selectList(tag)} from tag order by no`).all() as (typeof tag.$inferSelect)[]).map(
      ({ no, ...row }) => ({ no, entity: { ...standing(), isSystem: false, ...row } }),
    ),
  );
  const members = cached(() =>
    (store.db.prepare(`select ${selectList(employee)} from employee order by no`).all() as (typeof employee.$inferSelect)[]).map(
      ({ no, userId, email, ...row }) => ({ no, entity: { ...standing(), ...row, user: userOf(userId, row.fullName, email) } }),
    ),
  );
  const projects = cached(() =>
    (store.db.prepare(`select ${selectList(project)} from project order by no`).all() as (typeof project.$inferSelect)[]).map(
      ({ no, ...row }) => ({ no, entity: { ...standing(), code: null, ...row } }),
    ),
  );
  return {
    tags: tags.list,
    members: members.list,
    projects: projects.list,
    refresh() {
      tags.forget();
      members.forget();
      projects.forget();
    },
  };
}

/** What every entity of a list carries alike. */
export function standingOf(profile: Profile) {
  const { tenantId, organizationId } = profile;
  return { tenantId, organizationId, ...authorship(profile, {}), deletedAt: null, isActive: true, isArchived: false, archivedAt: null };
}

function userOf(id: string, fullName: string, email: string | null): Employee['user'] {
  const [firstName, ...rest] = fullName.trim().split(/\s+/);
  return { id, name: fullName, firstName: firstName ?? null, lastName: rest.join(' ') || null, email, imageUrl: null };
}

function cached<E extends { id: string }>(load: () => { no: number; entity: E }[]): { list: List<E>; forget(): void } {
  let memory: { all: E[]; byNo: Map<number, E>; noOf: Map<string, number> } | undefined;
  const read = () => {
    if (!memory) {
      const rows = load();
      memory = {
        all: rows.map((row) => row.entity),
        byNo: new Map(rows.map((row) => [row.no, row.entity])),
        noOf: new Map(rows.map((row) => [row.entity.id, row.no])),
      };
    }
    return memory;
  };
  return {
    list: {
      all: () => read().all,
      byNo: (no) => read().byNo.get(no),
      noOf: (id) => read().noOf.get(id),
    },
    forget() {
      memory = undefined;
    },
  };
}
