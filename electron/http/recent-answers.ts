/** The JSON of an entity, ready to be sent. */
export interface EntityAnswer {
  body: string;
  /** Its length in bytes. */
  length: number;
  /** Its ETag. */
  tag: string;
}

/** Answers that were given since the book was last written to. */
export interface RecentAnswers {
  find(path: string): EntityAnswer | undefined;
  /** Keeps what was read in the same turn in which `find` had no answer. */
  keep(path: string, answer: EntityAnswer): void;
}

/** So many characters of answers are kept: some thousand contacts. */
const room = 4_000_000;

/**
 * Programs ask for the same contacts over and over, and reading one costs more than sending it. `changes` says how much
 * was ever written to the book: another number than before, and everything is forgotten. Beyond the room, the oldest goes.
 */
export function createRecentAnswers(changes: () => number): RecentAnswers {
  const answers = new Map<string, EntityAnswer>();
  let seen = changes();
  let size = 0;

  return {
    find(path) {
      const now = changes();
      if (now !== seen) {
        answers.clear();
        size = 0;
        seen = now;
      }
      return answers.get(path);
    },
    keep(path, answer) {
      if (changes() !== seen || answer.body.length > room) return;
      for (const [oldest, { body }] of answers) {
        if (size + answer.body.length <= room) break;
        answers.delete(oldest);
        size -= body.length;
      }
      answers.set(path, answer);
      size += answer.body.length;
    },
  };
}
