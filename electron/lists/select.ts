import type { ListQuery } from '../../shared/operations/lists.ts';
import { fold } from '../../shared/text.ts';
import type { Profile } from '../contacts/record.ts';

interface Listed {
  id: string;
  name?: string;
  fullName?: string;
  isActive: boolean;
  isArchived: boolean;
  createdAt: string;
  updatedAt: string;
}

type Selection = Pick<ListQuery, 'where' | 'order' | 'organizationId'>;

/** The entities that pass all filters, in the order asked for, else as they are. Another organization finds nothing. */
export function select<E extends Listed>(all: readonly E[], { where = {}, order = {}, organizationId }: Selection, profile: Profile): E[] {
  const organizations = [organizationId, where.organizationId, where.organization?.id];
  if (organizations.some((id) => id && id !== profile.organizationId)) return [];
  const found = all.filter(
    (entity) =>
      (where.id ?? entity.id) === entity.id &&
      (where.isActive ?? entity.isActive) === entity.isActive &&
      (where.isArchived ?? entity.isArchived) === entity.isArchived &&
      [where.name, where.fullName].every((name) => name === undefined || fold(nameOf(entity)).includes(fold(name))),
  );
  for (const [column, direction] of Object.entries(order).toReversed()) {
    const sign = direction === 'DESC' ? -1 : 1;
    const keys = new Map(found.map((entity) => [entity, keyOf(entity, column as keyof typeof order)]));
    found.sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
  }
  return found;
}

function nameOf({ name, fullName }: Listed): string {
  return fullName ?? name ?? '';
}

function keyOf(entity: Listed, column: keyof NonNullable<ListQuery['order']>): string {
  return column === 'name' || column === 'fullName' ? fold(nameOf(entity)) : entity[column];
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}
