import type { ReactNode } from 'react';
import type { Stretch } from './marks.ts';

/** A text with its marked stretches, in the direction of its own script. */
export function MarkedText({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
  // The stretches of a text have no identity but their order.
  return stretches.map(({ text, marked }, order) => (marked ? <mark key={order}>{text}</mark> : text));
}
