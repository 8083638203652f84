import { z } from 'zod';
import {
  addressEntity, contactEntity, employeeEntity, invoiceEntity, projectEntity, tagEntity,
} from '../../shared/contact.ts';
import { change } from '../../shared/operations/book.ts';
import { journalEntry } from '../../shared/operations/contacts.ts';
import { importReport } from '../../shared/operations/imports.ts';

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. */
export interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** Schemas that are worth a name of their own in the document. */
const named = z.registry<{ id: string }>();
named.add(contactEntity, { id: 'Contact' });
named.add(addressEntity, { id: 'Address' });
named.add(tagEntity, { id: 'Tag' });
named.add(employeeEntity, { id: 'Employee' });
named.add(projectEntity, { id: 'Project' });
named.add(invoiceEntity, { id: 'Invoice' });
named.add(journalEntry, { id: 'JournalEntry' });
named.add(change, { id: 'Change' });
named.add(importReport, { id: 'ImportReport' });

/** Turns zod schemas into JSON Schemas, and gathers the named ones in `components`. */
export interface SchemaWriter {
  write(schema: z.ZodType): JsonSchema;
  readonly components: Record<string, JsonSchema>;
}

export function createSchemaWriter(): SchemaWriter {
  const components: Record<string, JsonSchema> = {};

  return {
    components,
    write(schema) {
      const whole = z.toJSONSchema(schema, {
        target: 'draft-2020-12',
        io: 'input',
        unrepresentable: 'any',
        metadata: named as never,
        override: ({ zodSchema, jsonSchema }) => {
          const { contentMediaType } = z.globalRegistry.get(zodSchema) ?? {};
          if (typeof contentMediaType === 'string') jsonSchema.contentMediaType = contentMediaType;
        },
      });
      const { $schema: _dialect, $defs = {}, ...rest } = whole as JsonSchema & { $defs?: Record<string, JsonSchema> };
      for (const [name, definition] of Object.entries($defs)) components[name] = toComponent(definition);
      return toComponent(rest);
    },
  };
}

/** The same schema with its references pointing to the document's components. */
function toComponent<T>(part: T): T {
  if (Array.isArray(part)) return part.map(toComponent) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).flatMap(([key, value]) => {
    if (key === 'id' && typeof value === 'string') return [];
    if (key === '$ref' && typeof value === 'string') return [[key, value.replace('#/$defs/', '#/components/schemas/')]];
    return [[key, toComponent(value)]];
  });
  return Object.fromEntries(entries) as T;
}
