/**
 * The rules that keep anything from being lost, each of which was paid for with a lost value somewhere (sync.md, A8).
 * They are values so that the simulation can leave one out and show that it then finds the loss. Nothing else may.
 */
export interface Rules {
  /** Read the contact before a change is sent, and send only what differs; without it the whole record is sent blindly. */
  readBeforeWrite: boolean;
  /** Read the contact again after each write; without it what was sent becomes the base. */
  readAfterWrite: boolean;
  /** For how long after a write another value there, or the contact gone, is told to the person, in milliseconds. */
  watchMs: number;
  /** The base of a creation whose answer was lost: what was sent. Without it there is none. */
  doubtfulCreateHasBase: boolean;
  /** With ids made by the server: after a lost answer look for the contact before it is created again. */
  lookBeforeRepeat: boolean;
}

export const rules: Rules = {
  readBeforeWrite: true,
  readAfterWrite: true,
  watchMs: 10 * 60_000,
  doubtfulCreateHasBase: true,
  lookBeforeRepeat: true,
};
