import { z } from 'zod';
import { uuid } from '../contact.ts';

/** Ever Gauzy's clients name tenant and organization in every call; ours default to the profile's. */
export const scope = { tenantId: uuid.nullish(), organizationId: uuid.nullish() };

export const nothing = z.strictObject({});

export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number() });
}

/** The answer of a deletion, as TypeORM gives it. */
export const deleteResult = z.object({ raw: z.array(z.unknown()), affected: z.number() });
/** The answer of an update of a tag, as TypeORM gives it. */
export const updateResult = z.object({
  generatedMaps: z.array(z.unknown()),
  raw: z.array(z.unknown()),
  affected: z.number(),
});
