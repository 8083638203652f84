import { derivedColumns } from '../contacts/record.ts';
import type { ImportRecord } from '../formats/import-record.ts';
import { fold, isCleanText } from '../../shared/text.ts';
import type { FilePhoto, FileRow } from './file-row.ts';

/** A contact that a format layer read, as a row to plan with. `region` is where phones without a country code belong. */
export function fileRow(row: number, record: ImportRecord, region: string, photo?: FilePhoto): FileRow {
  const { values, tags, tagColors, members, projects, extra, uid } = record;
  const errors = record.errors.map(({ column, field, message }) => ({ row, field, ...(column === '' ? {} : { column }), message }));
  const unclean = tags.find((tag) => !isCleanText(tag));
  if (unclean !== undefined) errors.push({ row, field: 'tags', message: 'tags must not contain NUL or broken characters' });
  const { name = '', city = null, primaryPhone = null, primaryEmail = null } = values;
  const derived = derivedColumns({ id: '', name, city, primaryPhone }, extra, region);
  return {
    row,
    values,
    tags,
    tagColors,
    members,
    projects,
    extra,
    ...(photo ? { photo } : {}),
    keys: {
      uid: uid === undefined ? null : uid.replaceAll('\0', '').toWellFormed(),
      email: primaryEmail,
      phone: derived.phoneKey,
      name: derived.sortName,
      company: fold(derived.company ?? ''),
    },
    errors,
    warnings: record.warnings.map(({ message }) => message),
  };
}
