import type { ContactRow } from '../../shared/operations/contacts.ts';

export type Movement = { by: number } | { pages: number } | { to: 'first' | 'last' };

/** What the keyboard can ask of the list on the screen. */
export interface ListControl {
  /** Moves the active row. With `extend` what is passed over is chosen as well. */
  move(movement: Movement, extend: boolean): void;
  openActive(): void;
  /** The contact of the active row. */
  activeId(): string | null;
  /** A contact that the list has at hand. */
  rowOf(id: string): ContactRow | null;
  /** The contact that takes the place of others when they are gone: the next one, or the one before. */
  nextAfter(ids: readonly string[]): string | null;
  toggleActive(): void;
  selectAll(): void;
  focus(): void;
}
