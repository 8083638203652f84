import type { ReactNode } from 'react';
import classes from './lamp.module.css';

/** All is well, something is under way, nobody needs to act, somebody does. */
export type LampState = 'on' | 'busy' | 'off' | 'problem';

/** A state as a coloured dot; the words beside it say the same. */
export function Lamp({ state, size = 8 }: { state: LampState; size?: number }): ReactNode {
  return <span aria-hidden className={classes.lamp} data-lamp={state} style={{ width: size, height: size }} />;
}
