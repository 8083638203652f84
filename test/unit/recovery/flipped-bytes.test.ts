import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackups } from '../../../electron/backups/backups.ts';
import { createRandom, type Random } from '../../../electron/seed/random.ts';
import { openStore } from '../../../electron/store/open.ts';
import { migrationsDir, temporaryFolder } from '../support/book.ts';
import { contactsIn, databaseOf, makeProfile, profileOf, runHere, startRecovering } from './damaged-books.ts';

const files = 200;
const contacts = 120;

let folder: ReturnType<typeof temporaryFolder>;
const template = () => join(folder.path, 'template');

beforeAll(async () => {
  folder = temporaryFolder();
  await makeProfile(template(), contacts);
  const store = openStore(template(), migrationsDir);
  const backups = createBackups({
    store, dataDir: template(), migrationsDir, clock: () => new Date('2026-11-22T09:00:00Z'), reopen: undefined, run: runHere,
    onDamage: () => undefined, announce: () => undefined,
  });
  await backups.make('daily');
  store.close();
});
afterAll(() => folder.remove());

/** A copy of the database with a byte, a few bytes, a stretch, or a whole page changed. */
function damage(bytes: Buffer, random: Random): Buffer {
  const below = (limit: number) => random.below(limit);
  const damaged = Buffer.from(bytes);
  const anywhere = () => below(bytes.length);
  const scribble = (index: number) => (damaged[index] = below(256));
  switch (below(4)) {
    case 0:
      scribble(anywhere());
      break;
    case 1:
      for (let count = 0; count < 20; count += 1) scribble(anywhere());
      break;
    case 2:
      for (let index = anywhere(), end = Math.min(index + 600, bytes.length); index < end; index += 1) scribble(index);
      break;
    default: {
      const page = below(bytes.length / 4096);
      damaged.fill(0, page * 4096, (page + 1) * 4096);
    }
  }
  return damaged;
}

test(`${files} books with bytes changed anywhere: none ends empty, every contact is there or in what is offered, nothing crashes`, async () => {
  // Another one is tried with `DAMAGE_SEED=4711 npx vitest run test/unit/recovery/flipped-bytes.test.ts`.
  const seed = Number(process.env['DAMAGE_SEED'] ?? 1);
  const random = createRandom(seed, 'damage');
  const sound = databaseOf(template());
  const tally = { opened: 0, salvaged: 0, fromBackup: 0, leftAlone: 0 };
  for (let index = 0; index < files; index += 1) {
    const context = `seed ${seed}, file ${index}`;
    const withBackups = index % 2 === 0;
    const damaged = damage(sound, random);
    const dataDir = profileOf(template(), join(folder.path, `book-${index}`), damaged, withBackups);
    const { plan, started } = await startRecovering(dataDir);

    if (started === null) {
      // Nothing could be read, and there was nothing else: the file is as it was.
      expect(withBackups, context).toBe(false);
      expect(databaseOf(dataDir).equals(damaged), context).toBe(true);
      tally.leftAlone += 1;
      continue;
    }
    const names = contactsIn(started);
    expect(names.length, context).toBeGreaterThan(0);
    expect(started.store.db.pragma('integrity_check', { simple: true }), context).toBe('ok');
    if (plan === null) {
      expect(names.length, context).toBe(contacts);
      tally.opened += 1;
    } else {
      const read = plan.salvage ? plan.salvage.contacts + plan.salvage.trashed : 0;
      expect(names.length, context).toBe(withBackups ? Math.max(read, contacts) : read);
      const [kept] = readdirSync(join(dataDir, 'quarantine'));
      expect(existsSync(join(dataDir, 'quarantine', kept ?? '', 'report.txt')), context).toBe(true);
      expect(databaseOf(join(dataDir, 'quarantine', kept ?? '')).equals(damaged), context).toBe(true);
      if (plan.better === 'salvage') tally.salvaged += 1;
      else tally.fromBackup += 1;
    }
    started.store.close();
  }
  // All the ways out were taken, or the test would prove little.
  expect(tally.opened, JSON.stringify(tally)).toBeGreaterThan(0);
  expect(tally.salvaged, JSON.stringify(tally)).toBeGreaterThan(0);
});
