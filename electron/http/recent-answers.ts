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
  /** The answer at a path, or else undefined; `keep` then takes the one that is read in the same turn. */
  find(path: string): EntityAnswer | undefined;
  keep(path: string, answer: EntityAnswer): void;
}

/** So many characters of answers are kept at most: some thousand contacts. */
const room = 4_000_000;

/**
 * Programs ask for the same contacts over and over, and reading one costs more than sending it. `changes` says how much
 * was ever written to the book: another number than before, and everything is forgotten. There are two halves: when the
 * newer one is full, the older one goes as a whole, since to let the oldest answers go one by one costs more than it saves.
 */
export function createRecentAnswers(changes: () => number): RecentAnswers {
  let newer = new Map<string, EntityAnswer>();
  let older = new Map<string, EntityAnswer>();
  let size = 0;
  let seen = changes();

  return {
    find(path) {
      const now = changes();
      if (now !== seen) {
        newer = new Map();
        older = new Map();
        size = 0;
        seen = now;
      }
      return newer.get(path) ?? older.get(path);
    },
    keep(path, answer) {
      if (answer.body.length > room / 2) return;
      if (size + answer.body.length > room / 2) {
        older = newer;
        newer = new Map();
        size = 0;
      }
      newer.set(path, answer);
      size += answer.body.length;
    },
  };
}
