import type { RecoveryPlan } from './plan.ts';
import type { Choice } from './recover.ts';

/** Something that could take the place of a damaged book, in words. */
export interface Offer {
  choice: Choice;
  label: string;
  detail: string;
}

/** What there is to choose from, the better first. `showTime` says when a backup was made. */
export function offersOf({ salvage, backup, better }: RecoveryPlan, showTime: (at: string) => string): Offer[] {
  const offers: Offer[] = [];
  if (salvage && salvage.contacts + salvage.trashed > 0) {
    const expected = salvage.expected === null ? '' : ` of ${salvage.expected.toLocaleString('en')}`;
    offers.push({
      choice: 'salvage',
      label: 'Use what could be read',
      detail: `Read from the damaged file: ${(salvage.contacts + salvage.trashed).toLocaleString('en')}${expected} contacts.`,
    });
  }
  if (backup) {
    offers.push({
      choice: 'backup',
      label: 'Use the backup',
      detail: `In the backup of ${showTime(backup.madeAt)}: ${(backup.contacts + backup.trashed).toLocaleString('en')} contacts.`,
    });
  }
  return offers.toSorted((a, b) => Number(b.choice === better) - Number(a.choice === better));
}
