import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finishReplacement, quarantineDir, queueReplacement } from '../backups/replace.ts';
import { flushFile, nextBackup, removeDatabase, stampOf } from '../backups/files.ts';
import type { RunTask } from '../backups/run-task.ts';
import { DamagedBook } from './damaged-book.ts';
import type { RecoveryPlan } from './plan.ts';
import { reportText } from './report.ts';

export type Choice = 'salvage' | 'backup';
/** Says what is to take the place of a damaged book; null leaves everything as it is. */
export type Choose = (plan: RecoveryPlan) => Choice | null | Promise<Choice | null>;

export interface RecoverDeps {
  dataDir: string;
  migrationsDir: string;
  clock: () => Date;
  choose: Choose;
  run: RunTask;
}

export const reportName = 'report.txt';

/**
 * Puts what could be read of a damaged book, or the newest sound backup, in its place. The damaged files go to the quarantine
 * together, with a report. Only for who has the profile, while the database is closed.
 * Throws DamagedBook, with everything left as it was, when there is nothing better or the choice was to do nothing.
 */
export async function recover({ dataDir, migrationsDir, clock, choose, run }: RecoverDeps, messages: readonly string[]): Promise<void> {
  const plan = await run('planRecovery', { dataDir, migrationsDir });
  const chosen = plan.better === null ? null : await choose(plan);
  if (chosen === null || plan[chosen] === null) {
    removeDatabase(join(dataDir, 'salvaged.part'));
    throw new DamagedBook(dataDir, plan.better === null ? 'hopeless' : 'notAsked');
  }
  const now = clock();
  const stamp = stampOf(now);
  const ready = await readyFile(plan, chosen, dataDir, (target, source) => run('stage', { source, target, migrationsDir }));
  const quarantine = join(quarantineDir(dataDir), stamp);
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const report = join(quarantine, reportName);
  writeFileSync(report, reportText({ at: now.toISOString(), plan, chosen, messages, quarantine }), { mode: 0o600 });
  flushFile(report);
  queueReplacement(dataDir, ready, 'recovered', stamp);
  finishReplacement(dataDir, now);
  if (chosen === 'backup' && plan.salvage) keepOrDrop(plan.salvage, dataDir, now);
}

async function readyFile(
  { salvage, backup }: RecoveryPlan,
  chosen: Choice,
  dataDir: string,
  stage: (target: string, source: string) => Promise<unknown>,
): Promise<string> {
  if (chosen === 'salvage' && salvage) return salvage.file;
  const target = join(dataDir, 'recovered.part');
  removeDatabase(target);
  await stage(target, backup?.file ?? '');
  return target;
}

/** What was read stays among the backups, so that the person can still have it instead. */
function keepOrDrop(salvage: NonNullable<RecoveryPlan['salvage']>, dataDir: string, now: Date): void {
  if (salvage.contacts + salvage.trashed > 0) renameSync(salvage.file, nextBackup(dataDir, 'salvaged', now));
  else removeDatabase(salvage.file);
}
