import { describe, expect, test } from 'vitest';
import { decodeContact, joinNames, type ReadRow } from '../../../../electron/sync/wire/decode.ts';
import type { Dialect } from '../../../../electron/sync/ports.ts';

const gauzy: Dialect = { server: 'gauzy', clientIds: true };
const fieldbook: Dialect = { server: 'fieldbook', clientIds: true };
const id = '22222222-2222-4222-8222-222222222222';

/** A contact as Ever Gauzy answers it. */
const put = {
  id, deletedAt: null, createdAt: '2026-11-23T09:24:28.922Z', updatedAt: '2026-11-23T09:24:30.190Z', isActive: true, isArchived: false,
  tenantId: 't', organizationId: 'o', name: ' Put Co ', primaryEmail: 'Put@EXAMPLE.com', primaryPhone: '', inviteStatus: null, notes: 'hello',
  contactType: 'CUSTOMER', imageUrl: 'https://dummyimage.com/330x300/269aff/ffffff.jpg&text=P', budget: 100, budgetType: 'hours',
  contactId: 'a', imageId: null, image: null,
};

function read(changes: Record<string, unknown> = {}, dialect = gauzy): ReadRow {
  const decoded = decodeContact({ ...put, ...changes }, dialect, { forUpdate: true });
  if (decoded.kind !== 'row') throw new Error(decoded.strange.reason);
  return decoded;
}

describe('a contact of the server', () => {
  test('is read in the terms of this book', () => {
    const { row } = read({ contact: { id: 'adr', city: ' Köln', address2: '', latitude: 50.9, name: 'Gate', tenantId: 't', createdAt: 'x' } });
    expect(row).toMatchObject({ remoteId: id, addressId: 'adr', strange: [], deletedAt: null, updatedAt: '2026-11-23T09:24:30.190Z' });
    expect(row.snapshot.values).toEqual({
      name: 'Put Co', primaryEmail: 'Put@example.com', notes: 'hello', contactType: 'CUSTOMER', budget: 100, budgetType: 'HOURS',
      isActive: true, isArchived: false, 'contact.city': 'Köln', 'contact.latitude': 50.9,
    });
    // What an update has to send back is as it was read.
    expect(row.wire).toEqual({ name: ' Put Co ', address: { city: ' Köln', address2: '', latitude: 50.9, name: 'Gate' } });
  });

  test('keeps the address of its own picture to itself, and the invented one is none', () => {
    expect(read({ imageUrl: 'https://a.example/p.png' }).row.snapshot.values.imageUrl).toBe('https://a.example/p.png');
    const { row, pictureUrl } = read({ imageId: 'p', imageUrl: 'https://x.example/full.png', image: { fullUrl: 'https://x.example/full.png' } });
    expect(row.snapshot.values).toMatchObject({ imageId: 'p' });
    expect(row.snapshot.values.imageUrl).toBeUndefined();
    expect(pictureUrl).toBe('https://x.example/full.png');
  });

  test('is told by its tag what type it is, and the tag is not shown', () => {
    const tags = [{ id: 't1', name: 'vip', color: '#fff' }, { id: 't2', name: 'type:vendor', color: '#000' }];
    const vendor = read({ contactType: 'CLIENT', tags });
    expect(vendor.row.snapshot).toMatchObject({ values: { contactType: 'VENDOR' }, sets: { tags: ['t1'] } });
    expect(vendor.names.tags).toEqual([{ id: 't1', name: 'vip', color: '#fff' }]);
    expect(read({ contactType: 'LEAD', tags }).row.snapshot).toMatchObject({ values: { contactType: 'LEAD' }, sets: { tags: ['t1'] } });
    expect(read({ contactType: 'CLIENT', tags }, fieldbook).row.snapshot).toMatchObject({ values: { contactType: 'CLIENT' }, sets: { tags: ['t1', 't2'] } });
  });

  test('of a Fieldbook has what only a Fieldbook keeps', () => {
    const more = { contactType: 'PARTNER', budgetType: 'COST', budget: 1.5, extra: { b: 1, a: [2] } };
    expect(read(more, fieldbook).row.snapshot.values).toMatchObject(more);
    expect(read(more).row.snapshot.values.extra).toBeUndefined();
  });

  test.each([
    ['an unknown type', { contactType: 'FRIEND' }, 'contactType'],
    ['no type', { contactType: null }, 'contactType'],
    ['an unknown kind of budget', { budgetType: 'weeks' }, 'budgetType'],
    ['an unknown state of an invitation', { inviteStatus: 'MAYBE' }, 'inviteStatus'],
    ['an e-mail that is none', { primaryEmail: 'a@localhost' }, 'primaryEmail'],
    ['an address that runs code', { contact: { website: 'javascript:alert(1)' } }, 'contact.website'],
    ['a place outside the world', { contact: { latitude: 91 } }, 'contact.latitude'],
    ['text that is broken', { notes: 'a\ud800b' }, 'notes'],
    ['a picture whose address is too long', { imageUrl: `https://a.example/${'x'.repeat(500)}` }, 'imageUrl'],
  ])('with %s is taken, and that field is named', (_what, changes, field) => expect(read(changes).row.strange).toEqual([field]));

  test.each([
    ['nothing', null, 'it is no object'],
    ['no id', { ...put, id: undefined }, 'its id is not a UUID'],
    ['an id of another kind', { ...put, id: 'abc' }, 'its id is not a UUID'],
    ['no name', { ...put, name: null }, 'it has no name'],
    ['a blank name', { ...put, name: '  ' }, 'it has no name'],
    ['a number for a text', { ...put, notes: 5 }, 'notes is a number where a string belongs'],
    ['a text for a number', { ...put, budget: '100' }, 'budget is a string where a number belongs'],
    ['a list for a text', { ...put, contact: { city: ['Köln'] } }, 'contact.city is a list where a string belongs'],
    ['no time', { ...put, updatedAt: 'yesterday' }, 'updatedAt is no time'],
    ['tags that are none', { ...put, tags: {} }, 'its tags are no list'],
    ['a tag without an id', { ...put, tags: [{ name: 'vip' }] }, 'one of its tags has no id'],
    ['an address that is a text', { ...put, contact: 'Köln' }, 'its address is no object'],
  ])('with %s is set aside, with the reason', (_what, json, reason) => {
    const decoded = decodeContact(json, gauzy);
    expect(decoded).toMatchObject({ kind: 'strange', strange: { reason: `The server's contact cannot be read: ${reason}.` } });
  });

  test('in other words has another hash, in the same words the same', () => {
    const { hash } = read().row;
    expect(read({ name: 'Put Co', updatedAt: '2020-01-01T00:00:00Z', loyalty: 7 }).row.hash).toBe(hash);
    expect(read({ notes: 'hello!' }).row.hash).not.toBe(hash);
  });

  test('names each tag, employee and project once, employees by their person', () => {
    const one = read({ members: [{ id: 'm', fullName: 'Ann Lee', user: { email: 'ann@a.example' } }, { id: 'n' }], projects: [{ id: 'p', name: 'Fair' }] });
    expect(joinNames([one, one])).toEqual({
      tags: [], members: [{ id: 'm', name: 'Ann Lee', email: 'ann@a.example' }], projects: [{ id: 'p', name: 'Fair' }],
    });
    expect(one.row.snapshot.sets.members).toEqual(['m', 'n']);
  });
});
