import { beforeEach, describe, expect, test } from 'vitest';
import { readOne, signIn, type Credentials } from '../../../../electron/sync/engine/connect.ts';
import { NetworkError, type Transport } from '../../../../electron/sync/ports.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { createOffice, directTransport, openLaptop, signedIn } from './support.ts';

let office: ReturnType<typeof createOffice>;

beforeEach(() => {
  office = createOffice();
  office.remote.seed(7);
});

function connect(credentials: Credentials, transport: Transport = directTransport(office.remote)) {
  const { clock } = office;
  return signIn({ transport, world: { now: () => new Date(clock.now()), random: () => 0.5, sleep: clock.sleep } }, credentials);
}

const refused = async (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('it worked'); }, (error: AppError) => error);
const fieldsOf = (error: AppError) => error.issues.map(({ field }) => field);

/** A server that answers these routes, and 401 or 404 to all others as a Fieldbook does. */
function fieldbook(routes: Record<string, unknown>): Transport {
  return async ({ path, headers }) => {
    const body = routes[path.split('?')[0] ?? ''];
    const isPublic = path === '/api/health';
    const status = body === undefined || (!isPublic && headers.authorization !== 'Bearer fbk_good') ? 401 : 200;
    async function* read() {
      yield Buffer.from(JSON.stringify(status === 200 ? body : { statusCode: 401, message: 'Unauthorized', error: 'Unauthorized' }));
    }
    return { status, headers: { 'content-type': 'application/json' }, body: read() };
  };
}

const officeBook = fieldbook({
  '/api/health': { status: 'ok' },
  '/api/user/me': { id: 'u', name: 'Office', tenantId: 't', organizationId: 'o', permissions: ['ORG_CONTACT_EDIT'] },
  '/api/organization-contact/count': 12,
});

describe('signing in', () => {
  test('with e-mail and password finds the person, every organization of theirs and how many contacts each has', async () => {
    const { admin, tenantId, organizationId, secondOrganizationId } = office.remote.directory;
    const { tokens, ...found } = await connect({ email: admin.email, password: admin.password });
    expect(found).toEqual({
      dialect: { server: 'gauzy', clientIds: true },
      tenantId,
      userName: 'Local Admin',
      organizations: [{ id: organizationId, name: 'Head office', contacts: 7 }, { id: secondOrganizationId, name: 'Branch', contacts: 0 }],
    });
    expect(tokens.refresh).not.toBeNull();
    // The server's list of memberships is of everybody.
    const { organizations } = await connect(office.remote.directory.employee);
    expect(organizations.map(({ id }) => id)).toEqual([organizationId]);
  });

  test('with a token of the server is as good, and says that it cannot be renewed', async () => {
    const { access } = signedIn(office.remote);
    const { tokens, organizations } = await connect({ token: access });
    expect(tokens).toEqual({ access, refresh: null });
    expect(organizations).toHaveLength(2);
  });

  test('recognises another Fieldbook', async () => {
    expect(await connect({ token: 'fbk_good' }, officeBook)).toMatchObject({
      dialect: { server: 'fieldbook', clientIds: true }, tenantId: 't', userName: 'Office', organizations: [{ id: 'o', contacts: 12 }],
    });
    const error = await refused(connect({ email: 'a@b.example', password: 'x' }, officeBook));
    expect(fieldsOf(error)).toEqual(['token']);
    expect(error.message).toContain('Fieldbook');
  });

  test('names the field that is missing or wrong', async () => {
    expect(fieldsOf(await refused(connect({})))).toEqual(['email']);
    expect(fieldsOf(await refused(connect({ email: 'a@b.example' })))).toEqual(['password']);
    expect(fieldsOf(await refused(connect({ email: office.remote.directory.admin.email, password: 'wrong' })))).toEqual(['password']);
    expect(fieldsOf(await refused(connect({ email: 'nobody', password: 'x' })))).toEqual(['email']);
    expect(fieldsOf(await refused(connect({ token: 'wrong' })))).toEqual(['token']);
  });

  test('does not blame the password while the database of the server is down', async () => {
    office.remote.world.databaseUp = false;
    const error = await refused(connect(office.remote.directory.admin));
    expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('trouble') as string });
  });

  test('tells a hotel, another web site and no network apart', async () => {
    office.remote.faults.add({ times: Infinity, do: 'html200' });
    expect(await refused(connect(office.remote.directory.admin))).toMatchObject({ kind: 'unavailable' });
    office.remote.faults.clear();
    office.remote.faults.add({ times: Infinity, do: { status: 200, body: { hello: 'world' } } });
    expect(fieldsOf(await refused(connect(office.remote.directory.admin)))).toEqual(['url']);
    const offline: Transport = async () => {
      throw new NetworkError('offline', false, 'The server was not found: is there a network?');
    };
    expect(await refused(connect({ token: 't' }, offline))).toMatchObject({ kind: 'unavailable', message: 'The server was not found: is there a network?' });
  });

  test('waits and asks again after an error on the way', async () => {
    office.remote.faults.add({ times: 2, do: { status: 502, body: '' } });
    expect((await connect(office.remote.directory.admin)).organizations).toHaveLength(2);
  });

  test('keeps the password to the one request that needs it', async () => {
    office.remote.requests.length = 0;
    await connect(office.remote.directory.admin);
    const holding = office.remote.requests.filter((request) => JSON.stringify(request).includes('secret'));
    expect(holding.map(({ path }) => path)).toEqual(['/api/auth/login']);
  });
});

describe('asking for one contact', () => {
  test('gives what the server holds, or that it holds nothing, or why it cannot be asked', async () => {
    const laptop = await openLaptop({ office });
    const deps = {
      book: laptop.sync, tokens: laptop.tokens, transport: directTransport(office.remote),
      world: { now: () => new Date(office.clock.now()), random: () => 0.5, sleep: office.clock.sleep },
    };
    const [row] = office.remote.rows();
    expect((await readOne(deps, row?.id ?? ''))?.rows).toMatchObject([{ remoteId: row?.id, snapshot: { values: { name: row?.name } } }]);
    expect(await readOne(deps, '99999999-9999-4999-8999-999999999999')).toBeNull();
    office.remote.faults.add({ times: Infinity, do: 'drop' });
    expect(await refused(readOne(deps, row?.id ?? ''))).toMatchObject({ kind: 'unavailable' });
    laptop.close();
  });
});
