import { z } from 'zod';
import { operation } from '../operation.ts';
import { nothing } from './common.ts';

/**
 * Where this program stands: it has nobody to ask for updates; it was told not to look; it has not looked yet, or looks;
 * it is the newest; a newer one is fetched and waits for a restart; it could not look.
 */
export const updateStates = ['unsupported', 'off', 'unknown', 'looking', 'newest', 'ready', 'failed'] as const;
export type UpdateState = (typeof updateStates)[number];

export const updateStatus = z.object({
  state: z.enum(updateStates),
  /** The newer version that is ready. */
  version: z.string().nullable(),
  /** When it was last looked for a newer version. */
  lookedAt: z.string().nullable(),
  /** Why it could not be looked. */
  problem: z.string().nullable(),
});
export type UpdateStatus = z.output<typeof updateStatus>;

/** A version as the changelog tells it. */
export const release = z.object({
  version: z.string(),
  date: z.string(),
  groups: z.array(z.object({ title: z.string(), items: z.array(z.string()) })),
});
export type Release = z.output<typeof release>;

export const updateOperations = {
  'update.status': operation({
    summary: 'Whether a newer Fieldbook is there, and whether it is looked for at all.',
    access: 'owner',
    input: nothing,
    output: updateStatus,
  }),
  'update.check': operation({
    summary: 'Looks for a newer version now and fetches it; refused while updates are off.',
    access: 'owner',
    input: nothing,
    output: updateStatus,
  }),
  'update.install': operation({
    summary: 'Restarts into the version that is ready; refused in the middle of a sync or an import.',
    access: 'owner',
    input: nothing,
    output: z.null(),
  }),
  'news.get': operation({
    summary: 'What is new: since this person last ran Fieldbook, or else in this version.',
    access: 'owner',
    input: nothing,
    output: z.object({ version: z.string(), isUnseen: z.boolean(), releases: z.array(release) }),
  }),
  'news.seen': operation({
    summary: 'Does not tell what is new in this version again.',
    access: 'owner',
    input: nothing,
    output: z.null(),
  }),
};
