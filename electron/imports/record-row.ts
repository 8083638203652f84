import { assign, blankRecord } from '../contacts/new-record.ts';
import { derivedColumns } from '../contacts/record.ts';
import { searchTokens } from '../contacts/search-tokens.ts';
import type { Prepared } from '../contacts/writer.ts';
import type { ImportRecord } from '../formats/import-record.ts';
import { fold, isCleanText } from '../../shared/text.ts';
import type { FilePhoto, FileRow } from './file-row.ts';
import { editsOfFields } from './row-edits.ts';

/** A contact that a format layer read, as a row to plan with. `region` is where phones without a country code belong. */
export function fileRow(row: number, record: ImportRecord, region: string, photo?: FilePhoto): FileRow {
  const { values, tags, tagLooks, members, projects, extra, uid } = record;
  const errors = record.errors.map(({ column, field, message }) => ({ row, field, ...(column === '' ? {} : { column }), message }));
  const unclean = tags.find((tag) => !isCleanText(tag));
  if (unclean !== undefined) errors.push({ row, field: 'tags', message: 'tags must not contain NUL or broken characters' });
  const prepared = prepare(values, extra, region);
  const { derived } = prepared;
  return {
    row,
    values,
    tags,
    tagLooks,
    members,
    projects,
    extra,
    ...(photo ? { photo } : {}),
    keys: {
      uid: uid === undefined ? null : uid.replaceAll('\0', '').toWellFormed(),
      email: values.primaryEmail ?? null,
      phone: derived.phoneKey,
      name: derived.sortName,
      company: fold(derived.company ?? ''),
    },
    prepared,
    errors,
    warnings: record.warnings.map(({ message }) => message),
  };
}

/** What follows from the values of a new contact without links. */
function prepare(values: ImportRecord['values'], extra: Record<string, unknown>, region: string): Prepared {
  const record = blankRecord('', '', '');
  assign(record, editsOfFields(Object.entries(values)));
  const derived = derivedColumns(record, extra, region);
  const tokens = searchTokens({ ...record, ...derived }, extra, { tags: [], members: [], projects: [] }, region);
  return { derived, tokens };
}
