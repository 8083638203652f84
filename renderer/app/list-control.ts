export type Movement = { by: number } | { pages: number } | { to: 'first' | 'last' };

/** What the keyboard can ask of the list on the screen. */
export interface ListControl {
  /** Moves the active row. With `extend` what is passed over is chosen as well. */
  move(movement: Movement, extend: boolean): void;
  openActive(): void;
  /** The name of a contact that the list has at hand. */
  nameOf(id: string): string | null;
  toggleActive(): void;
  selectAll(): void;
  focus(): void;
  focusSearch(): void;
  isSearchFocused(): boolean;
  /** Empties the search or, when it is empty, gives the focus to the list. */
  leaveSearch(): void;
}
