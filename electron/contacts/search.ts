import type { ContactType } from '../../shared/contact.ts';
import { digitsOf, fold } from '../../shared/text.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import type { Turns } from '../store/slices.ts';
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

/** `next` is null at the end. Before it, a page may have fewer numbers than asked for: `fullPage` goes on. */
export interface SearchPage {
  nos: number[];
  next: SearchPlace | null;
}

/**
 * Ranked search in three tiers, each read in the order of an index, so that a page costs the same however much
 * matches: names that begin with the text, then names with a word beginning with each word of the text,
 * then contacts with such words anywhere. No text is a syntax error. A text without any letter or digit, '😀' or '₿', is
 * looked for at the beginning of names.
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
/** So many contacts a page may look at before it gives what it has found: one tier leaves out what another has shown. */
const lookedAtAtOnce = 1000;
const readAtOnce = 100;
const maxTagsOfTerm = 20;
const phonePattern = /[+(]?\d[\d\s()./-]*\d/g;
const lastCharacter = '\u{10ffff}';

interface Plan {
  /** Folded text that the name may begin with; null where there is none, and where filters make its index useless. */
  prefix: string | null;
  inName: string | null;
  anywhere: string | null;
  /** What else a contact must match that is found by its prefix; null for nothing. */
  filters: string | null;
}

export function createSearch(store: Store, lists: Lists): Search {
  const { db } = store;
  const byPrefix = db.prepare(
    `select no, sort_name as sortName from contact
     where deleted_at is null and sort_name >= ? and sort_name < ? and (sort_name, no) > (?, ?)
     order by sort_name, no limit ?`,
  );
  const prefixRange = 'deleted_at is null and sort_name >= ? and sort_name < ?';
  const passing = 'exists (select 1 from contact_search where rowid = contact.no and contact_search match ?)';
  const byPrefixAnd = db.prepare(
    `select no, sort_name as sortName from contact where ${prefixRange} and (sort_name, no) > (?, ?) and ${passing} order by sort_name, no limit ?`,
  );
  const withPrefix = db.prepare(`select no from contact where ${prefixRange} limit ?`).pluck();
  const withPrefixAnd = db.prepare(`select no from contact where ${prefixRange} and ${passing} limit ?`).pluck();
  const byWords = db.prepare(
    `select s.rowid as no, c.sort_name as sortName from contact_search s join contact c on c.no = s.rowid
     where s.contact_search match ? and s.rowid > ? order by s.rowid limit ?`,
  );
  const matching = db.prepare('select rowid from contact_search where contact_search match ? limit ?').pluck();
  const counting = db
    .prepare('select count(*) from (select rowid from contact_search where contact_search match ? limit ?)')
    .pluck();

  function plan(query: SearchQuery): Plan {
    const terms = words(query.text).slice(0, maxTerms);
    const filters = filterExpressions(query, lists);
    const prefix = fold(query.text).trim().replace(/\s+/g, ' ') || null;
    const filtering = filters.length > 0 ? filters.join(' AND ') : null;
    if (terms.length === 0) {
      return query.text.trim() === ''
        ? { prefix: null, inName: null, anywhere: filtering, filters: null }
        : { prefix, inName: null, anywhere: null, filters: filtering };
    }
    const { expression: phones, rest } = phoneExpression(query.text);
    const plain = words(rest).slice(0, maxTerms);
    const inName = [...terms.map((term) => prefixOf(mark.name + term)), ...filters].join(' AND ');
    const anywhere = [...phones, ...plain.map((term) => anyField(term, lists)), ...filters].join(' AND ');
    return { prefix: filtering === null ? prefix : null, inName, anywhere: anywhere === '' ? null : anywhere, filters: null };
  }

  /** The numbers of all that match, up to a limit. */
  function found({ prefix, anywhere, filters }: Plan, limit: number): number[] {
    if (anywhere !== null) return matching.all(anywhere, limit) as number[];
    if (prefix === null) return [];
    const range = [prefix, prefix + lastCharacter];
    return (filters === null ? withPrefix.all(...range, limit) : withPrefixAnd.all(...range, filters, limit)) as number[];
  }

  return {
    everything(after, limit) {
      const hits = byPrefix.all('', lastCharacter, after?.key ?? '', after?.no ?? 0, limit) as Hit[];
      const last = hits.at(-1);
      const next = last && hits.length === limit ? { tier: 0, key: last.sortName, no: last.no } : null;
      return { nos: hits.map(({ no }) => no), next };
    },

    all(query, upTo) {
      const nos = found(plan(query), upTo + 1);
      return nos.length > upTo ? null : nos;
    },

    count(query, upTo) {
      const wanted = plan(query);
      const many = wanted.anywhere === null ? found(wanted, upTo + 1).length : (counting.get(wanted.anywhere, upTo + 1) as number);
      return many > upTo ? null : many;
    },

    page(query, after, limit) {
      const { prefix, inName, anywhere, filters } = plan(query);
      const nos: number[] = [];
      let place: SearchPlace = after ?? { tier: 0, key: '', no: 0 };

      if (place.tier === 0 && prefix !== null) {
        const from = [prefix, prefix + lastCharacter, place.key, place.no];
        const rows = (filters === null ? byPrefix.all(...from, limit) : byPrefixAnd.all(...from, filters, limit)) as Hit[];
        for (const row of rows) nos.push(row.no);
        const last = rows.at(-1);
        if (last && rows.length === limit) return { nos, next: { tier: 0, key: last.sortName, no: last.no } };
      }
      if (place.tier === 0) place = { tier: 1, key: '', no: 0 };

      const tiers: [number, string | null][] = [
        [1, inName],
        [2, anywhere !== null && inName !== null ? `(${anywhere}) NOT (${inName})` : anywhere],
      ];
      let lookedAt = 0;
      for (const [tier, expression] of tiers) {
        if (tier < place.tier || expression === null) continue;
        let no = tier === place.tier ? place.no : 0;
        for (;;) {
          if (lookedAt >= lookedAtAtOnce) return { nos, next: { tier, key: '', no } };
          const rows = byWords.all(expression, no, readAtOnce) as Hit[];
          lookedAt += rows.length;
          for (const row of rows) {
            no = row.no;
            if (prefix !== null && row.sortName.startsWith(prefix)) continue;
            nos.push(row.no);
            if (nos.length === limit) return { nos, next: { tier, key: '', no } };
          }
          if (rows.length < readAtOnce) break;
        }
      }
      return { nos, next: null };
    },
  };
}

/** A page with as many as asked for, unless it is the last. What takes longer lets others be answered in between. */
export async function fullPage(search: Search, turns: Turns, query: SearchQuery, after: SearchPlace | null, limit: number): Promise<SearchPage> {
  let { nos, next } = search.page(query, after, limit);
  while (next !== null && nos.length < limit) {
    await turns.turn();
    const more = search.page(query, next, limit - nos.length);
    nos = [...nos, ...more.nos];
    next = more.next;
  }
  return { nos, next };
}

interface Hit {
  no: number;
  sortName: string;
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
