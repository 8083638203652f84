import type { Step } from '../../contacts/writer.ts';

/** A step of a person, or of a program in its own name, which is no part of the person's undo stack. */
export const personStep = (actor: string, label: string): Step => ({ actor, label, state: actor === 'ui' ? 'done' : 'aside' });
