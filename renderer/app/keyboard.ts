import { useEffect } from 'react';
import { commandsOf, isEnabled, type Command, type CommandContext } from './commands.ts';

const isMac = /mac/i.test(navigator.platform);

/** The parts of a key as a person reads them: 'Mod+Shift+Z' is ['Ctrl', 'Shift', 'Z'], or ['⌘', '⇧', 'Z'] on a Mac. */
export function keyParts(key: string, mac = isMac): string[] {
  const words: Record<string, string> = {
    ...(mac ? { Mod: '⌘', Shift: '⇧' } : { Mod: 'Ctrl' }),
    ArrowDown: '↓', ArrowUp: '↑', PageDown: 'Page ↓', PageUp: 'Page ↑', Escape: 'Esc', Delete: 'Del',
  };
  return key.split('+').map((part) => words[part] ?? part);
}

/** Whether a key of the command table was pressed. Letters are compared as typed, so layouts do not matter. */
export function isPressed(key: string, event: KeyboardEvent, mac = isMac): boolean {
  const parts = key.split('+');
  const last = parts.at(-1) ?? '';
  const wanted = last === 'Space' ? ' ' : last;
  if (event.altKey || (mac ? event.metaKey : event.ctrlKey) !== parts.includes('Mod')) return false;
  if ((mac ? event.ctrlKey : event.metaKey) || event.key.toLowerCase() !== wanted.toLowerCase()) return false;
  // `?` and `/` may need Shift on some keyboards: the character says enough.
  const isSign = wanted.length === 1 && !/[a-z0-9 ]/i.test(wanted);
  return isSign || event.shiftKey === parts.includes('Shift');
}

/** Whether the keyboard writes into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
    && !target.matches('input[type=checkbox], input[type=radio]');
}

/** Whether the keys that move in the list may be taken: nothing else has the focus that would use them itself. */
function isOnList(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  return target === document.body || target.matches('[role=grid]');
}

/** From the search field, the arrows and Enter go on to the list. */
function isOnSearch(target: EventTarget | null, event: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('[data-list-search]')
    && ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter'].includes(event.key) && !event.shiftKey;
}

function findCommand(event: KeyboardEvent, { host }: CommandContext): Command | undefined {
  const typing = isTyping(event.target);
  return commandsOf(host).find((command) => {
    if (!command.keys?.some((key) => isPressed(key, event))) return false;
    if (command.inList) return isOnList(event.target) || isOnSearch(event.target, event);
    // A plain `/` in a field is a slash; Ctrl+F there is still the search.
    return !typing || (command.whileTyping === true && (event.ctrlKey || event.metaKey || event.key === 'Escape'));
  });
}

/** Whether a dialog or a list of choices is open. A closed list of choices may stay in the page, unseen. */
function isSomethingOpen(): boolean {
  const layers = document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]');
  return [...layers].some((layer) => layer.checkVisibility());
}

/** Runs the command of a pressed key, unless a component took the key for itself. */
function handleKey(event: KeyboardEvent, context: CommandContext): void {
  if (event.defaultPrevented || event.isComposing) return;
  const command = findCommand(event, context);
  if (!command || !isEnabled(command, context)) return;
  event.preventDefault();
  void command.run(context, { shift: event.shiftKey });
}

/** Listens to the keyboard of the window. A key pressed while a dialog is open is for the dialog alone. */
export function useKeyboard(context: CommandContext): void {
  useEffect(() => {
    let isForDialog = false;
    // Seen first, because Esc has closed the dialog by the time the key arrives at the window.
    const look = (): void => {
      isForDialog = context.store.getState().dialog !== null || isSomethingOpen();
    };
    const listener = (event: KeyboardEvent): void => {
      if (!isForDialog) handleKey(event, context);
    };
    window.addEventListener('keydown', look, { capture: true });
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      window.removeEventListener('keydown', listener);
    };
  }, [context]);
}
