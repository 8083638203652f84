import { callerOf, dataOf, json, jsonList, uuidParam, type Call, type Reply } from './call.ts';
import { employeeEntity, fullName, membershipEntity, organizationEntity, userEntity } from './entities.ts';
import { notFound } from './errors.ts';
import { relationsOf } from './relations.ts';
import type { EmployeeRow, MembershipRow } from './rows.ts';

/** `GET /api`: the banner. */
export const banner = (): Reply => json({ status: 200, message: 'Gauzy API' });

/** `GET /api/health`: the one honest word about the database. */
export function health({ world }: Call): Reply {
  const database = { database: { status: world.databaseUp ? 'up' : 'down' } };
  if (world.databaseUp) return json({ status: 'ok', info: database, error: {}, details: database });
  return { ...json({ status: 'error', info: {}, error: database, details: database }), status: 503 };
}

/** `GET /api/user/me` */
export function me(call: Call): Reply {
  const withEmployee = call.query.includeEmployee === 'true';
  return json(userEntity(call.world, callerOf(call).user, { withEmployee }));
}

/** `GET /api/user-organization?data=…`: of every user of the tenant; `findInput.userId` changes nothing. */
export function userOrganizations(call: Call): Reply {
  const { world } = call;
  const relations = relationsOf(dataOf(call.query).relations, 'UserOrganization');
  const rows = [...world.tables.memberships.values()].filter(({ tenantId }) => tenantId === callerOf(call).tenantId);
  return jsonList(rows, rows.length, (row: MembershipRow) => membershipEntity(world, row, relations));
}

/** `GET /api/organization/:id` */
export function getOrganization(call: Call): Reply {
  const organization = call.world.tables.organizations.get(uuidParam(call));
  if (organization?.tenantId !== callerOf(call).tenantId) throw notFound();
  return json(organizationEntity(organization));
}

/** `GET /api/employee/members?organizationId=…`: names and nothing more. */
export function organizationMembers(call: Call): Reply {
  const { world, query } = call;
  const rows = [...world.tables.employees.values()].filter(
    (row) => row.tenantId === callerOf(call).tenantId && row.organizationId === query.organizationId,
  );
  return jsonList(rows, rows.length, (row: EmployeeRow) => {
    const user = world.tables.users.get(row.userId);
    if (!user) return employeeEntity(world, row);
    const { id, firstName, lastName, email } = user;
    const { imageUrl } = userEntity(world, user);
    return {
      id: row.id,
      fullName: fullName(user),
      user: { id, firstName, lastName, email, imageUrl, name: fullName(user) },
    };
  });
}
