import { describe, expect, test } from 'vitest';
import { hashOf, snapshotOf, snapshotText, type SyncedField } from '../../../../electron/sync/snapshot.ts';
import type { Dialect, RemoteRow } from '../../../../electron/sync/ports.ts';
import { encodeCreate, encodeDelete, encodeRestore, encodeUpdate, type Encoded } from '../../../../electron/sync/wire/encode.ts';

const account = (dialect: Partial<Dialect> = {}) => ({
  tenantId: 'ten', organizationId: 'org', dialect: { server: 'gauzy' as const, clientIds: true, ...dialect },
});
const own = { tenantId: 'ten', organizationId: 'org' };
const plain = { name: 'Acme', contactType: 'CLIENT', budgetType: 'COST', isActive: true, isArchived: false };

const snapshot = (values: Partial<Record<SyncedField, unknown>>, tags: string[] = []) =>
  snapshotOf({ ...plain, ...values }, { tags, members: [], projects: [] });

function fresh(values: Partial<Record<SyncedField, unknown>> = {}, more: Partial<RemoteRow> & { tags?: string[] } = {}): RemoteRow {
  const { tags, ...rest } = more;
  const held = snapshot(values, tags);
  return {
    remoteId: 'r1', addressId: 'adr', createdAt: '', updatedAt: '', deletedAt: null, snapshot: held, hash: hashOf(snapshotText(held)), strange: [], ...rest,
  };
}

const bodyOf = (request: Encoded | null) => JSON.parse(request?.body ?? 'null') as Record<string, unknown>;

describe('a contact that is created', () => {
  test('has our id, its values, and no field that is the server\'s own', () => {
    const request = encodeCreate(account(), 'id1', snapshot({ budget: 3, 'contact.city': 'Köln' }, ['t1']), {});
    expect(request).toMatchObject({ method: 'POST', path: '/organization-contact' });
    expect(bodyOf(request)).toEqual({
      id: 'id1', ...own, name: 'Acme', contactType: 'CLIENT', budget: 3, budgetType: 'cost', isActive: true, isArchived: false,
      contact: { ...own, city: 'Köln' }, tags: [{ id: 't1' }],
    });
  });

  test('has no id where the server makes it, and says that it has no kind of budget', () => {
    expect(bodyOf(encodeCreate(account({ clientIds: false }), 'id1', snapshot({ budgetType: null }), {}))).toMatchObject({ budgetType: null });
    expect(bodyOf(encodeCreate(account({ clientIds: false }), 'id1', snapshot({}), {}))).not.toHaveProperty('id');
  });

  test('of a type that the server does not know is a client with a tag', () => {
    expect(bodyOf(encodeCreate(account(), 'id1', snapshot({ contactType: 'VENDOR' }), { VENDOR: 'tv' }))).toMatchObject({ contactType: 'CLIENT', tags: [{ id: 'tv' }] });
    expect(() => encodeCreate(account(), 'id1', snapshot({ contactType: 'VENDOR' }), {})).toThrow(/VENDOR/);
  });

  test('on another Fieldbook keeps everything', () => {
    const values = { contactType: 'PARTNER', budget: 1.5, extra: { a: 1 } };
    const body = bodyOf(encodeCreate(account({ server: 'fieldbook' }), 'id1', snapshot(values), {}));
    expect(body).toMatchObject({ ...values, budgetType: 'COST' });
    expect(body).not.toHaveProperty('tags');
  });
});

describe('a contact that is changed', () => {
  test('has what changed, the name, and the whole address with its id', () => {
    const row = fresh(
      { notes: 'old', 'contact.city': 'Köln', 'contact.postcode': '50667' },
      { wire: { name: ' Acme ', address: { city: ' Köln ', postcode: '50667', name: 'Gate', fax: null } } },
    );
    const expected = snapshot({ notes: null, 'contact.city': 'Köln', 'contact.postcode': '50668' });
    const request = encodeUpdate(account(), row, expected, {});
    expect(request).toMatchObject({ method: 'PUT', path: '/organization-contact/r1' });
    expect(bodyOf(request)).toEqual({
      ...own, name: ' Acme ', notes: null, contact: { id: 'adr', ...own, city: ' Köln ', postcode: '50668', name: 'Gate', fax: null },
    });
  });

  test('sends every field of the address, also where it was not read for an update', () => {
    const { contact } = bodyOf(encodeUpdate(account(), fresh({ 'contact.city': 'Köln' }), snapshot({ 'contact.city': 'Köln', notes: 'n' }), {}));
    expect(Object.keys(contact as object)).toHaveLength(13 + 3);
  });

  test('is not sent when nothing changes, however it was written there', () => {
    expect(encodeUpdate(account(), fresh({ notes: 'same' }), snapshot({ notes: 'same ' }), {})).toBeNull();
    expect(encodeUpdate(account(), fresh({ contactType: 'VENDOR' }), snapshot({ contactType: 'VENDOR' }), { VENDOR: 'tv' })).toBeNull();
  });

  test('sends a set only when it changes, and then whole, with the tag that stands for the type', () => {
    const tags = { VENDOR: 'tv', PARTNER: 'tp' };
    const vendor = fresh({ contactType: 'VENDOR' }, { tags: ['t1'] });
    expect(bodyOf(encodeUpdate(account(), vendor, snapshot({ contactType: 'VENDOR', notes: 'n' }, ['t1']), tags))).not.toHaveProperty('tags');
    expect(bodyOf(encodeUpdate(account(), vendor, snapshot({ contactType: 'VENDOR' }, ['t1', 't2']), tags)).tags).toEqual([{ id: 't1' }, { id: 't2' }, { id: 'tv' }]);
    expect(bodyOf(encodeUpdate(account(), vendor, snapshot({ contactType: 'LEAD' }, ['t1']), tags))).toMatchObject({ contactType: 'LEAD', tags: [{ id: 't1' }] });
    const partner = bodyOf(encodeUpdate(account(), vendor, snapshot({ contactType: 'PARTNER' }, ['t1']), tags));
    expect(partner.tags).toEqual([{ id: 't1' }, { id: 'tp' }]);
    expect(partner).not.toHaveProperty('contactType');
    expect(bodyOf(encodeUpdate(account(), fresh({}, { tags: ['t1'] }), snapshot({}, []), tags)).tags).toEqual([]);
  });

  test('leaves the address of a picture to the server', () => {
    const body = bodyOf(encodeUpdate(account(), fresh({ imageUrl: 'https://a.example/p.png' }), snapshot({ imageId: 'p1' }), {}));
    expect(body).toMatchObject({ imageId: 'p1' });
    expect(body).not.toHaveProperty('imageUrl');
  });

  test('is taken out of the trash with no time of deletion, and its address', () => {
    expect(bodyOf(encodeRestore(account(), fresh({ 'contact.city': 'Köln' }), snapshot({ 'contact.city': 'Köln' }), {}))).toMatchObject({
      name: 'Acme', deletedAt: null, contact: { id: 'adr', city: 'Köln' },
    });
  });

  test('is deleted into the trash of the server where it has one', () => {
    expect(encodeDelete(account(), 'r1')).toEqual({ method: 'DELETE', path: '/organization-contact/r1/soft', body: null });
    expect(encodeDelete(account({ softDelete: false }), 'r1').path).toBe('/organization-contact/r1');
  });
});
