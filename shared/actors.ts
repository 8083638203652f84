/**
 * The names by which the journal tells who changed something, where it was no program with a token: a person at the window
 * or a command, the sync, an import; and whoever asks without a token.
 */
const ownActors: readonly string[] = ['ui', 'sync', 'import', 'anonymous'];

/** What is wrong with a token's name that would pass for one of Fieldbook's own. */
export const ownActorProblem = `must not be one that Fieldbook uses itself: ${ownActors.join(', ')}`;

/** Whether a name is, or looks like, one of Fieldbook's own. */
export function isOwnActor(name: string): boolean {
  return ownActors.includes(name.trim().toLowerCase());
}
