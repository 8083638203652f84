import type { DetailPlace } from './card-display.ts';
import { isNamed, type VCardProperty } from './property.ts';
import { type Extra, storedCard, storedColumns } from './stored-card.ts';
import { cleanText } from './text.ts';
import { componentsOf, textOf } from './value.ts';

/** Columns of a CSV that name the company, as the programs write them. */
export const companyColumns: readonly string[] = [
  'Company', 'Organization Name', 'Organization 1 - Name', 'Organization', 'Associated Company',
];
/** Columns of a CSV that name the job; a `Title` alone is 'Dr.' with most programs. */
export const jobTitleColumns: readonly string[] = ['Job title', 'Job Title', 'Organization Title', 'Organization 1 - Title', 'JobTitle'];

/**
 * The company a contact belongs to: ORG's first component, else the column of a CSV that a mapping took for it
 * (`extra.companyColumn`), else one that other programs call so.
 */
export function companyOf(extra: Extra): string | undefined {
  return companySource(extra)?.value;
}

/** The job a contact has: TITLE, else the column of a CSV that names it. */
export function jobTitleOf(extra: Extra): string | undefined {
  return jobTitleSource(extra)?.value;
}

interface Source {
  value: string;
  place: DetailPlace;
}

/** The company with the place that names it. */
export function companySource(extra: Extra): Source | undefined {
  return firstSource(extra, 'ORG', (property) => componentsOf(property)[0] ?? '', [companyColumnOf(extra) ?? '', ...companyColumns]);
}

/** The job with the place that names it. */
export function jobTitleSource(extra: Extra): Source | undefined {
  return firstSource(extra, 'TITLE', textOf, jobTitleColumns);
}

function firstSource(
  extra: Extra,
  name: string,
  read: (property: VCardProperty) => string,
  names: readonly string[],
): Source | undefined {
  const properties = storedCard(extra)?.properties ?? [];
  for (const [index, property] of properties.entries()) {
    const value = isNamed(property, name) ? cleanText(read(property)) : '';
    if (value !== '') return { value, place: { in: 'card', index } };
  }
  const columns = new Map(storedColumns(extra));
  for (const key of names) {
    const value = cleanText(columns.get(key) ?? '');
    if (value !== '') return { value, place: { in: 'columns', key } };
  }
  return undefined;
}

/** The column of a CSV that was taken for the company, where its name does not tell. */
export function companyColumnOf(extra: Extra): string | undefined {
  const column = extra?.['companyColumn'];
  return typeof column === 'string' ? column : undefined;
}

/** Whether a CSV column names the company. */
export function isCompanyColumn(column: string): boolean {
  return companyColumns.includes(column);
}
