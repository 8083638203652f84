import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exchange, serverUnderTest, withData, type Answer, type Session } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

const newTag = async ({ call, organizationId }: Session, name: string): Promise<string> =>
  (await call('POST', '/api/tags', { name, color: '#123456', organizationId })).body.id;

describe('tags', () => {
  test('ignore a client-made id and may have one name twice', async () => {
    const session = server();
    const { call, organizationId } = session;
    const id = randomUUID();
    const made = await call('POST', '/api/tags', { id, name: 'Twice', color: '#000', organizationId });
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe(id);
    expect(await newTag(session, 'Twice')).not.toBe(made.body.id);
  });

  test('need a name and a colour', async () => {
    const { call, organizationId } = server();
    expect((await call('POST', '/api/tags', { organizationId, name: 'No colour' })).status).toBe(400);
    expect((await call('POST', '/api/tags', { organizationId, color: '#000' })).status).toBe(400);
  });

  test('are listed by level, by page, raw with counters, and one by one', async () => {
    const session = server();
    const { call, create, organizationId, tenantId } = session;
    const id = await newTag(session, `Listed ${randomUUID()}`);
    await create({ name: 'Carrier', tags: [{ id }] });
    const level = await call('GET', `/api/tags/level?organizationId=${organizationId}&tenantId=${tenantId}`);
    expect(level.body.items.find((tag) => tag.id === id)).toHaveProperty('fullIconUrl');
    const page = await call(
      'GET',
      `/api/tags/pagination?where[organizationId]=${organizationId}&take=100&skip=1&order[createdAt]=DESC`,
    );
    expect(page.body.items.map((tag) => tag.id)).toContain(id);
    const raw = await call('GET', `/api/tags?where[organizationId]=${organizationId}`);
    expect(Number(raw.body.items.find((tag) => tag.id === id)?.organization_contact_counter)).toBe(1);
    expect((await call('GET', '/api/tags')).status).toBe(400);
    expect((await call('GET', `/api/tags/${id}`)).body.id).toBe(id);
  });

  test('renamed or deleted do not bump the contacts that carry them', async () => {
    const session = server();
    const { call, create, read } = session;
    const id = await newTag(session, 'Before');
    const contact = await create({ name: 'Carrier', tags: [{ id }] });
    const { updatedAt } = (await read(contact.id)).body;
    const renamed = await call('PUT', `/api/tags/${id}`, { name: 'After', color: '#000' });
    expect([renamed.status, renamed.body]).toEqual([202, { generatedMaps: [], raw: [], affected: 1 }]);
    const after = (await read(contact.id)).body;
    expect([after.tags.map(({ name }) => name), after.updatedAt]).toEqual([['After'], updatedAt]);
    expect((await call('DELETE', `/api/tags/${id}`)).body).toEqual({ raw: [], affected: 1 });
    const without = (await read(contact.id)).body;
    expect([without.tags, without.updatedAt]).toEqual([[], updatedAt]);
  });

  test('unknown: PUT 404, DELETE affects none', async () => {
    const { call } = server();
    expect((await call('PUT', `/api/tags/${randomUUID()}`, { name: 'x', color: '#000' })).status).toBe(404);
    expect((await call('DELETE', `/api/tags/${randomUUID()}`)).body).toEqual({ raw: [], affected: 0 });
  });
});

describe('people and places', () => {
  test('employees have names together with the user', async () => {
    const { call, organizationId, tenantId } = server();
    const page = `/api/employee/pagination?where[organizationId]=${organizationId}&take=100&skip=1`;
    expect((await call('GET', page)).body.items[0]).not.toHaveProperty('user');
    const [one] = (await call('GET', `${page}&relations[0]=user`)).body.items;
    expect(one?.fullName).toBe(one?.user.name);
    const members = await call('GET', `/api/employee/members?organizationId=${organizationId}&tenantId=${tenantId}`);
    expect(Object.keys(members.body.items[0] ?? {}).toSorted()).toEqual(['fullName', 'id', 'user']);
  });

  test('members of a contact have a name only with members.user', async () => {
    const { call, create, organizationId } = server();
    const employees = await call(
      'GET',
      `/api/employee/pagination?where[organizationId]=${organizationId}&take=1&skip=1`,
    );
    const member = { id: employees.body.items[0]?.id };
    const { id } = await create({ name: 'Assigned', members: [member] });
    const withRelations = async (relations: string[]): Promise<Answer> =>
      call('GET', `${contacts}/${id}?${withData({ relations })}`);
    expect((await withRelations(['members'])).body.members[0]).not.toHaveProperty('user');
    expect((await withRelations(['members', 'members.user'])).body.members[0]).toHaveProperty('fullName');
  });

  test('one member is added to and removed from many contacts, which bumps each and keeps addresses', async () => {
    const { call, create, organizationId, read } = server();
    const employees = await call(
      'GET',
      `/api/employee/pagination?where[organizationId]=${organizationId}&take=1&skip=1`,
    );
    const member = { id: String(employees.body.items[0]?.id) };
    const { id, updatedAt } = await create({ name: 'Many', contact: { city: 'Oslo' } });
    const added = await call('PUT', `${contacts}/employee`, { member, organizationId, addedEntityIds: [id] });
    expect([added.status, added.text]).toEqual([202, 'true']);
    const after = (await read(id)).body;
    expect([after.members.map((one) => one.id), after.contact.city]).toEqual([[member.id], 'Oslo']);
    expect(after.updatedAt > updatedAt).toBe(true);
    const path = `${contacts}/employee/${member.id}`;
    const theirs = await call('GET', `${path}?organizationId=${organizationId}`);
    expect(Object.keys((theirs.body as unknown as object[])[0] ?? {}).toSorted()).toEqual([
      'id',
      'image',
      'imageUrl',
      'name',
    ]);
    expect((await call('GET', path)).body).toEqual([]);
    expect((await call('GET', `${contacts}/employee/abc`)).status).toBe(406);
    await call('PUT', `${contacts}/employee`, { member, organizationId, removedEntityIds: [id] });
    expect((await read(id)).body.members).toEqual([]);
    expect((await call('PUT', `${contacts}/employee`, {})).text).toBe('true');
  });

  test('organisations of users: of everybody, with names only when asked for', async () => {
    const { call, organizationId, tenantId, userId } = server();
    const findInput = { userId, tenantId };
    const bare = await call('GET', `/api/user-organization?${withData({ findInput })}`);
    expect(bare.body.items[0]).not.toHaveProperty('organization');
    const named = await call('GET', `/api/user-organization?${withData({ relations: ['organization'], findInput })}`);
    expect(named.body.items[0]).toHaveProperty('organization.name');
    expect((await call('GET', `/api/organization/${organizationId}`)).body).toHaveProperty('name');
  });

  test('the one who is signed in', async () => {
    const { call, tenantId, userId } = server();
    expect((await call('GET', '/api/user/me')).body).toMatchObject({ id: userId, tenantId });
  });
});

describe('projects', () => {
  test('belong to one contact: linking takes them from the other without a trace there', async () => {
    const { create, read } = server();
    const first = await create({ name: 'First', projects: [{ name: `Shared ${randomUUID()}` }] });
    const [project] = (await read(first.id)).body.projects;
    const before = (await read(first.id)).body.updatedAt;
    const second = await create({ name: 'Second', projects: [{ id: project?.id }] });
    const after = (await read(first.id)).body;
    expect([after.projects, after.updatedAt]).toEqual([[], before]);
    expect((await read(second.id)).body.projects.map(({ id }) => id)).toEqual([project?.id]);
  });

  test('are written through: other fields of the object change the project', async () => {
    const { call, create, organizationId, read } = server();
    const { id } = await create({ name: 'Cascade', projects: [{ name: 'Old name' }] });
    const [project] = (await read(id)).body.projects;
    await create({ name: 'Renames', projects: [{ id: project?.id, name: 'New name' }] });
    const page = await call(
      'GET',
      `/api/organization-projects/pagination?where[organizationId]=${organizationId}&take=100&order[createdAt]=DESC`,
    );
    expect(page.body.items.find((one) => one.id === project?.id)?.name).toBe('New name');
  });
});

describe('pictures', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  const upload = (
    { url, tokens, tenantId, organizationId }: Session,
    bytes: Uint8Array,
    type: string,
  ): Promise<Answer> => {
    const boundary = 'a-boundary';
    const field = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const file = 'Content-Disposition: form-data; name="file"; filename="a.png"';
    const head = `--${boundary}\r\n${file}\r\nContent-Type: ${type}\r\n\r\n`;
    const fields = field('organizationId', organizationId) + field('tenantId', tenantId);
    const body = Buffer.concat([Buffer.from(fields + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = {
      Authorization: `Bearer ${tokens.token}`,
      'Tenant-Id': tenantId,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    };
    return exchange(`${url}/api/image-assets/upload/contacts`, 'POST', headers, body);
  };

  test('are uploaded, then named by imageId: imageUrl is their address while it is set', async () => {
    const session = server();
    const { create, update, read } = session;
    const { id } = await create({ name: 'Pictured', imageUrl: 'https://example.com/own.png' });
    const asset = await upload(session, png, 'image/png');
    expect([asset.status, asset.body.size]).toEqual([201, png.length]);
    const { body } = await update(id, { imageId: asset.body.id });
    expect(body.imageUrl).toBe(asset.body.fullUrl);
    expect(body.image).toMatchObject({ id: asset.body.id });
    const file = await fetch(String(asset.body.fullUrl));
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
    await update(id, { imageId: null });
    expect((await read(id)).body).toMatchObject({ image: null, imageUrl: 'https://example.com/own.png' });
  });

  test('are refused as SVG', async () => {
    const { status, body } = await upload(server(), Buffer.from('<svg/>'), 'image/svg+xml');
    expect([status, body.message]).toEqual([400, 'Unsupported file type: image/svg+xml']);
  });
});
