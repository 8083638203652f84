import type { ImportError, ImportFormat, StagedFile } from '../../shared/operations/imports.ts';
import type { Prepared } from '../contacts/writer.ts';
import type { ImportRecord, Mapping, Reference, TagLook } from '../formats/import-record.ts';

/** A picture that came with a contact; the digest is its SHA-256, in hex. */
export interface FilePhoto {
  mediaType: string;
  bytes: Uint8Array;
  digest: string;
}

/** What a row can be matched by, as the columns of the store hold it. */
export interface RowKeys {
  uid: string | null;
  email: string | null;
  phone: string | null;
  /** The folded name. */
  name: string;
  /** The folded company, or an empty text. */
  company: string;
}

/** One contact of a file, of whatever format. With `errors` it must not be imported. */
export interface FileRow {
  /** Its number: of a CSV as a spreadsheet counts, of the others the place in the file. */
  row: number;
  values: ImportRecord['values'];
  tags: string[];
  tagLooks: Record<string, TagLook>;
  members: Reference[];
  projects: Reference[];
  extra: Record<string, unknown>;
  photo?: FilePhoto;
  keys: RowKeys;
  /** What follows from the values if they become a new contact; null when it must be worked out anew. */
  prepared: Prepared | null;
  errors: ImportError[];
  /** Whole sentences for the person: what could not be taken as a field. */
  warnings: string[];
}

/** A row with what it looked like in the file, to hand it back if it fails. */
export interface SourceRow {
  row: FileRow;
  /** The cells of the file of failed rows. */
  source: () => string[];
}

/** What is asked of the worker. */
export interface InspectTask {
  kind: 'inspect';
  file: string;
}
export interface ReadTask {
  kind: 'read';
  file: string;
  format: ImportFormat;
  /** For CSV: what the person says of columns; the others keep their guess. */
  mapping: Mapping;
  /** Country of phones and numbers without a sign of their own. */
  region: string;
  /** Where the rows that fail are written, as CSV. */
  failuresFile: string;
}
export type WorkerTask = InspectTask | ReadTask;

/** What a file looks like from its head. */
export interface Inspection {
  /** By its content; null where it could be anything. */
  format: ImportFormat | null;
  csv: NonNullable<StagedFile['csv']> | null;
}

/** A row that was not imported, and why. */
export interface Failure {
  row: number;
  reason: string;
}

/** From the worker: some rows and the share of the file read so far (0 to 1). It goes on when they were taken. */
export interface Batch {
  rows: FileRow[];
  share: number;
}
