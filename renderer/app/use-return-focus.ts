import { useLayoutEffect } from 'react';
import { useCommandContext } from './command-context.tsx';
import type { CommandContext } from './commands.ts';

/**
 * Gives the focus back to where it was before a dialog opened, or else to the list, so that the keyboard goes on.
 * Nothing happens where something else took the focus meanwhile.
 */
export function useReturnFocus(isOpen = true): void {
  const { list } = useCommandContext();
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const before = document.activeElement;
    return () => {
      // Once the dialog is out of the page and what it led to is in it.
      queueMicrotask(() => {
        if (!isFocusLost()) return;
        if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus({ preventScroll: true });
        if (isFocusLost()) list()?.focus();
      });
    };
  }, [isOpen, list]);
}

/** Goes on in the list when the control that has the focus goes away with the next drawing. */
export function focusListIfLost({ list }: Pick<CommandContext, 'list'>): void {
  requestAnimationFrame(() => {
    if (isFocusLost()) list()?.focus();
  });
}

/** Whether no control has the focus any more, because the one that had it is gone. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
