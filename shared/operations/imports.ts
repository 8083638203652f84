import { z } from 'zod';
import { uuid } from '../contact.ts';
import { operation } from '../operation.ts';
import { flag, jsonParameter, wholeNumber } from '../query.ts';
import { nothing, page } from './common.ts';

export const importFormats = ['csv', 'vcf', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];
export const matchKeys = ['uid', 'email', 'phone', 'name', 'none'] as const;
export type MatchKey = (typeof matchKeys)[number];
export const importStatuses = ['staged', 'running', 'done', 'failed', 'cancelled', 'undone'] as const;
export type ImportStatus = (typeof importStatuses)[number];
export const importActions = ['create', 'update', 'skip', 'error'] as const;
export type ImportAction = (typeof importActions)[number];

/** Why a row could not be imported: its number in the file, the field and the cell. */
export const importError = z.object({
  row: z.number(),
  field: z.string().optional(),
  column: z.string().optional(),
  message: z.string(),
});
export type ImportError = z.output<typeof importError>;

/** The error of the row that would have come next in a file that was cut off: what is missing cannot be known. */
export const fileBrokeOff = 'The file ends in the middle of its contacts.';

/** What a dry run would do with a row. */
export const importRow = z.object({
  row: z.number(),
  action: z.enum(importActions),
  name: z.string().nullable(),
  contactId: z.string().optional(),
  /** By what a new contact is known beside its name: e-mail, phone and city, as far as the row has them. */
  values: z.record(z.string(), z.string()).optional(),
  /** Why it is skipped or refused. */
  reason: z.string().optional(),
  /** The cells that an update would change. */
  changes: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })).optional(),
});
export type ImportRow = z.output<typeof importRow>;

export const importReport = z.object({
  id: z.string(),
  name: z.string(),
  format: z.enum(importFormats),
  status: z.enum(importStatuses),
  dryRun: z.boolean(),
  match: z.enum(matchKeys),
  total: z.number(),
  processed: z.number(),
  counts: z.object({ create: z.number(), update: z.number(), skip: z.number(), error: z.number() }),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Why the whole import failed. */
  message: z.string().optional(),
  errors: z.array(importError).optional(),
  /** What was imported, but not all of it as a field or not as it stood in the file. */
  warnings: z.array(z.object({ row: z.number(), message: z.string() })).optional(),
  rows: z.array(importRow).optional(),
  /** After an undo: fields edited since, left as they are. */
  kept: z.array(z.object({ contactId: z.string(), name: z.string().nullable(), field: z.string() })).optional(),
});
export type ImportReport = z.output<typeof importReport>;

/** What a staged file looks like before anything is read in: for the mapping step. */
export const stagedFile = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  format: z.enum(importFormats),
  /** For CSV: the program whose header was recognised, the columns, the guessed mapping and some first rows. */
  csv: z
    .object({
      program: z.string(),
      encoding: z.string(),
      delimiter: z.string(),
      columns: z.array(z.string()),
      mapping: z.record(z.string(), z.string().nullable()),
      sample: z.array(z.array(z.string())),
    })
    .optional(),
});
export type StagedFile = z.output<typeof stagedFile>;

const mapping = jsonParameter(z.record(z.string(), z.string().nullable(), { error: 'must be an object of column to field' }));
const format = z.enum(importFormats, { error: `must be one of the following values: ${importFormats.join(', ')}` });
const match = z.enum(matchKeys, { error: `must be one of the following values: ${matchKeys.join(', ')}` });

const options = { match: match.optional(), mapping: mapping.optional(), dryRun: flag.optional() };

export const importOperations = {
  'import.start': operation({
    summary: 'Imports a file: CSV, vCards or JSON; with dryRun it only tells what it would do.',
    access: 'edit',
    stream: 'up',
    accepts: {
      field: 'format',
      types: { 'text/csv': 'csv', 'text/vcard': 'vcf', 'text/x-vcard': 'vcf', 'text/directory': 'vcf', 'application/json': 'json' },
    },
    input: z.strictObject({ format: format.optional(), ...options }),
    output: importReport,
    rest: { method: 'POST', path: '/imports', status: 202 },
  }),
  'import.get': operation({
    summary: 'How an import goes or went, with the refused rows, and what a dry run would do with each row.',
    access: 'view',
    input: z.strictObject({
      id: uuid,
      offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
      limit: wholeNumber(1, 10_000).optional(),
    }),
    output: importReport,
    rest: { method: 'GET', path: '/imports/:id', status: 200 },
  }),
  'import.undo': operation({
    summary: 'Takes a whole import back: created contacts go to the trash, updated ones get their former values.',
    access: 'edit',
    input: z.strictObject({ id: uuid }),
    output: importReport,
    rest: { method: 'POST', path: '/imports/:id/undo', status: 202 },
  }),
  'import.list': operation({
    summary: 'The imports so far, newest first.',
    access: 'owner',
    input: nothing,
    output: page(importReport),
  }),
  'import.stage': operation({
    summary: 'Takes a file in and looks at it, without importing anything.',
    access: 'owner',
    stream: 'up',
    input: z.strictObject({ name: z.string().max(255), format: format.optional() }),
    output: stagedFile,
  }),
  'import.run': operation({
    summary: 'Imports a staged file, or tells with dryRun what it would do.',
    access: 'owner',
    input: z.strictObject({ id: uuid, ...options }),
    output: importReport,
  }),
  'import.cancel': operation({
    summary: 'Stops a running import; what it did so far is undone.',
    access: 'owner',
    input: z.strictObject({ id: uuid }),
    output: importReport,
  }),
  'import.failures': operation({
    summary: 'The rows that failed, as a CSV with a column for the reason.',
    access: 'view',
    stream: 'down',
    input: z.strictObject({ id: uuid }),
    output: z.unknown(),
    produces: ['text/csv'],
    rest: { method: 'GET', path: '/imports/:id/failures', status: 200 },
  }),
};
