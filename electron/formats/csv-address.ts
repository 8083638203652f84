import type { FieldName } from './import-record.ts';

const addressParts = new Set<FieldName | null>(['address', 'address2', 'city', 'regionCode', 'postcode', 'country']);

/** One postal address of a row: which part each of its columns holds. */
export type AddressGroup = ReadonlyMap<number, FieldName>;

/**
 * The addresses of a header. Files with several (business, home, other) list them one after the other, so a second
 * column for a part that the address already has begins the next one.
 */
export function addressGroups(columns: readonly { index: number; field: FieldName | null }[]): AddressGroup[] {
  const groups: Map<number, FieldName>[] = [];
  for (const { index, field } of columns) {
    if (field === null || !addressParts.has(field)) continue;
    const last = groups.at(-1);
    if (last && ![...last.values()].includes(field)) last.set(index, field);
    else groups.push(new Map([[index, field]]));
  }
  return groups;
}

/** The address a row is given: the first with a street, city or postcode, else the first with anything at all. */
export function chosenAddress(groups: readonly AddressGroup[], texts: readonly string[]): AddressGroup | undefined {
  const filled = (group: AddressGroup, parts: readonly FieldName[]) =>
    [...group].some(([index, field]) => parts.includes(field) && texts[index] !== '');
  return (
    groups.find((group) => filled(group, ['address', 'city', 'postcode'])) ??
    groups.find((group) => filled(group, ['address2', 'regionCode', 'country']))
  );
}
