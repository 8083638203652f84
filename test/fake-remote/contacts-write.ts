import { callerOf, isObject, json, uuidParam, type Call, type Caller, type Reply } from './call.ts';
import { contactBody } from './contact-body.ts';
import { saveContact, type Saved } from './contact-save.ts';
import { liveContact } from './contacts-read.ts';
import { addressEntity, contactEntity, isoTime, projectsOf } from './entities.ts';
import { badRequest, notFound, StatuslessError, wrappedQueryError } from './errors.ts';
import type { ContactRow } from './rows.ts';
import { put, remove, type World } from './world.ts';

/** `POST /api/organization-contact`: an upsert; the answer echoes the request, with null for what was not sent. */
export function createContact(call: Call): Reply {
  const { world } = call;
  const caller = callerOf(call);
  const body = withMembersOfProjects(world, contactBody(call));
  try {
    const id = world.settings.clientIds ? body.id : undefined;
    return json(echo(body, saveContact(world, caller, body, id), caller));
  } catch (error) {
    if (!(error instanceof StatuslessError)) throw error;
    throw badRequest('Failed to create organization contact', error.message);
  }
}

/** `PUT /api/organization-contact/:id`: scalars as a patch, sets as a whole, the address replaced or lost. */
export function updateContact(call: Call): Reply {
  const { world } = call;
  const caller = callerOf(call);
  const id = uuidParam(call);
  const body = contactBody(call);
  if (!world.settings.clientIds && !world.tables.contacts.has(id)) throw notFound();
  try {
    saveContact(world, caller, body, id);
  } catch (error) {
    throw error instanceof StatuslessError ? wrappedQueryError(error.message) : error;
  }
  return json(contactEntity(world, liveContact(world, caller.tenantId, id)));
}

/** `PUT /api/organization-contact/employee`: one member added to and removed from many contacts. */
export function updateMember(call: Call): Reply {
  const { world, body } = call;
  const { tenantId, user } = callerOf(call);
  const memberId = isObject(body.member) ? String(body.member.id) : null;
  const change = (ids: unknown, membersOf: (row: ContactRow, member: string) => readonly string[]): void => {
    for (const id of Array.isArray(ids) ? ids : []) {
      const row = world.tables.contacts.get(String(id));
      if (memberId === null || row?.tenantId !== tenantId || row.deletedAt !== null) continue;
      put(world, world.tables.contacts, {
        ...row,
        members: membersOf(row, memberId),
        updatedAt: world.stamp(),
        updatedByUserId: user.id,
      });
    }
  };
  change(body.addedEntityIds, ({ members }, member) => [...new Set([...members, member])]);
  change(body.removedEntityIds, ({ members }, member) => members.filter((id) => id !== member));
  return json(true);
}

/** `DELETE /api/organization-contact/:id`: gone without a trace, and no error where there was nothing. */
export function deleteContact(call: Call): Reply {
  const id = uuidParam(call);
  const isTheirs = call.world.tables.contacts.get(id)?.tenantId === callerOf(call).tenantId;
  return json({ raw: [], affected: isTheirs ? removeContact(call.world, id) : 0 });
}

/** Takes a contact out: its projects are unlinked, its address stays as an orphan. @returns 0 or 1 */
export function removeContact(world: World, id: string): 0 | 1 {
  for (const project of projectsOf(world, id)) {
    put(world, world.tables.projects, { ...project, organizationContactId: null });
  }
  return remove(world, world.tables.contacts, id);
}

/** `DELETE /api/organization-contact/:id/soft`: the answer names who deleted it, the row does not. */
export function softDeleteContact(call: Call): Reply {
  const { world } = call;
  const { tenantId, user } = callerOf(call);
  const row = world.tables.contacts.get(uuidParam(call));
  if (row?.tenantId !== tenantId || row.deletedAt !== null) {
    throw notFound('An error occurred during soft removal: The requested record was not found');
  }
  const now = world.stamp();
  const deleted = { ...row, deletedAt: now, updatedAt: now };
  put(world, world.tables.contacts, deleted);
  return json({ ...contactEntity(world, deleted), deletedByUserId: user.id });
}

/** `PUT /api/organization-contact/:id/recover`: looks among the live ones, so that nothing is ever restored. */
export function recoverContact(call: Call): Reply {
  const row = call.world.tables.contacts.get(uuidParam(call));
  if (row?.tenantId !== callerOf(call).tenantId || row.deletedAt !== null) {
    throw notFound('An error occurred during restoring entity: The requested record was not found');
  }
  return json(contactEntity(call.world, row));
}

/** A new contact with projects and no members gets the members of the projects. */
function withMembersOfProjects(world: World, body: Record<string, unknown>): Record<string, unknown> {
  const { members, projects } = body;
  if ((Array.isArray(members) && members.length > 0) || !Array.isArray(projects) || projects.length === 0) return body;
  const ids = projects.flatMap((one) =>
    isObject(one) ? (world.tables.projects.get(String(one.id))?.members ?? []) : [],
  );
  return { ...body, members: ids.map((id) => ({ id })) };
}

/** The answer of a POST: what was sent, defaults where the row is new, null for the rest; no picture, no names. */
function echo(
  body: Record<string, unknown>,
  { row, address, isNew }: Saved,
  { tenantId }: Caller,
): Record<string, unknown> {
  const owner = { tenant: { id: tenantId }, organization: { id: row.organizationId } };
  const sent = (name: keyof ContactRow): unknown => body[name] ?? (isNew ? row[name] : null);
  return {
    ...Object.fromEntries(
      ['tags', 'members', 'projects'].filter((name) => name in body).map((name) => [name, body[name]]),
    ),
    tenantId: row.tenantId,
    organizationId: row.organizationId,
    name: row.name,
    contactId: row.contactId,
    ...owner,
    contact: { ...addressEntity(address), ...owner },
    imageUrl: sent('imageUrl'),
    createdByUserId: row.createdByUserId,
    updatedByUserId: isNew ? null : row.updatedByUserId,
    deletedByUserId: null,
    isActive: sent('isActive'),
    isArchived: sent('isArchived'),
    archivedAt: null,
    primaryEmail: sent('primaryEmail'),
    primaryPhone: sent('primaryPhone'),
    inviteStatus: sent('inviteStatus'),
    notes: sent('notes'),
    budget: sent('budget'),
    budgetType: sent('budgetType'),
    imageId: sent('imageId'),
    deletedAt: body.deletedAt ?? null,
    createdAt: isNew ? isoTime(row.createdAt) : null,
    updatedAt: isoTime(row.updatedAt),
    id: row.id,
    contactType: sent('contactType'),
  };
}
