import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { savedWindow } from './window-state.ts';

/** What the desktop application remembers of itself, beside the book. Each part that cannot be read has its default. */
const desktopState = z.object({
  window: savedWindow.nullable().catch(null),
  /** Whether keys pressed in other programs open quick capture and "Who is calling?". */
  globalShortcuts: z.boolean().catch(true),
  /** Whether the program stays in the tray when its last window is closed. */
  staysInTray: z.boolean().catch(false),
  /** The languages notes are checked in; off macOS their dictionaries were agreed to be fetched. */
  spelling: z.array(z.string().max(20)).max(20).catch([]),
});
export type DesktopState = z.output<typeof desktopState>;

export interface DesktopStateFile {
  get(): DesktopState;
  update(changes: Partial<DesktopState>): void;
}

/** The state in a file of JSON. A file that is missing or damaged is as one that was never written. */
export function openDesktopState(file: string, onFault: (error: unknown) => void): DesktopStateFile {
  let state = desktopState.parse(read(file));
  return {
    get: () => state,
    update(changes) {
      state = { ...state, ...changes };
      try {
        writeFileSync(`${file}.part`, JSON.stringify(state));
        renameSync(`${file}.part`, file);
      } catch (error) {
        // Where a window stood is not worth stopping anybody's work.
        onFault(error);
      }
    },
  };
}

function read(file: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
