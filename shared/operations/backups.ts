import { z } from 'zod';
import { operation } from '../operation.ts';
import { nothing, page } from './common.ts';

/**
 * Why a backup was made: every day; by hand; before an update changed the format; because another book took its place;
 * or it is what could be read of a damaged book.
 */
export const backupKinds = ['daily', 'manual', 'update', 'replaced', 'salvaged'] as const;
export type BackupKind = (typeof backupKinds)[number];

export const backup = z.object({
  id: z.string(),
  madeAt: z.string(),
  kind: z.enum(backupKinds),
  bytes: z.number(),
  /** Live contacts in it, null when it cannot be read. */
  contacts: z.number().nullable(),
});
export type Backup = z.output<typeof backup>;

/** What now takes the place of the book. Windows hear of it by a `bulk` event. */
export const restored = z.object({ contacts: z.number(), trashed: z.number() });
export type Restored = z.output<typeof restored>;

export const noticeKinds = ['damaged', 'gone', 'repaired', 'recovered', 'backupFailed', 'lowDisk', 'syncedFolder'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Something about the safety of the data that a person should know. */
export const notice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  message: z.string(),
  /** Whether there is a longer report to read. */
  hasReport: z.boolean(),
});
export type Notice = z.output<typeof notice>;

export const backupOperations = {
  'backup.list': operation({
    summary: 'The backups of the book, newest first.',
    access: 'owner',
    input: nothing,
    output: page(backup),
  }),
  'backup.make': operation({
    summary: 'Makes a backup now and checks it.',
    access: 'owner',
    input: nothing,
    output: backup,
  }),
  'backup.restore': operation({
    summary: 'Puts a backup in the place of the book, which is kept as a backup itself.',
    access: 'owner',
    input: z.strictObject({ id: z.string().max(100) }),
    output: restored,
  }),
  'profile.export': operation({
    summary: 'The whole book as one file: contacts, history, images, settings; no tokens or passwords.',
    access: 'owner',
    stream: 'down',
    input: nothing,
    output: z.unknown(),
  }),
  'profile.restore': operation({
    summary: 'Puts a book from such a file in the place of this one, which is kept as a backup.',
    access: 'owner',
    stream: 'up',
    maxFileBytes: Infinity,
    input: nothing,
    output: restored,
  }),
  'notice.list': operation({
    summary: 'What the person should know about the safety of the data.',
    access: 'owner',
    input: nothing,
    output: page(notice),
  }),
  'notice.dismiss': operation({
    summary: 'Does not show a notice again.',
    access: 'owner',
    input: z.strictObject({ id: z.string().max(100) }),
    output: z.null(),
  }),
  'notice.report': operation({
    summary: 'The whole report behind a notice, as text.',
    access: 'owner',
    input: z.strictObject({ id: z.string().max(100) }),
    output: z.object({ text: z.string() }),
  }),
  'book.repair': operation({
    summary: 'Closes a damaged book, saves what can be read of it, and opens the better of that and the newest backup.',
    access: 'owner',
    input: nothing,
    output: z.null(),
  }),
};
