import { digitsOf } from '../../shared/text.ts';
import type { Stretch } from '../contacts/marks.ts';

/** A phone cut where its last digits begin to be those that were typed, over any signs between them. */
export function markEnding(phone: string, typed: string): Stretch[] {
  const [own, wanted] = [digitsOf(phone), digitsOf(typed)];
  let same = 0;
  while (same < own.length && same < wanted.length && own.at(-1 - same) === wanted.at(-1 - same)) same += 1;
  const positions = [...phone.matchAll(/\p{Nd}/gu)].map((match) => match.index);
  const start = positions.at(-same);
  if (same === 0 || start === undefined) return [{ text: phone, marked: false }];
  return [{ text: phone.slice(0, start), marked: false }, { text: phone.slice(start), marked: true }]
    .filter(({ text }) => text !== '');
}
