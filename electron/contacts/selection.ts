import type { Contact, Relation } from '../../shared/contact.ts';
import type { Select } from '../../shared/query.ts';

/**
 * Contacts cut down to the selected columns, as TypeORM answers: with `image`, and with the relations that were asked
 * for beside them. Without a selection they stay whole.
 */
export function cutDown(contacts: Contact[], select: Select | undefined, relations: readonly Relation[] = []): Partial<Contact>[] {
  if (!select) return contacts;
  const columns = (Object.keys(select) as (keyof Select)[]).filter((column) => select[column]);
  const kept = [...columns, 'image', ...relations.map((relation) => relation.split('.', 1)[0])] as (keyof Contact)[];
  return contacts.map((contact) => Object.fromEntries(kept.map((key) => [key, contact[key]])));
}
