import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStore, type StartedStore } from '../../../electron/recovery/start-store.ts';
import type { RecoveryPlan } from '../../../electron/recovery/plan.ts';
import type { RunTask } from '../../../electron/backups/run-task.ts';
import { tasks } from '../../../electron/backups/tasks.ts';
import { DamagedBook } from '../../../electron/recovery/damaged-book.ts';
import { migrationsDir, openTestBook } from '../support/book.ts';

/** A closed profile of some contacts with tags, long notes and history: the same file byte for byte whenever it is made. */
export async function makeProfile(dataDir: string, contacts: number): Promise<void> {
  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const book = openTestBook({ dataDir, newId, clock: () => new Date('2026-11-21T10:00:00Z') });
  const { id: tag } = await book.call('tag.create', { name: 'Fair', color: '#123456' });
  for (let index = 0; index < contacts; index += 1) {
    await book.call('contact.create', {
      name: `Contact ${index}`, primaryEmail: `contact${index}@mail.example`, tags: [{ id: tag }],
      notes: 'Met at the fair. '.repeat(index % 10 === 0 ? 700 : 10),
    });
  }
  book.store.close();
}

/** A copy of a profile whose database is made of these bytes. */
export function profileOf(template: string, target: string, bytes: Buffer | null, withBackups: boolean): string {
  mkdirSync(target, { recursive: true });
  if (withBackups && existsSync(join(template, 'backups'))) cpSync(join(template, 'backups'), join(target, 'backups'), { recursive: true });
  if (bytes) writeFileSync(join(target, 'fieldbook.db'), bytes);
  return target;
}

export const databaseOf = (dataDir: string): Buffer => readFileSync(join(dataDir, 'fieldbook.db'));

export interface Outcome {
  /** What was offered, when the book had to be recovered. */
  plan: RecoveryPlan | null;
  /** The opened book, or null when it was left as it is. */
  started: StartedStore | null;
}

/** Tasks in this thread: one for each of hundreds of files would take most of the time. */
export const runHere: RunTask = (name, input) => Promise.resolve((tasks[name] as (input: unknown) => never)(input));

/** Starts a book as `--recover` does. */
export async function startRecovering(dataDir: string): Promise<Outcome> {
  let plan: RecoveryPlan | null = null;
  try {
    const started = await startStore({
      dataDir, migrationsDir, clock: () => new Date(),
      run: runHere,
      choose(made) {
        plan = made;
        return made.better;
      },
    });
    return { plan, started };
  } catch (error) {
    if (error instanceof DamagedBook) return { plan, started: null };
    throw error;
  }
}

export const contactsIn = ({ store }: StartedStore): string[] =>
  store.db.prepare('select name from contact order by no').pluck().all() as string[];
