import type { ContactType } from '../../shared/contact.ts';
import { digitsOf, fold } from '../../shared/text.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { mark, words } from './search-tokens.ts';

/** What to look for. `tags` and `members` are alternatives within each; unknown ids find nothing. */
export interface SearchQuery {
  text: string;
  types?: readonly ContactType[] | undefined;
  tags?: readonly string[] | undefined;
  members?: readonly string[] | undefined;
}

/** Where a search goes on: the tier of the ranking and the last key in it. */
export interface SearchPlace {
  tier: number;
  key: string;
  no: number;
}

export interface SearchPage {
  nos: number[];
  next: SearchPlace | null;
}

/**
 * Ranked search in three tiers, each read in the order of an index, so that a page costs the same however much
 * matches: names that begin with the text, then names with a word beginning with each word of the text,
 * then contacts with such words anywhere. No text is a syntax error.
 */
export interface Search {
  page(query: SearchQuery, after: SearchPlace | null, limit: number): SearchPage;
  /** Every live contact by name: what a search without a text shows. */
  everything(after: SearchPlace | null, limit: number): SearchPage;
  /** The numbers of all that match, in no order, or null when more than `upTo` do. */
  all(query: SearchQuery, upTo: number): number[] | null;
  /** How many match, or null when more than `upTo` do. */
  count(query: SearchQuery, upTo: number): number | null;
}

const maxTerms = 16;
const maxTagsOfTerm = 20;
const phonePattern = /[+(]?\d[\d\s()./-]*\d/g;
const lastCharacter = '\u{10ffff}';

interface Plan {
  /** Folded text that the name may begin with; null where filters or several words make the index useless. */
  prefix: string | null;
  inName: string | null;
  anywhere: string | null;
  /** The words of the text, to know a name that an earlier tier has shown. */
  terms: string[];
}

export function createSearch(store: Store, lists: Lists): Search {
  const { db } = store;
  const byPrefix = db.prepare(
    `select no, sort_name as sortName from contact
     where deleted_at is null and sort_name >= ? and sort_name < ? and (sort_name, no) > (?, ?)
     order by sort_name, no limit ?`,
  );
  const byWords = db.prepare(
    `select s.rowid as no, c.sort_name as sortName, c.name as name from contact_search s join contact c on c.no = s.rowid
     where s.contact_search match ? and s.rowid > ? order by s.rowid limit ?`,
  );
  const matching = db.prepare('select rowid from contact_search where contact_search match ? limit ?').pluck();
  const counting = db
    .prepare('select count(*) from (select rowid from contact_search where contact_search match ? limit ?)')
    .pluck();

  function plan(query: SearchQuery): Plan {
    const terms = words(query.text).slice(0, maxTerms);
    const filters = filterExpressions(query, lists);
    if (terms.length === 0 && filters.length === 0) return { prefix: null, inName: null, anywhere: null, terms };
    const { expression: phones, rest } = phoneExpression(query.text);
    const plain = words(rest).slice(0, maxTerms);
    const inName = terms.length > 0 ? [...terms.map((term) => prefixOf(mark.name + term)), ...filters].join(' AND ') : null;
    const anywhere = [...phones, ...plain.map((term) => anyField(term, lists)), ...filters].join(' AND ');
    const prefix = filters.length === 0 && terms.length > 0 ? fold(query.text).trim().replace(/\s+/g, ' ') : null;
    return { prefix, inName, anywhere: anywhere === '' ? null : anywhere, terms };
  }

  return {
    everything(after, limit) {
      const hits = byPrefix.all('', lastCharacter, after?.key ?? '', after?.no ?? 0, limit) as Hit[];
      const last = hits.at(-1);
      const next = last && hits.length === limit ? { tier: 0, key: last.sortName, no: last.no } : null;
      return { nos: hits.map(({ no }) => no), next };
    },

    all(query, upTo) {
      const { anywhere } = plan(query);
      if (anywhere === null) return [];
      const nos = matching.all(anywhere, upTo + 1) as number[];
      return nos.length > upTo ? null : nos;
    },

    count(query, upTo) {
      const { anywhere } = plan(query);
      if (anywhere === null) return 0;
      const found = counting.get(anywhere, upTo + 1) as number;
      return found > upTo ? null : found;
    },

    page(query, after, limit) {
      const { prefix, inName, anywhere, terms } = plan(query);
      const nos: number[] = [];
      let place: SearchPlace = after ?? { tier: 0, key: '', no: 0 };

      if (place.tier === 0 && prefix !== null) {
        const rows = byPrefix.all(prefix, prefix + lastCharacter, place.key, place.no, limit) as Hit[];
        for (const row of rows) nos.push(row.no);
        const last = rows.at(-1);
        if (last && rows.length === limit) return { nos, next: { tier: 0, key: last.sortName, no: last.no } };
      }
      if (place.tier === 0) place = { tier: 1, key: '', no: 0 };

      const tiers: [number, string | null, (hit: NamedHit) => boolean][] = [
        [1, inName, (hit) => prefix !== null && hit.sortName.startsWith(prefix)],
        [2, anywhere, (hit) => inName !== null && (namedBy(hit.name, terms) || (prefix !== null && hit.sortName.startsWith(prefix)))],
      ];
      for (const [tier, expression, shownBefore] of tiers) {
        if (tier < place.tier || expression === null) continue;
        let no = tier === place.tier ? place.no : 0;
        for (;;) {
          const rows = byWords.all(expression, no, limit) as NamedHit[];
          for (const row of rows) {
            no = row.no;
            if (shownBefore(row)) continue;
            nos.push(row.no);
            if (nos.length === limit) return { nos, next: { tier, key: '', no } };
          }
          if (rows.length < limit) break;
        }
      }
      return { nos, next: null };
    },
  };
}

interface Hit {
  no: number;
  sortName: string;
}
interface NamedHit extends Hit {
  name: string;
}

/** A quoted token that may go on: user text never reaches the query language of FTS5 bare. */
function prefixOf(token: string): string {
  return `"${token.replaceAll('"', '""')}"*`;
}

const exactly = (token: string) => `"${token.replaceAll('"', '""')}"`;

/** A term as a word of any field, or of the name of a tag, member or project that the contact is linked with. */
function anyField(term: string, lists: Lists): string {
  const linked: string[] = [];
  const collect = (entities: readonly { id: string }[], label: (index: number) => string, sign: string, noOf: (id: string) => number | undefined) => {
    for (const [index, entity] of entities.entries()) {
      if (linked.length >= maxTagsOfTerm) return;
      if (words(label(index)).some((word) => word.startsWith(term))) linked.push(exactly(`${sign}${noOf(entity.id)}`));
    }
  };
  if (term.length > 1) {
    const tags = lists.tags.all();
    const members = lists.members.all();
    const projects = lists.projects.all();
    collect(tags, (index) => tags[index]?.name ?? '', mark.tag, lists.tags.noOf);
    collect(members, (index) => members[index]?.fullName ?? '', mark.member, lists.members.noOf);
    collect(projects, (index) => projects[index]?.name ?? '', mark.project, lists.projects.noOf);
  }
  return linked.length === 0 ? prefixOf(term) : `(${[prefixOf(term), ...linked].join(' OR ')})`;
}

/**
 * Digits typed with blanks, brackets or dashes may be one phone: they are looked for joined as well as apart.
 * `rest` is the text without them.
 */
function phoneExpression(text: string): { expression: string[]; rest: string } {
  const expression: string[] = [];
  const rest = text.normalize('NFKC').replace(phonePattern, (found) => {
    const groups = found.match(/\d+/g) ?? [];
    if (groups.length < 2 && !found.startsWith('+')) return found;
    const joined = digitsOf(found).replace(/^00/, '');
    expression.push(`(${prefixOf(joined)} OR (${groups.map(prefixOf).join(' AND ')}))`);
    return ' ';
  });
  return { expression, rest };
}

function filterExpressions(query: SearchQuery, lists: Lists): string[] {
  const anyOf = (tokens: string[]) => `(${tokens.join(' OR ')})`;
  const linked = (ids: readonly string[], sign: string, noOf: (id: string) => number | undefined) =>
    anyOf(ids.map((id) => exactly(`${sign}${noOf(id) ?? 'none'}`)));
  const expressions: string[] = [];
  if (query.types?.length) expressions.push(anyOf(query.types.map((type) => exactly(mark.type + type.toLowerCase()))));
  if (query.tags?.length) expressions.push(linked(query.tags, mark.tag, lists.tags.noOf));
  if (query.members?.length) expressions.push(linked(query.members, mark.member, lists.members.noOf));
  return expressions;
}

function namedBy(name: string, terms: readonly string[]): boolean {
  const nameWords = words(name);
  return terms.every((term) => nameWords.some((word) => word.startsWith(term)));
}
