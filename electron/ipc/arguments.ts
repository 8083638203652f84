import { AppError } from '../../shared/errors.ts';

/** What the arguments of one call may weigh: characters of text and bytes. Files come in pieces of a quarter of it. */
export const maxArgumentBytes = 4 * 1024 * 1024;
/** How deep they may nest, as over REST. */
const maxDepth = 32;

/**
 * Refuses arguments that no page of ours would send, before anything looks into them: too large or too deep, with a
 * key that could reach a prototype, or of a kind that is no plain data. Throws AppError `tooLarge` or `invalid`.
 */
export function checkArguments(args: readonly unknown[], maxBytes = maxArgumentBytes): void {
  let weight = 0;
  const pending: { value: unknown; depth: number }[] = args.map((value) => ({ value, depth: 1 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    weight += weigh(value);
    if (weight > maxBytes) {
      throw new AppError('tooLarge', `One call may carry at most ${maxBytes / 1024 / 1024} MB`);
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue;
    if (depth > maxDepth) throw new AppError('invalid', `The input must not nest deeper than ${maxDepth} levels`);
    for (const [key, inner] of Object.entries(plain(value))) {
      if (key === '__proto__' || (key === 'constructor' && isObject(inner) && Object.hasOwn(inner, 'prototype'))) {
        throw new AppError('invalid', `The input must not have the key ${key}`);
      }
      weight += key.length;
      pending.push({ value: inner, depth: depth + 1 });
    }
  }
}

function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length;
  // The length and not what is in it: an array of holes takes no room, and for ever to look through.
  if (Array.isArray(value)) return 8 * value.length;
  return value instanceof Uint8Array ? value.byteLength : 8;
}

function plain(value: object): object {
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) return value;
  throw new AppError('invalid', 'The input must be plain data');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
