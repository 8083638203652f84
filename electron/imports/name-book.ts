import type { SetField } from '../../shared/contact.ts';
import { tagKey } from '../../shared/tag-name.ts';
import type { Reference } from '../formats/import-record.ts';
import type { Lists } from '../lists/lists.ts';

/** Tags, members and projects by what files call them. */
export interface NameBook {
  /** A tag by its name in any case (see `tagKey`); the exact name comes first. */
  tagId(name: string): string | undefined;
  /** Members or projects by id or exact name, what the known ones are called in the file, and the unknown ones. */
  resolve(set: 'members' | 'projects', references: readonly Reference[]): { ids: string[]; known: string[]; unknown: string[] };
  /** What a tag, member or project of this id is called. */
  label(set: SetField, id: string): string;
  /** The names of tags in the order in which a contact is read and exported with them. */
  tagNames(ids: readonly string[]): string[];
}

/** A tag that a dry run would make comes after those there are. */
const unknownTag = Number.MAX_SAFE_INTEGER;

export function createNameBook(lists: Lists): NameBook {
  const tags = indexed(lists.tags, (tag) => [tag.name, tagKey(tag.name)]);
  const indexes = {
    members: indexed(lists.members, (member) => [member.fullName]),
    projects: indexed(lists.projects, (project) => [project.name]),
  };
  const nameOf = {
    tags: (no: number) => lists.tags.byNo(no)?.name,
    members: (no: number) => lists.members.byNo(no)?.fullName,
    projects: (no: number) => lists.projects.byNo(no)?.name,
  };
  const label = (set: SetField, id: string) => {
    const no = lists[set].noOf(id);
    return (no === undefined ? undefined : nameOf[set](no)) ?? id;
  };
  return {
    tagId: (name) => tags().get(name) ?? tags().get(tagKey(name)),
    resolve(set, references) {
      const ids = new Set<string>();
      const named: string[] = [];
      const unknown: string[] = [];
      for (const { id, name } of references) {
        const known = id !== undefined && lists[set].noOf(id) !== undefined ? id : name === undefined ? undefined : indexes[set]().get(name);
        if (known !== undefined) {
          ids.add(known);
          if (name !== undefined) named.push(name);
        } else unknown.push(name ?? id ?? '');
      }
      return { ids: [...ids], known: named, unknown };
    },
    label,
    tagNames: (ids) =>
      ids.toSorted((a, b) => (lists.tags.noOf(a) ?? unknownTag) - (lists.tags.noOf(b) ?? unknownTag)).map((id) => label('tags', id)),
  };
}

/** A list's ids by their names, made anew when the list was read again. */
function indexed<E extends { id: string }>(list: { all(): readonly E[] }, namesOf: (entity: E) => string[]): () => Map<string, string> {
  let seen: readonly E[] | undefined;
  let index = new Map<string, string>();
  return () => {
    const all = list.all();
    if (all === seen) return index;
    seen = all;
    index = new Map();
    for (const entity of all) for (const name of namesOf(entity)) if (!index.has(name)) index.set(name, entity.id);
    return index;
  };
}
