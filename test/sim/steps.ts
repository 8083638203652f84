import { createRandom } from './random.ts';

/** What can happen in a simulated office, and how often. */
export const weights = {
  edit: 14,
  create: 4,
  remove: 3,
  restore: 2,
  tag: 6,
  webEdit: 8,
  webCreate: 2,
  webRemove: 2,
  webTag: 3,
  /** Another client echoes an old body, which sets `updatedAt` back. */
  webEcho: 1,
  cycle: 14,
  network: 60,
  advance: 8,
  crash: 2,
  diskFull: 1,
  resolve: 2,
} as const;

export type StepKind = keyof typeof weights;

/**
 * One thing that happens. The numbers choose among what is there when it happens, so that any step can be left out
 * and the others still mean something: that is what makes a failure small.
 */
export interface Step {
  kind: StepKind;
  /** Which replica, request or contact. */
  who: number;
  /** Which of the ways. */
  how: number;
  /** Luck: where something can go wrong. */
  luck: number;
}

const range = 1_000_000;

/** The steps of a seed. */
export function stepsOf(seed: number, count: number): Step[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({
    kind: random.weighted(weights),
    who: random.int(range),
    how: random.int(range),
    luck: random.int(range) / range,
  }));
}

/** The one of these that a step's number stands for. */
export function choose<T>(items: readonly T[], number: number): T | undefined {
  return items.length === 0 ? undefined : items[number % items.length];
}
