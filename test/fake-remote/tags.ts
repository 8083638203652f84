import { callerOf, isObject, isUuid, json, jsonList, uuidParam, type Call, type Reply } from './call.ts';
import { tagEntity } from './entities.ts';
import { badRequest, notFound } from './errors.ts';
import { isMember, notAssociated } from './pagination.ts';
import type { TagRow } from './rows.ts';
import { newBase, put, remove, type World } from './world.ts';

/** `GET /api/tags/level?organizationId=…&tenantId=…` */
export function tagsOfLevel(call: Call): Reply {
  const rows = tagsOf(call, call.query.organizationId);
  return jsonList(rows, rows.length, tagEntity);
}

/** `GET /api/tags?where[organizationId]=…`: rows as the database gives them, with counters. */
export function rawTags(call: Call): Reply {
  const { world, query } = call;
  if (query.where === undefined || query.where === '') throw badRequest(['where should not be empty']);
  const rows = tagsOf(call, isObject(query.where) ? query.where.organizationId : undefined);
  return jsonList(rows, rows.length, (row: TagRow) => ({
    ...rawEntity(world, tagEntity(row)),
    organization_contact_counter: String(contactsWith(world, row.id)),
  }));
}

/** `GET /api/tags/:id` */
export function getTag(call: Call): Reply {
  return json(tagEntity(ownTag(call)));
}

/** `POST /api/tags`: always a new tag, whatever its id or name. */
export function createTag(call: Call): Reply {
  const { world, body } = call;
  const { tenantId, user } = callerOf(call);
  const { name, color, organizationId } = body;
  const errors = [
    ...(isFilled(name) ? [] : ['name should not be empty']),
    ...(isFilled(color) ? [] : ['color should not be empty']),
    ...(isUuid(organizationId) ? [] : ['organization must be an object', 'organizationId must be a UUID']),
  ];
  if (errors.length > 0) throw badRequest(errors);
  if (!isMember(world, user.id, String(organizationId))) throw badRequest([notAssociated(user.id)]);
  const owner = { tenantId, organizationId: String(organizationId).toLowerCase(), userId: user.id };
  return json(tagEntity(addTag(world, owner, String(name), String(color))));
}

/** `PUT /api/tags/:id`: answers with a count; the contacts that carry the tag are not touched. */
export function updateTag(call: Call): Reply {
  const { world, body } = call;
  const tag = ownTag(call);
  put(world, world.tables.tags, {
    ...tag,
    name: isFilled(body.name) ? body.name : tag.name,
    color: isFilled(body.color) ? body.color : tag.color,
    updatedAt: world.stamp(),
  });
  return json({ generatedMaps: [], raw: [], affected: 1 });
}

/** `DELETE /api/tags/:id` */
export function deleteTag(call: Call): Reply {
  const id = uuidParam(call);
  const isTheirs = call.world.tables.tags.get(id)?.tenantId === callerOf(call).tenantId;
  return json({ raw: [], affected: isTheirs ? removeTag(call.world, id) : 0 });
}

/** Makes a tag. */
export function addTag(
  world: World,
  owner: { tenantId: string; organizationId: string; userId: string | null },
  name: string,
  color: string,
): TagRow {
  const texts = { name, color, textColor: null, description: null, icon: null };
  const tag: TagRow = { ...newBase(world, owner), ...texts, isSystem: false };
  put(world, world.tables.tags, tag);
  return tag;
}

/** Takes a tag out, off every contact too, whose `updatedAt` stays. @returns 0 or 1 */
export function removeTag(world: World, id: string): 0 | 1 {
  for (const row of world.tables.contacts.values()) {
    if (!row.tags.includes(id)) continue;
    put(world, world.tables.contacts, { ...row, tags: row.tags.filter((tag) => tag !== id) });
  }
  return remove(world, world.tables.tags, id);
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

function ownTag(call: Call): TagRow {
  const tag = call.world.tables.tags.get(uuidParam(call));
  if (tag?.tenantId !== callerOf(call).tenantId) throw notFound();
  return tag;
}

function tagsOf(call: Call, organizationId: unknown): TagRow[] {
  const { tenantId } = callerOf(call);
  return [...call.world.tables.tags.values()].filter(
    (tag) => tag.tenantId === tenantId && (organizationId === undefined || tag.organizationId === organizationId),
  );
}

function contactsWith(world: World, tagId: string): number {
  let count = 0;
  for (const { tags } of world.tables.contacts.values()) if (tags.includes(tagId)) count += 1;
  return count;
}

/** On SQLite raw rows have `YYYY-MM-DD HH:MM:SS` and 0 or 1. */
function rawEntity(world: World, entity: Record<string, unknown>): Record<string, unknown> {
  if (world.settings.database === 'postgres') return entity;
  const raw = ([key, value]: [string, unknown]): [string, unknown] => {
    if (typeof value === 'boolean') return [key, Number(value)];
    return key.endsWith('At') && typeof value === 'string' ? [key, value.slice(0, 19).replace('T', ' ')] : [key, value];
  };
  return Object.fromEntries(Object.entries(entity).map(raw));
}
