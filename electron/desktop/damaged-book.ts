import { dialog } from 'electron';
import type { RecoveryPlan } from '../recovery/plan.ts';
import type { Choice } from '../recovery/recover.ts';

/** Asks what is to take the place of a damaged book: what was read of it, or the newest backup. Null leaves it as it is. */
export async function askAboutDamage(plan: RecoveryPlan): Promise<Choice | null> {
  const offers = offersOf(plan);
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Fieldbook',
    message: 'The address book is damaged',
    detail: `${offers.map(({ detail }) => detail).join('\n')}\n\nThe damaged file is kept, and a report says what is missing.`,
    buttons: [...offers.map(({ label }) => label), 'Quit'],
    defaultId: 0,
    cancelId: offers.length,
    noLink: true,
  });
  return offers[response]?.choice ?? null;
}

interface Offer {
  choice: Choice;
  label: string;
  detail: string;
}

/** The better one first. */
function offersOf({ salvage, backup, better }: RecoveryPlan): Offer[] {
  const offers: Offer[] = [];
  if (salvage && salvage.contacts + salvage.trashed > 0) {
    offers.push({ choice: 'salvage', label: 'Use what could be read', detail: `Read from the damaged file: ${contacts(salvage.contacts)}.` });
  }
  if (backup) {
    const madeAt = new Date(backup.madeAt).toLocaleString();
    offers.push({ choice: 'backup', label: 'Use the backup', detail: `In the backup of ${madeAt}: ${contacts(backup.contacts)}.` });
  }
  return offers.toSorted((a, b) => Number(b.choice === better) - Number(a.choice === better));
}

function contacts(count: number): string {
  return count === 1 ? '1 contact' : `${count.toLocaleString()} contacts`;
}
