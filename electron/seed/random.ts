/** A stream of random choices that is the same for the same seed. Never for secrets. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean;
  /** A UUID of version 4. */
  uuid(): string;
}

/**
 * Starts a stream. `seed` is any whole number; streams of one seed that differ in `name` are independent.
 * The generator is sfc32 of Chris Doty-Humphrey's PractRand: 128 bits of state, 32 a step.
 */
export function createRandom(seed: number, name: string): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = hashOf(name);
  let counter = 1;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  // The first numbers still show the seed.
  for (let step = 0; step < 15; step += 1) next();

  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    pick<T>(list: readonly T[]): T {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (share) => next() < share * 2 ** 32,
    uuid() {
      const hex = [next(), next(), next(), next()].map((word) => word.toString(16).padStart(8, '0')).join('');
      const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** Chooses places 0 to `size - 1` so that place n comes up in proportion to 1 / (n + 1): few often, many rarely. */
export function createZipf(size: number): (random: Random) => number {
  const precision = 2 ** 30;
  const bounds: number[] = [];
  let sum = 0;
  for (let place = 1; place <= size; place += 1) bounds.push((sum += 1 / place));
  return (random) => {
    const point = (random.below(precision) / precision) * sum;
    const place = bounds.findIndex((bound) => point < bound);
    return place === -1 ? size - 1 : place;
  };
}

/** A pattern with each `#` made a digit, each `%` one from 1 to 9 and each `@` a capital letter. */
export function fillPattern(pattern: string, random: Random): string {
  return pattern.replace(/[#%@]/g, (sign) => {
    if (sign === '#') return String(random.below(10));
    if (sign === '%') return String(1 + random.below(9));
    return String.fromCharCode(65 + random.below(26));
  });
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
