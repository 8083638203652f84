import { isObject, textOf, type Caller } from './call.ts';
import { columnsFrom, idFrom, refused } from './contact-columns.ts';
import { addressFields, projectsOf } from './entities.ts';
import type { AddressFields, AddressRow, ContactRow, ProjectRow } from './rows.ts';
import { newBase, put, type World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** What a save did: the row and its address, and whether the row is new. */
export interface Saved {
  row: ContactRow;
  address: AddressRow;
  isNew: boolean;
}

/**
 * Writes a contact as the server does for POST and PUT alike: inserts or updates by id, moves a foreign contact into
 * the caller's tenant, and always saves an address first. A failure after that leaves the address behind.
 * @throws StatuslessError for what the database refuses
 */
export function saveContact(world: World, caller: Caller, body: Body, wantedId: unknown): Saved {
  const { tables } = world;
  const organizationId = typeof body.organizationId === 'string' ? body.organizationId.toLowerCase() : null;
  const owner = { tenantId: caller.tenantId, organizationId, userId: caller.user.id };
  const address = saveAddress(world, owner, isObject(body.contact) ? body.contact : {});
  const id = idFrom(world, wantedId);
  const stored = id === undefined ? undefined : tables.contacts.get(id);
  const columns = columnsFrom(world, body, stored);
  const tags = linkedIds(body.tags, tables.tags, 'tag_organization_contact');
  const members = linkedIds(body.members, tables.employees, 'organization_contact_employee');
  const projects = projectIds(world, body.projects);

  const base = newBase(world, { ...owner, ...(id !== undefined && { id }) });
  const row: ContactRow = {
    ...(stored ?? { ...base, ...blankContact }),
    ...(stored && { updatedAt: base.updatedAt, updatedByUserId: caller.user.id }),
    ...columns,
    id: base.id,
    tenantId: owner.tenantId,
    organizationId,
    createdByUserId: stored?.createdByUserId ?? caller.user.id,
    contactId: address.id,
    tags: tags ?? stored?.tags ?? [],
    members: members ?? stored?.members ?? [],
  };
  const saved = stored || row.imageUrl ? row : { ...row, imageUrl: dummyImage(row.name, row.id) };
  put(world, tables.contacts, saved);
  if (projects) linkProjects(world, owner, saved.id, projects);
  return { row: saved, address, isNew: !stored };
}

const blankContact = {
  name: '',
  primaryEmail: null,
  primaryPhone: null,
  inviteStatus: null,
  notes: null,
  contactType: 'CLIENT',
  imageUrl: null,
  budget: null,
  budgetType: 'cost',
  contactId: null,
  imageId: null,
  tags: [],
  members: [],
};

const blankAddress: AddressFields = {
  name: null,
  firstName: null,
  lastName: null,
  country: null,
  city: null,
  address: null,
  address2: null,
  postcode: null,
  latitude: null,
  longitude: null,
  regionCode: null,
  fax: null,
  fiscalInformation: null,
  website: null,
};

/** Saves an address: a new row without an id, else that row replaced, what is not given becoming null. */
export function saveAddress(
  world: World,
  owner: { tenantId: string; organizationId: string | null; userId: string },
  fields: Body,
): AddressRow {
  const id = idFrom(world, fields.id);
  const stored = id === undefined ? undefined : world.tables.addresses.get(id);
  const base = newBase(world, { ...owner, ...(id !== undefined && { id }) });
  const given = addressFields({ ...blankAddress, ...(fields as Partial<AddressFields>) });
  const row: AddressRow = { ...base, createdAt: stored?.createdAt ?? base.createdAt, ...given };
  put(world, world.tables.addresses, row);
  return row;
}

/** The ids of a list of `{id}`; undefined where it is no list. Entries without an id are dropped in silence. */
function linkedIds(list: unknown, table: ReadonlyMap<string, unknown>, name: string): readonly string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const ids = list.flatMap((one) =>
    isObject(one) && one.id !== undefined && one.id !== null ? [textOf(one.id).toLowerCase()] : [],
  );
  if (ids.some((id) => !table.has(id))) {
    throw refused(`insert or update on table "${name}" violates foreign key constraint "FK_${name}"`);
  }
  return [...new Set(ids)];
}

/** The projects of a list: known by id, or without one and thus to be made. */
function projectIds(world: World, list: unknown): readonly Body[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.map((one) => {
    const isKnown = isObject(one) && (one.id === undefined || world.tables.projects.has(textOf(one.id)));
    if (!isKnown) throw refused('insert or update on table "organization_project" violates foreign key constraint');
    return one;
  });
}

/** Replaces the projects of a contact. A project has one contact; its other fields are written too. */
function linkProjects(
  world: World,
  owner: { tenantId: string; organizationId: string | null; userId: string },
  contactId: string,
  list: readonly Body[],
): void {
  const { projects } = world.tables;
  const kept = new Set(list.map(({ id }) => id));
  for (const project of projectsOf(world, contactId)) {
    if (!kept.has(project.id)) put(world, projects, { ...project, organizationContactId: null });
  }
  for (const one of list) {
    const stored = projects.get(textOf(one.id));
    const base: ProjectRow = stored ?? {
      ...newBase(world, owner),
      name: 'Untitled',
      organizationContactId: null,
      members: [],
    };
    put(world, projects, {
      ...base,
      name: typeof one.name === 'string' ? one.name : base.name,
      organizationContactId: contactId,
    });
  }
}

const colors = ['269aff', 'ffaf26', '8b72ff', '0ecc9d'];

/** The picture that the server invents for a contact without one. */
function dummyImage(name: string, id: string): string {
  const color = colors[id.charCodeAt(0) % colors.length];
  return `https://dummyimage.com/330x300/${color}/ffffff.jpg&text=${name.charAt(0).toUpperCase()}`;
}
