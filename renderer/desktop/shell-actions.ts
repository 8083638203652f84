import { useEffect } from 'react';
import type { ShellAction } from '../../shared/shell.ts';
import { attempt } from '../app/book-actions.ts';
import { commands, isEnabled, type CommandContext } from '../app/commands.ts';
import { isTyping } from '../app/keyboard.ts';
import { openCapture } from '../capture/kept-capture.ts';

/** Does what the desktop asks of this window: commands of its menus, links, opened files. */
export function useShellActions(context: CommandContext): void {
  useEffect(() => {
    const { native } = context.host;
    if (!native) return undefined;
    const stop = native.onAction((action) => void attempt(context, () => perform(action, context)));
    void attempt(context, async () => void (await native.ask({ kind: 'ready' })));
    return stop;
  }, [context]);
}

async function perform(action: ShellAction, context: CommandContext): Promise<void> {
  const { host, store, notify } = context;
  const state = store.getState();
  switch (action.type) {
    case 'command':
      await runCommand(action.id, context);
      break;
    case 'openContact':
      state.showDialog(null);
      state.goTo('contacts');
      state.openContactPane(action.id);
      break;
    case 'capture':
      await openCapture(context, action);
      break;
    case 'import': {
      const { importSession } = await import('../import/import-session.ts');
      state.showDialog(null);
      state.goTo('imports');
      importSession(host).take(action.file);
      break;
    }
    case 'problem':
      notify({ message: action.message, tone: 'problem' });
      break;
  }
}

async function runCommand(id: Extract<ShellAction, { type: 'command' }>['id'], context: CommandContext): Promise<void> {
  const { store } = context;
  // A menu's Undo is for the field a person types in, as the key is.
  if ((id === 'edit.undo' || id === 'edit.redo') && isTyping(document.activeElement)) {
    document.execCommand(id === 'edit.undo' ? 'undo' : 'redo');
    return;
  }
  if (store.getState().dialog !== null) store.getState().showDialog(null);
  const command = commands.find((each) => each.id === id);
  if (command && isEnabled(command, context)) await command.run(context, { shift: false });
}
