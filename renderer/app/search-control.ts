import { useEffect, type RefObject } from 'react';
import { useAppCommands } from './command-context.tsx';
import type { CommandContext } from './commands.ts';

/** What the keyboard can ask of the search on the screen; it is there whether anything is found or not. */
export interface SearchControl {
  focus(): void;
  isFocused(): boolean;
}

/** Makes a field the search that the keyboard goes to, while it is on the screen. */
export function useSearchControl(field: RefObject<HTMLInputElement | null>): void {
  const { searchRef } = useAppCommands();
  useEffect(() => {
    const control: SearchControl = {
      focus() {
        field.current?.focus();
        field.current?.select();
      },
      isFocused: () => field.current !== null && document.activeElement === field.current,
    };
    searchRef.current = control;
    return () => {
      if (searchRef.current === control) searchRef.current = null;
    };
  }, [searchRef, field]);
}

const longestWaitMs = 3_000;

/** The search is asked for from anywhere: the contacts come first, and it is there once they are drawn. */
export async function goToSearch({ store, search }: CommandContext): Promise<void> {
  const { screen, goTo } = store.getState();
  if (screen !== 'contacts' && screen !== 'trash') goTo('contacts');
  const end = performance.now() + longestWaitMs;
  while (search() === null && performance.now() < end) await new Promise(requestAnimationFrame);
  search()?.focus();
}
