import { newTokens } from './auth.ts';
import { saveAddress } from './contact-save.ts';
import { removeContact } from './contacts-write.ts';
import { contactEntity, projectsOf } from './entities.ts';
import type { Directory } from './people.ts';
import type { AddressFields, ContactRow } from './rows.ts';
import { addTag, removeTag } from './tags.ts';
import { bodyBytes, type RemoteRequest, type RemoteResponse } from './transport.ts';
import { newBase, put, type World } from './world.ts';

/** A contact as the truth shows it. */
export interface RemoteContact {
  id: string;
  tenantId: string;
  organizationId: string | null;
  name: string;
  primaryEmail: string | null;
  primaryPhone: string | null;
  inviteStatus: string | null;
  notes: string | null;
  contactType: string;
  imageUrl: string | null;
  imageId: string | null;
  budget: number | null;
  budgetType: string | null;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
  createdByUserId: string | null;
  updatedByUserId: string | null;
  contactId: string | null;
  contact: ({ id: string } & AddressFields) | null;
  tags: { id: string; name: string }[];
  members: { id: string; fullName: string }[];
  projects: { id: string; name: string }[];
}

type Scalars = Pick<
  ContactRow,
  | 'name'
  | 'primaryEmail'
  | 'primaryPhone'
  | 'inviteStatus'
  | 'notes'
  | 'contactType'
  | 'imageUrl'
  | 'imageId'
  | 'budget'
  | 'budgetType'
  | 'isActive'
  | 'isArchived'
  | 'organizationId'
>;

/** What can be changed by hand. Sets are whole lists of ids, the address is changed field by field. */
export type Changes = { -readonly [K in keyof Scalars]?: Scalars[K] } & {
  tags?: readonly string[];
  members?: readonly string[];
  projects?: readonly string[];
  contact?: Partial<AddressFields>;
  /** A time to set `updatedAt` to, rather than now. */
  updatedAt?: string;
};

const relations = { tags: {}, members: { user: {} }, projects: {}, contact: {} };

export type WebUser = ReturnType<typeof createWebUser>;

/** A hand at the tables, and a signed-in colleague for calls as the server's own web client makes them. */
export function createWebUser(world: World, directory: Directory, server: (request: RemoteRequest) => RemoteResponse) {
  const { tenantId, organizationId, webUser } = directory;
  const owner = { tenantId, organizationId, userId: webUser.id };
  const show = (row: ContactRow): RemoteContact => contactEntity(world, row, relations) as unknown as RemoteContact;
  const rows = (): RemoteContact[] => [...world.tables.contacts.values()].map(show);
  const rowOf = (id: string): ContactRow => {
    const row = world.tables.contacts.get(id);
    if (!row) throw new Error(`The remote has no contact ${id}`);
    return row;
  };

  const write = (
    row: ContactRow,
    { contact, projects, updatedAt, ...columns }: Changes,
    now: number,
  ): RemoteContact => {
    const stamp = updatedAt === undefined ? now : Date.parse(updatedAt) * 1000;
    put(world, world.tables.contacts, { ...row, ...columns, updatedAt: stamp });
    const address = world.tables.addresses.get(row.contactId ?? '');
    if (contact && address) put(world, world.tables.addresses, { ...address, ...contact, updatedAt: stamp });
    if (projects) assignProjects(world, row.id, projects);
    return show(rowOf(row.id));
  };

  return {
    /** All contacts, the soft-deleted too. */
    rows,
    /** The live contacts of the organisation. */
    list: (): RemoteContact[] =>
      rows().filter((one) => one.deletedAt === null && one.organizationId === organizationId),
    /** A contact, soft-deleted too; undefined where there is none. */
    get: (id: string): RemoteContact | undefined => {
      const row = world.tables.contacts.get(id);
      return row && show(row);
    },
    create: ({ id, ...values }: Changes & { name: string; id?: string }): RemoteContact => {
      const base = newBase(world, { ...owner, ...(id !== undefined && { id }) });
      const contactId = saveAddress(world, owner, {}).id;
      return write({ ...base, ...blank, name: values.name, contactId }, values, base.updatedAt);
    },
    edit: (id: string, changes: Changes): RemoteContact =>
      write({ ...rowOf(id), updatedByUserId: webUser.id }, changes, world.stamp()),
    delete: (id: string, how: 'hard' | 'soft'): void => {
      const row = rowOf(id);
      const now = world.stamp();
      if (how === 'hard') removeContact(world, id);
      else put(world, world.tables.contacts, { ...row, deletedAt: now, updatedAt: now });
    },
    undelete: (id: string): void =>
      put(world, world.tables.contacts, { ...rowOf(id), deletedAt: null, updatedAt: world.stamp() }),
    /** @returns the id of the new tag */
    createTag: (name: string, color = '#228be6'): string => addTag(world, owner, name, color).id,
    renameTag: (id: string, name: string): void => {
      const tag = world.tables.tags.get(id);
      if (tag) put(world, world.tables.tags, { ...tag, name, updatedAt: world.stamp() });
    },
    deleteTag: (id: string): void => void removeTag(world, id),
    /** @returns the id of the new project */
    createProject: (name: string, members: readonly string[] = []): string => {
      const project = { ...newBase(world, owner), name, organizationContactId: null, members };
      put(world, world.tables.projects, project);
      return project.id;
    },
    /** A call of the web client, past faults and record. */
    request: (method: string, path: string, body?: unknown): { status: number; body: unknown } => {
      const user = world.tables.users.get(webUser.id);
      if (!user) throw new Error('The remote has lost its web user');
      const authorization = `Bearer ${newTokens(world, user).token}`;
      return call(server, method, path, body, { authorization, 'Tenant-Id': tenantId });
    },
  };
}

const blank = {
  primaryEmail: null,
  primaryPhone: null,
  inviteStatus: null,
  notes: null,
  contactType: 'CLIENT',
  imageUrl: null,
  budget: null,
  budgetType: 'cost',
  imageId: null,
  tags: [],
  members: [],
};

function assignProjects(world: World, contactId: string, ids: readonly string[]): void {
  const { projects } = world.tables;
  for (const project of projectsOf(world, contactId)) put(world, projects, { ...project, organizationContactId: null });
  for (const id of ids) {
    const project = projects.get(id);
    if (project) put(world, projects, { ...project, organizationContactId: contactId });
  }
}

function call(
  server: (request: RemoteRequest) => RemoteResponse,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): { status: number; body: unknown } {
  const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const response = server({ method, path, headers: { 'content-type': 'application/json', ...headers }, body: bytes });
  const text = bodyBytes(response.body).toString();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}
