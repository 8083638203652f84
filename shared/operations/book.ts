import { z } from 'zod';
import { isOwnActor, ownActorProblem } from '../actors.ts';
import { imageEntity, uuid } from '../contact.ts';
import { operation } from '../operation.ts';
import { permissions } from '../permissions.ts';
import { wholeNumber } from '../query.ts';
import { isPlainLine } from '../text.ts';
import { nothing, page, scope } from './common.ts';

export const changeKinds = ['created', 'updated', 'deleted', 'restored', 'purged'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const change = z.object({
  seq: z.number(),
  at: z.string(),
  contactId: z.string(),
  kind: z.enum(changeKinds),
  actor: z.string(),
  name: z.string().nullable(),
});
export type Change = z.output<typeof change>;

export const token = z.object({
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  rate: z.number(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type Token = z.output<typeof token>;

/** Where newer versions are looked for, or that they are not. */
export const updateChoices = ['off', 'stable', 'beta'] as const;
export type UpdateChoice = (typeof updateChoices)[number];
export type UpdateChannel = Exclude<UpdateChoice, 'off'>;

export const themes = ['system', 'light', 'dark'] as const;
export const settings = z.object({
  apiEnabled: z.boolean(),
  apiPort: z.number(),
  theme: z.enum(themes),
  /** ISO 3166 code of the country whose numbers are typed without a country code. */
  phoneRegion: z.string(),
  /** Nothing is asked of anybody on the network before a person has chosen a channel. */
  updates: z.enum(updateChoices),
});
export type Settings = z.output<typeof settings>;

/** What this host is: for the settings page and for commands. */
export const hostInfo = z.object({
  version: z.string(),
  sqliteVersion: z.string(),
  dataDir: z.string(),
  tenantId: z.string(),
  organizationId: z.string(),
  userId: z.string(),
  /** The address the API listens on, null while it is off. */
  apiUrl: z.string().nullable(),
  /** Why the API is not listening although it should. */
  apiError: z.string().nullable(),
  /** Whether API and sync are off because Fieldbook crashed several times in a row. */
  safeMode: z.boolean(),
  contacts: z.number(),
  trashed: z.number(),
});
export type HostInfo = z.output<typeof hostInfo>;

const undoable = z.object({ group: z.string(), label: z.string() }).nullable();
export const undoResult = z.object({
  group: z.string().nullable(),
  label: z.string(),
  contacts: z.number(),
  /** Fields that were edited since, and so were left as they are. */
  kept: z.array(z.object({ contactId: z.string(), name: z.string().nullable(), field: z.string() })),
});
export type UndoResult = z.output<typeof undoResult>;

/** An unsaved form. `key` is the contact's id, or begins with 'new' for one that does not exist yet. `values` are the form's own, unchecked. */
export const draft = z.object({
  key: z.string(),
  baseRev: z.number().nullable(),
  values: z.record(z.string(), z.unknown()),
  updatedAt: z.string(),
});
export type Draft = z.output<typeof draft>;

export const maxImageBytes = 5 * 1024 * 1024;
/** An image as base64, and the rest of its call. */
const imageRoom = Math.ceil((maxImageBytes / 3) * 4) + 64 * 1024;
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'] as const;

export const bookOperations = {
  'health.get': operation({
    summary: 'Whether the book answers.',
    access: 'public',
    input: z.object({}),
    output: z.object({ status: z.literal('ok') }),
    rest: { method: 'GET', path: '/health', status: 200 },
  }),
  'user.me': operation({
    summary: 'Who the token belongs to and what it may do.',
    access: 'token',
    input: z.object({}),
    output: z.object({
      id: z.string(),
      name: z.string(),
      tenantId: z.string(),
      organizationId: z.string(),
      permissions: z.array(z.enum(permissions)),
    }),
    rest: { method: 'GET', path: '/user/me', status: 200 },
  }),
  'change.list': operation({
    summary: 'The change feed: what happened to which contact after a sequence number, oldest first.',
    access: 'view',
    input: z.strictObject({
      since: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
      limit: wholeNumber(1, 1000).optional(),
    }),
    output: z.object({ items: z.array(change), next: z.number() }),
    rest: { method: 'GET', path: '/changes', status: 200 },
  }),
  'undo.peek': operation({
    summary: 'What undo and redo would do now.',
    access: 'owner',
    input: nothing,
    output: z.object({ undo: undoable, redo: undoable }),
  }),
  'undo.undo': operation({
    summary: 'Undoes the last step, or the given one, except fields edited since.',
    access: 'owner',
    input: z.strictObject({ group: z.string().optional() }),
    output: undoResult,
  }),
  'undo.redo': operation({
    summary: 'Does again what was undone last.',
    access: 'owner',
    input: nothing,
    output: undoResult,
  }),
  'image.get': operation({
    summary: 'The image of a contact, or null.',
    access: 'owner',
    input: z.strictObject({ id: uuid }),
    output: z.object({ mediaType: z.string(), base64: z.string() }).nullable(),
  }),
  'image.set': operation({
    summary: 'Gives a contact an image of at most 5 MB; null takes it away.',
    access: 'owner',
    input: z.strictObject({
      id: uuid,
      image: z.strictObject({ mediaType: z.enum(imageTypes), base64: z.string() }).nullable(),
      /** The picture belongs to the caller's last step, where that was the contact's latest change: one undo takes both back. */
      sameStep: z.boolean().optional(),
    }),
    output: z.object({ imageId: z.string().nullable(), rev: z.number() }),
    inputRoom: imageRoom,
  }),
  'image.upload': operation({
    summary: 'Keeps a picture of at most 5 MB; its id can then be the imageId of a contact.',
    access: 'edit',
    stream: 'up',
    accepts: { field: 'mediaType', types: Object.fromEntries(imageTypes.map((type) => [type, type])) },
    input: z.object({
      mediaType: z.enum(imageTypes, { error: `must be one of the following values: ${imageTypes.join(', ')}` }),
      ...scope,
    }),
    output: imageEntity,
    rest: { method: 'POST', path: '/image-assets/upload/contacts', status: 201 },
  }),
  'image.file': operation({
    summary: 'A picture as it was uploaded.',
    access: 'view',
    stream: 'down',
    input: z.object({ id: uuid, ...scope }),
    output: z.unknown(),
    produces: imageTypes,
    rest: { method: 'GET', path: '/image-assets/:id/file', status: 200 },
  }),
  'draft.list': operation({
    summary: 'Unsaved forms.',
    access: 'owner',
    input: nothing,
    output: z.array(draft),
  }),
  'draft.save': operation({
    summary: 'Keeps an unsaved form, so that it survives a closed window or a crash.',
    access: 'owner',
    input: z.strictObject({
      key: z.string().max(64),
      baseRev: z.number().nullable(),
      values: z.record(z.string(), z.unknown()),
    }),
    output: z.null(),
    inputRoom: imageRoom,
  }),
  'draft.discard': operation({
    summary: 'Forgets an unsaved form.',
    access: 'owner',
    input: z.strictObject({ key: z.string().max(64) }),
    output: z.null(),
  }),
  'settings.get': operation({
    summary: 'The settings.',
    access: 'owner',
    input: nothing,
    output: settings,
  }),
  'settings.update': operation({
    summary: 'Changes settings; a change of the API takes effect at once.',
    access: 'owner',
    input: z
      .strictObject({
        apiEnabled: z.boolean(),
        apiPort: z.number().int('must be an integer number').min(1, 'must be between 1 and 65535').max(65535, 'must be between 1 and 65535'),
        theme: z.enum(themes),
        phoneRegion: z.string().regex(/^[A-Z]{2}$/, { error: 'must be the two letters of a country' }),
        updates: z.enum(updateChoices, { error: `must be among: ${updateChoices.join(', ')}` }),
      })
      .partial(),
    output: settings,
  }),
  'host.info': operation({
    summary: 'What runs here, and where its data is.',
    access: 'owner',
    input: nothing,
    output: hostInfo,
  }),
  'host.window': operation({
    summary: 'The address of a window in a browser, which works once; null where this host serves none.',
    access: 'owner',
    input: nothing,
    output: z.object({ url: z.string().nullable() }),
  }),
  'host.diagnostics': operation({
    summary: 'A file for whoever helps with a problem: versions, settings, counts, the end of the log; no contact data.',
    access: 'owner',
    stream: 'down',
    input: nothing,
    output: z.unknown(),
  }),
  'token.list': operation({
    summary: 'The tokens of local programs, without their secrets.',
    access: 'owner',
    input: nothing,
    output: page(token),
  }),
  'token.create': operation({
    summary: 'Makes a token; its secret is answered once and never again.',
    access: 'owner',
    input: z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, 'should not be empty')
        .max(100, 'must be shorter than or equal to 100 characters')
        .refine(isPlainLine, { error: 'must be one line of plain text' })
        .refine((name) => !isOwnActor(name), ownActorProblem),
      permissions: z.array(z.enum(permissions, { error: `must be among: ${permissions.join(', ')}` })).min(1, 'should not be empty'),
      /** Requests a minute; 0 is no limit. */
      rate: z.number().int().min(0, 'must not be negative').optional(),
      /** Seconds until it ends; absent is never. */
      expiresIn: z.number().int().min(1, 'must be positive').optional(),
    }),
    output: token.extend({ secret: z.string() }),
  }),
  'token.revoke': operation({
    summary: 'Ends a token at once.',
    access: 'owner',
    input: z.strictObject({ name: z.string() }),
    output: token,
  }),
  'book.seed': operation({
    summary: 'Fills the book with believable sample contacts, the same for the same seed.',
    access: 'owner',
    input: z.strictObject({
      contacts: z.number().int().min(1).max(2_000_000),
      seed: z.number().int().optional(),
    }),
    output: z.object({ contacts: z.number(), group: z.string().nullable() }),
  }),
};
