import { createContext, use, useEffect, type RefObject } from 'react';
import type { CommandContext } from './commands.ts';
import type { ListControl } from './list-control.ts';
import type { SearchControl } from './search-control.ts';

export interface AppCommands {
  context: CommandContext;
  listRef: RefObject<ListControl | null>;
  searchRef: RefObject<SearchControl | null>;
}

export const AppCommandsContext = createContext<AppCommands | null>(null);

/** The context of commands, with the places where a screen puts what the keyboard reaches. */
export function useAppCommands(): AppCommands {
  const value = use(AppCommandsContext);
  if (!value) throw new Error('useCommandContext needs an AppCommandsContext around it');
  return value;
}

/** What commands and book actions work on; the same object for the life of the window. */
export function useCommandContext(): CommandContext {
  return useAppCommands().context;
}

/** Makes a list the one that the keyboard moves in, while it is on the screen. */
export function useListControl(control: ListControl): void {
  const { listRef } = useAppCommands();
  useEffect(() => {
    listRef.current = control;
    return () => {
      if (listRef.current === control) listRef.current = null;
    };
  }, [listRef, control]);
}
