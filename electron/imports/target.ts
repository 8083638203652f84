import type { SetField } from '../../shared/contact.ts';
import type { Edits } from '../contacts/edits.ts';
import type { ContactRecord } from '../contacts/record.ts';
import type { Prepared } from '../contacts/writer.ts';
import type { TagLook } from '../formats/import-record.ts';
import type { FilePhoto } from './file-row.ts';

/** A contact that a row may be about. */
export interface Target {
  record: ContactRecord;
  /** The ids in one of its sets. */
  idsOf(set: SetField): readonly string[];
  /** The SHA-256 of its picture in hex, null without one. */
  imageDigest(): string | null;
}

export type TargetKey = 'email' | 'phone' | 'name';

/** What to write of a row: tags that do not exist yet are named, and the picture is not yet in the store. */
export interface PlannedEdits {
  edits: Edits;
  newTags: readonly string[];
  tagLooks: Readonly<Record<string, TagLook>>;
  photo: FilePhoto | undefined;
  /** For a new contact, what follows from its values, if that was worked out already. */
  prepared: Prepared | null;
}

/**
 * What an import works on: the book itself in a real run; in a dry run the book with what the rows before would have
 * done to it. Only live contacts are seen.
 */
export interface Book {
  byUid(uid: string): Target[];
  byKey(key: TargetKey, value: string): Target[];
  /** Whether a new contact may have this id: ids of the trash are taken. */
  isFree(id: string): boolean;
  /** The id of a tag by its name, in any case. */
  tagId(name: string): string | undefined;
  /** Answers with the new contact's id. */
  create(planned: PlannedEdits, id: string | undefined): string;
  update(target: Target, planned: PlannedEdits): void;
}
