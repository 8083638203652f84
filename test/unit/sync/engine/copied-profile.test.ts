import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/book.ts';
import { createOffice, isWrite, openLaptop } from './support.ts';

test('a profile that was copied with unsent changes in it does no harm: nothing is created twice, nothing is lost', async () => {
  const office = createOffice();
  const here = temporaryFolder();
  const there = temporaryFolder();
  const first = await openLaptop({ office, dataDir: here.path });
  const sent = first.create('Sent');
  await first.settle();
  const unsent = first.create('Unsent', { scalars: { notes: 'first' } });
  const doubtful = first.create('Doubtful');
  first.edit(sent.id, { scalars: { notes: 'before the copy' } });
  office.remote.faults.add({ match: (request) => isWrite(request) && request.path.endsWith('organization-contact'), times: 3, at: 'after', do: 'drop' });
  await first.cycle();
  office.remote.faults.clear();
  first.store.db.pragma('wal_checkpoint(TRUNCATE)');
  cpSync(join(here.path, 'fieldbook.db'), join(there.path, 'fieldbook.db'));
  const second = await openLaptop({ office, dataDir: there.path, link: false });

  first.edit(unsent.id, { scalars: { primaryPhone: '1' } });
  second.edit(unsent.id, { address: { city: 'Köln' } });
  first.edit(sent.id, { scalars: { budget: 7 } });
  second.remove(doubtful.id);
  for (let round = 0; round < 2; round += 1) {
    office.clock.pass(3_600_000);
    await first.settle();
    await second.settle();
  }
  await first.settle();
  for (const laptop of [first, second]) {
    expect(laptop.names()).toEqual(['Sent', 'Unsent']);
    expect(laptop.contact(unsent.id)).toMatchObject({ notes: 'first', primaryPhone: '1', city: 'Köln' });
    expect(laptop.contact(sent.id)).toMatchObject({ notes: 'before the copy', budget: 7 });
    expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0, parked: 0 });
  }
  expect(office.remote.rows().filter(({ deletedAt }) => deletedAt === null)).toHaveLength(2);
  first.close();
  second.close();
  here.remove();
  there.remove();
});
