import type { Parsed } from '../../shared/operations/index.ts';
import { fold } from '../../shared/text.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { whereCondition, type Condition } from './filter.ts';
import type { Profile } from './record.ts';
import { liveness } from './totals.ts';

export interface ListDeps {
  store: Store;
  lists: Lists;
  profile: Profile;
}

type ListFilters = Pick<Parsed<'contact.page'>, 'query' | 'types' | 'tags' | 'members' | 'trash'>;

/** What the window's list is filtered by, besides being live or in the trash; in the trash a text narrows the names down. */
export function listCondition(input: ListFilters, lists: Lists, profile: Profile): Condition {
  const linked = whereCondition([{ tags: input.tags, members: input.members }].map(dropEmpty), lists, profile);
  const parts = [linked.sql];
  const values = [...linked.values];
  if (input.types?.length) {
    parts.push(`contact_type in (${input.types.map(() => '?').join(', ')})`);
    values.push(...input.types);
  }
  const text = input.query?.trim() ?? '';
  if (text !== '') {
    parts.push('instr(sort_name, ?) > 0');
    values.push(fold(text));
  }
  const meaningful = parts.filter((part) => part !== '(1)' && part !== '1');
  return { sql: meaningful.length > 0 ? meaningful.join(' and ') : '1', values, linked: linked.linked };
}

/** The whole condition of the list. */
export function whereInList(input: ListFilters, lists: Lists, profile: Profile): Condition {
  const { sql, values } = listCondition(input, lists, profile);
  return { sql: `${liveness[input.trash ? 'trashed' : 'live']} and (${sql})`, values };
}

function dropEmpty(sets: { tags: string[] | undefined; members: string[] | undefined }): { tags?: string[]; members?: string[] } {
  return {
    ...(sets.tags?.length ? { tags: sets.tags } : {}),
    ...(sets.members?.length ? { members: sets.members } : {}),
  };
}
