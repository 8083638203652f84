import { isUuid, textOf } from './call.ts';
import { column } from './filter.ts';
import { StatuslessError } from './errors.ts';
import type { ContactRow } from './rows.ts';
import type { World } from './world.ts';

type Writable = { -readonly [K in keyof ContactRow]?: ContactRow[K] };

const textColumns = ['name', 'primaryEmail', 'primaryPhone', 'notes', 'imageUrl'] as const;
const plainColumns = ['inviteStatus', 'contactType', 'budgetType', 'isActive', 'isArchived', 'imageId'] as const;
const userColumns = ['updatedByUserId', 'deletedByUserId'] as const;
const timeColumns = ['createdAt', 'updatedAt', 'deletedAt', 'archivedAt'] as const;

/**
 * The columns that a body writes, checked as the database does. Every column is taken, the server's own too; a time
 * is written only where it differs, by the millisecond, from the stored one.
 * @throws StatuslessError for what the database refuses
 */
export function columnsFrom(
  world: World,
  body: Readonly<Record<string, unknown>>,
  stored: ContactRow | undefined,
): Writable {
  const values: Record<string, unknown> = {};
  for (const name of [...textColumns, ...plainColumns, ...userColumns]) {
    if (body[name] !== undefined) values[name] = body[name];
  }
  for (const name of timeColumns) {
    const stamp = timeFrom(world, name, body[name]);
    if (stamp !== undefined && !sameMillisecond(stamp, stored && (column(stored, name) as number | null)))
      values[name] = stamp;
  }
  if (body.budget !== undefined) values.budget = budgetFrom(world, body.budget as number | null);
  checkColumns(world, values);
  return values;
}

function timeFrom(world: World, name: string, value: unknown): number | null | undefined {
  if (value === undefined || (value === null && (name === 'createdAt' || name === 'updatedAt'))) return undefined;
  if (value === null) return null;
  const ms = Date.parse(textOf(value));
  if (Number.isNaN(ms)) throw refused(`invalid input syntax for type timestamp: "${textOf(value)}"`);
  return world.settings.database === 'sqlite' ? Math.floor(ms / 1000) * 1_000_000 : ms * 1000;
}

function sameMillisecond(a: number | null, b: number | null | undefined): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'number' && Math.floor(a / 1000) === Math.floor(b / 1000));
}

/** PostgreSQL takes integers of 32 bits; SQLite takes any number and gives back its whole part. */
function budgetFrom(world: World, budget: number | null): number | null {
  if (budget === null || world.settings.database === 'sqlite') return budget === null ? null : Math.trunc(budget);
  if (!Number.isInteger(budget)) throw refused(`invalid input syntax for type integer: "${budget}"`);
  if (budget < -2_147_483_648 || budget > 2_147_483_647)
    throw refused(`value "${budget}" is out of range for type integer`);
  return budget;
}

function checkColumns(world: World, values: Readonly<Record<string, unknown>>): void {
  if (values.contactType === null) {
    throw refused('null value in column "contactType" of relation "organization_contact" violates not-null constraint');
  }
  if (
    values.imageId !== undefined &&
    values.imageId !== null &&
    !world.tables.images.has(textOf(values.imageId).toLowerCase())
  ) {
    throw refused('insert or update on table "organization_contact" violates foreign key constraint "FK_imageId"');
  }
  if (world.settings.database === 'sqlite') return;
  if (typeof values.imageUrl === 'string' && values.imageUrl.length > 500) {
    throw refused('value too long for type character varying(500)');
  }
  for (const name of textColumns) {
    if (typeof values[name] === 'string' && values[name].includes('\0')) {
      throw refused('invalid byte sequence for encoding "UTF8": 0x00');
    }
  }
}

/** The id under which PostgreSQL keeps a row; SQLite keeps any text. */
export function idFrom(world: World, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (world.settings.database === 'sqlite') return textOf(value);
  if (!isUuid(value)) throw refused(`invalid input syntax for type uuid: "${textOf(value)}"`);
  return value.toLowerCase();
}

export const refused = (message: string): StatuslessError => new StatuslessError('query', message);
