import { toAppError } from '../../shared/errors.ts';
import type { UndoResult } from '../../shared/operations/book.ts';
import type { CommandContext } from './commands.ts';
import { forgetStep } from './notify.tsx';
import { focusListIfLost } from './use-return-focus.ts';

/** Runs something that may be refused, and tells the person why when it is. */
export async function attempt(context: Pick<CommandContext, 'notify'>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    context.notify({ message: toAppError(thrown).message, tone: 'problem' });
  }
}

/** Moves contacts to the trash, with an offer to take it back. */
export function deleteContacts(context: CommandContext, ids: readonly string[]): Promise<void> {
  const { host, store, notify } = context;
  return attempt(context, async () => {
    const what = nameContacts(context, ids);
    const next = context.list()?.nextAfter(ids) ?? null;
    const { group, affected } = await host.call('contact.deleteMany', { ids: [...ids] });
    leave(context, ids, next);
    if (affected === 0 || group === null) return;
    notify({
      message: `Moved ${what} to the trash`,
      step: group,
      action: {
        label: 'Undo',
        run: () => attempt(context, async () => {
          await host.call('undo.undo', { group });
          if (ids.length === 1 && ids[0] !== undefined) store.getState().openContactPane(ids[0]);
        }),
      },
    });
  });
}

/** Takes contacts out of the trash. */
export function restoreContacts(context: CommandContext, ids: readonly string[]): Promise<void> {
  return attempt(context, async () => {
    const what = nameContacts(context, ids);
    const next = context.list()?.nextAfter(ids) ?? null;
    const { affected } = await context.host.call('contact.recoverMany', { ids: [...ids] });
    leave(context, ids, next);
    if (affected > 0) context.notify({ message: `Restored ${what}` });
  });
}

/** Erases contacts of the trash for good; without ids, all of it. */
export function purgeContacts(context: CommandContext, ids?: readonly string[]): Promise<void> {
  return attempt(context, async () => {
    const next = ids ? (context.list()?.nextAfter(ids) ?? null) : null;
    const { affected } = await context.host.call('contact.purge', ids ? { ids: [...ids] } : {});
    const { selection, openContact } = context.store.getState();
    leave(context, ids ?? [...selection, ...(openContact === null ? [] : [openContact])], next);
    context.notify({ message: `Erased ${countContacts(affected)} for good` });
  });
}

export function undoLast(context: CommandContext): Promise<void> {
  return attempt(context, async () => {
    const { host } = context;
    const [top, result] = await Promise.all([host.call('undo.peek', {}).catch(() => null), host.call('undo.undo', {})]);
    if (top?.undo) forgetStep(top.undo.group);
    tellUndone(context, result);
  });
}

export function redoLast(context: CommandContext): Promise<void> {
  return attempt(context, async () => {
    tellUndone(context, await context.host.call('undo.redo', {}));
  });
}

/** Says in the host's words what was done, and what was left alone. */
function tellUndone({ notify }: CommandContext, result: UndoResult): void {
  const kept = result.kept.length;
  const exception = kept === 0 ? '' : `; ${kept} ${kept === 1 ? 'field was' : 'fields were'} edited since and left alone`;
  notify({ message: `${result.label}${exception}` });
}

/**
 * A person stays on the list when the contacts they look at are gone from it: the pane goes on with the `next` one,
 * and the keyboard with the list, as the pane's own buttons went with the contact.
 */
function leave(context: CommandContext, ids: readonly string[], next: string | null): void {
  const { openContact, selection, openContactPane, closeContactPane, select } = context.store.getState();
  if (openContact !== null && ids.includes(openContact)) {
    if (next === null) closeContactPane();
    else openContactPane(next);
    context.list()?.focus();
  }
  if (selection.size > 0) select([...selection].filter((id) => !ids.includes(id)));
  focusListIfLost(context);
}

function nameContacts({ list }: CommandContext, ids: readonly string[]): string {
  const [id] = ids;
  const name = ids.length === 1 && id !== undefined ? list()?.rowOf(id)?.name : null;
  return name ? `“${name}”` : countContacts(ids.length);
}

/** '1 contact', '12,345 contacts'. */
export function countContacts(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? 'contact' : 'contacts'}`;
}
