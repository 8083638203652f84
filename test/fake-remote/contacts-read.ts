import { dataOf, isObject, json, jsonList, uuidParam, type Call, type Reply } from './call.ts';
import { contacts } from './collections.ts';
import { contactEntity } from './entities.ts';
import { notFound, StatuslessError } from './errors.ts';
import { predicateOf, type Predicate, type Term } from './filter.ts';
import { relationsOf } from './relations.ts';
import type { ContactRow } from './rows.ts';
import type { World } from './world.ts';

/** `GET /api/organization-contact?data=…`: everything at once, in no stated order, never the soft-deleted. */
export function listContacts(call: Call): Reply {
  const { world } = call;
  const data = dataOf(call.query);
  const findInput = isObject(data.findInput) ? data.findInput : {};
  const relations = relationsOf(data.relations, 'OrganizationContact');
  const rows =
    findInput.employeeId === undefined
      ? liveRows(call, predicateOf(world, contacts, findInput, false))
      : rowsOfEmployee(call, findInput, relations.members !== undefined);
  return jsonList(rows, rows.length, (row: ContactRow) => contactEntity(world, row, relations));
}

/** With `employeeId` the server runs another query: what the employee is a member of or the caller made. */
function rowsOfEmployee(call: Call, { employeeId, contactType, ...rest }: Term, withMembers: boolean): ContactRow[] {
  if (!withMembers) throw new StatuslessError('query', 'missing FROM-clause entry for table "members"');
  if (contactType === undefined) return [];
  const matches = predicateOf(call.world, contacts, { ...rest, contactType }, false);
  const isTheirs: Predicate<ContactRow> = ({ members, createdByUserId }) =>
    members.some((id) => id === employeeId) || createdByUserId === call.caller?.user.id;
  return liveRows(call, (row) => isTheirs(row) && matches(row));
}

/** `GET /api/organization-contact/count`: flat column names, a bare number. */
export function countContacts(call: Call): Reply {
  return json(liveRows(call, predicateOf(call.world, contacts, call.query, false)).length);
}

/** `GET /api/organization-contact/:id?data={"relations":[…]}`: any live contact of the tenant. */
export function getContact(call: Call): Reply {
  const id = uuidParam(call);
  const relations = relationsOf(dataOf(call.query).relations, 'OrganizationContact');
  return json(contactEntity(call.world, liveContact(call.world, call.caller?.tenantId, id), relations));
}

/** `GET /api/organization-contact/employee/:employeeId?organizationId=…`: a bare array of four keys. */
export function contactsOfEmployee(call: Call): Reply {
  const employeeId = uuidParam(call, 'employeeId');
  const { organizationId, contactType } = call.query;
  const rows = liveRows(
    call,
    (row) =>
      row.organizationId === organizationId &&
      row.members.includes(employeeId) &&
      (contactType === undefined || row.contactType === contactType),
  );
  return json(
    rows.map((row) => {
      const { id, name, imageUrl, image } = contactEntity(call.world, row);
      return { id, name, imageUrl, image };
    }),
  );
}

/** A live contact of a tenant. @throws HttpError 404 */
export function liveContact(world: World, tenantId: string | undefined, id: string): ContactRow {
  const row = world.tables.contacts.get(id);
  if (!row || row.deletedAt !== null || row.tenantId !== tenantId) throw notFound();
  return row;
}

function liveRows({ world, caller }: Call, matches: Predicate<ContactRow>): ContactRow[] {
  const rows: ContactRow[] = [];
  for (const row of world.tables.contacts.values()) {
    if (row.deletedAt === null && row.tenantId === caller?.tenantId && matches(row)) rows.push(row);
  }
  return rows;
}
