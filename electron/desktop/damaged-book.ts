import { dialog } from 'electron';
import { offersOf } from '../recovery/offers.ts';
import type { RecoveryPlan } from '../recovery/plan.ts';
import type { Choice } from '../recovery/recover.ts';

/** Asks what is to take the place of a damaged book: what was read of it, or the newest backup. Null leaves it as it is. */
export async function askAboutDamage(plan: RecoveryPlan): Promise<Choice | null> {
  const offers = offersOf(plan, (at) => new Date(at).toLocaleString());
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Fieldbook',
    message: 'The address book is damaged',
    detail: `${offers.map(({ detail }) => detail).join('\n')}\n\nThe damaged file is kept, and a report says what is missing.`,
    buttons: [...offers.map(({ label }) => label), 'Leave it as it is'],
    defaultId: 0,
    cancelId: offers.length,
    noLink: true,
  });
  return offers[response]?.choice ?? null;
}
