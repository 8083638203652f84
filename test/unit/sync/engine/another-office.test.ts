import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOffice, openLaptop, origin, signedIn, type Laptop } from './support.ts';

const dialect = { server: 'gauzy' as const, clientIds: true };
let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
beforeEach(async () => {
  office = createOffice();
  laptop = await openLaptop({ office });
  laptop.create('Acme', { address: { city: 'Bonn' } });
  await laptop.settle();
  laptop.sync.unlink();
});
afterEach(() => laptop.close());

const link = (tenantId: string, organizationId: string) =>
  laptop.sync.link({ url: origin, tenantId, organizationId, organizationName: 'Another office', userName: 'Ann', dialect });
const rows = () => [...office.remote.world.tables.contacts.values()];

test('a book that is linked to another tenant of the same server is copied there, and the first keeps its contacts', async () => {
  const { tenantId, other } = office.remote.directory;
  laptop.tokens.replace(signedIn(office.remote, other.admin));
  await link(other.tenantId, other.organizationId);
  await laptop.settle();
  expect(rows().map((row) => [row.name, row.tenantId])).toEqual([['Acme', tenantId], ['Acme', other.tenantId]]);
});

test('a book that is linked to another organization is copied there, and the first keeps its contacts', async () => {
  const { tenantId, organizationId, secondOrganizationId } = office.remote.directory;
  await link(tenantId, secondOrganizationId);
  await laptop.settle();
  expect(rows().map((row) => [row.name, row.organizationId])).toEqual([['Acme', organizationId], ['Acme', secondOrganizationId]]);
});

test('a book that is linked again to where it was is not doubled', async () => {
  const { tenantId, organizationId } = office.remote.directory;
  await link(tenantId, organizationId);
  await laptop.settle();
  expect(rows()).toHaveLength(1);
  expect(laptop.sync.counts()).toEqual({ waiting: 0, conflicts: 0, parked: 0, quarantined: 0 });
});
