import { isNamed, paramOf, paramValues, type VCardProperty } from './property.ts';
import { type Extra } from './stored-card.ts';
import { cleanText, escapeText } from './text.ts';
import { textOf } from './value.ts';

/** Who looks after a contact and what it belongs to, by name: vCard has no properties for them. */
export interface LinkNames {
  members: string[];
  projects: string[];
}

const linkProperties = { members: 'X-FIELDBOOK-MEMBER', projects: 'X-FIELDBOOK-PROJECT' } as const;
/** Carries a part of `extra` as JSON; its parameter X-NAME is the key. */
const extraName = 'X-FIELDBOOK-EXTRA';
/** What of `extra` is in the card already, or says something of the columns of a CSV. */
const inCard = new Set(['vcard', 'columns', 'companyColumn']);

/** The members and projects that a card names. */
export function linksOf(properties: readonly VCardProperty[]): LinkNames {
  const named = (name: string) =>
    [...new Set(properties.filter((property) => isNamed(property, name)).map((property) => cleanText(textOf(property))))].filter((text) => text !== '');
  return { members: named(linkProperties.members), projects: named(linkProperties.projects) };
}

/** The properties without those that name these members and projects; without any where none are given. */
export function withoutLinks(properties: readonly VCardProperty[], links?: LinkNames): VCardProperty[] {
  return properties.filter((property) => {
    const set = isNamed(property, linkProperties.members) ? 'members' : isNamed(property, linkProperties.projects) ? 'projects' : undefined;
    return set === undefined || (links !== undefined && !links[set].includes(cleanText(textOf(property))));
  });
}

/** What a contact has in the book only, as properties: its members and projects, and the keys of `extra`. */
export function bookProperties(links: Partial<LinkNames>, extra: Extra): VCardProperty[] {
  const named = (Object.keys(linkProperties) as (keyof LinkNames)[]).flatMap((set) =>
    (links[set] ?? []).map((name): VCardProperty => ({ name: linkProperties[set], params: [], value: escapeText(name) })),
  );
  const kept = Object.entries(extra ?? {})
    .filter(([key]) => !inCard.has(key))
    .map(([key, value]): VCardProperty => ({ name: extraName, params: [paramOf('X-NAME', key)], value: escapeText(JSON.stringify(value)) }));
  return [...named, ...kept];
}

/** The keys of `extra` that a card of ours carries, and its other properties. What is no JSON stays a property. */
export function extraOf(properties: readonly VCardProperty[]): { extra: Record<string, unknown>; others: VCardProperty[] } {
  const extra: [string, unknown][] = [];
  const others = properties.filter((property) => {
    const key = isNamed(property, extraName) ? paramValues(property, 'X-NAME')[0] : undefined;
    if (key === undefined || inCard.has(key)) return true;
    try {
      extra.push([key, JSON.parse(textOf(property))]);
      return false;
    } catch {
      return true;
    }
  });
  return { extra: Object.fromEntries(extra), others };
}
