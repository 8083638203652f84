import type { ConflictChoice, SyncConflict, SyncReport } from '../../shared/operations/sync.ts';
import { counted } from '../../shared/sync-words.ts';
import { attempt } from '../app/book-actions.ts';
import type { CommandContext } from '../app/commands.ts';
import { choiceWords } from './conflict-words.ts';

/** A full cycle by hand, and what came of it; a book without a server is offered one. */
export function syncNow(context: CommandContext): Promise<void> {
  const { host, store, notify } = context;
  return attempt(context, async () => {
    const { state } = await host.call('sync.status', {});
    if (state === 'unlinked') {
      store.getState().showDialog('connect');
      return;
    }
    const report = await host.call('sync.run', {});
    notify(report.ok ? { message: reportWords(report) } : { message: report.error ?? 'Sync did not finish.', tone: 'problem' });
  });
}

/** 'Synced: 3 contacts changed here, 2 sent'. */
function reportWords({ pulled, pushed, deleted }: SyncReport): string {
  const parts = [
    pulled > 0 ? `${counted(pulled, 'contact')} came` : '',
    pushed > 0 ? `${counted(pushed, 'contact')} sent` : '',
    deleted > 0 ? `${counted(deleted, 'contact')} to the trash` : '',
  ].filter((part) => part !== '');
  return `Synced: ${parts.length === 0 ? 'nothing was new' : parts.join(', ')}`;
}

/** Which conflicts an answer is for: some, or all of a kind and field. */
export type Meant = { ids: string[] } | Pick<SyncConflict, 'kind' | 'field'>;

/** Answers conflicts alike, as one step that can be taken back. Answers whether it was done. */
export async function answerConflicts(
  context: CommandContext,
  meant: Meant,
  choice: ConflictChoice,
  open: readonly SyncConflict[],
): Promise<boolean> {
  const { host, notify } = context;
  const chosen = open.filter((conflict) =>
    'ids' in meant ? meant.ids.includes(conflict.id) : conflict.kind === meant.kind && conflict.field === meant.field);
  const answered = chosen.filter(({ choices }) => choices.includes(choice));
  let done = false;
  await attempt(context, async () => {
    const ids = answered.map(({ id }) => id);
    const { resolved, group } = await host.call('sync.resolveMany', { ids, choice });
    done = true;
    const [first] = answered;
    const one = resolved === 1 && first !== undefined;
    notify({
      message: one ? `${choiceWords(first, choice).done}: ${first.name ?? 'many contacts'}` : `Answered ${counted(resolved, 'conflict')}`,
      step: group,
      action: { label: 'Undo', run: () => undoAnswer(context, ids, group) },
    });
  });
  return done;
}

/** Asks again, with the contacts as they were before the answer. */
function undoAnswer(context: CommandContext, ids: string[], group: string | null): Promise<void> {
  return attempt(context, async () => {
    if (group !== null) await context.host.call('undo.undo', { group });
    await context.host.call('sync.reopen', { ids });
  });
}

/** Sends a refused contact again with the next cycle, which begins now. */
export function sendAgain(context: CommandContext, id: string): Promise<void> {
  return attempt(context, async () => {
    await context.host.call('sync.retry', { id });
    context.notify({ message: 'It will be sent again.' });
  });
}

/** Makes a refused contact what the server holds; the step can be undone. */
export function discardChange(context: CommandContext, id: string): Promise<void> {
  return attempt(context, async () => {
    const { name } = await context.host.call('sync.discard', { id });
    context.notify({ message: `${name ?? 'The contact'} is as on the server again` });
  });
}
