import { type AddressField, addressFields, type Contact } from '../../shared/contact.ts';
import { joinNames, plainCell, quoteCell, spreadsheetCell } from './csv-cell.ts';
import { isObject } from './import-record.ts';

/** `plain` keeps every value as it is; `spreadsheet` disarms formulas and starts with a byte order mark for Excel. */
export type CsvProfile = 'plain' | 'spreadsheet';

export interface CsvWriting {
  profile: CsvProfile;
  /** Columns of `extra.columns` to write as columns of their own, in this order. */
  columns: readonly string[];
  /** Whether there are columns beyond those. */
  hasMore?: boolean;
}

const ownColumns = [
  'id', 'name', 'contactType', 'primaryEmail', 'primaryPhone', ...addressFields, 'budget', 'budgetType', 'notes',
  'inviteStatus', 'imageUrl', 'isActive', 'isArchived', 'tags', 'members', 'projects', 'createdAt', 'updatedAt',
] as const;
type OwnColumn = (typeof ownColumns)[number];

/** The rest of `extra` as JSON: for programs, so only in the plain profile. */
const extraColumn = 'extra';
/** For spreadsheets, where a column for each would be too many: the other columns, a line each. */
const moreColumn = 'More columns';
const reserved = new Set<string>([...ownColumns, extraColumn]);

/** The first line of an export, with its line end: our field names, then the extra columns, then (plain) `extra`. */
export function csvHeader({ profile, columns, hasMore = false }: CsvWriting): string {
  const extras = columns.map((name) => (reserved.has(name) || name.startsWith('extra.') ? `extra.${name}` : name));
  const names = [...ownColumns, ...extras, ...(profile === 'plain' ? [extraColumn] : hasMore ? [moreColumn] : [])];
  return (profile === 'spreadsheet' ? '\ufeff' : '') + line(names, profile);
}

/**
 * One contact as a line of CSV, with its line end. Wants the relations contact, tags, members and projects. Reading it
 * back gives the same values in either profile. A number is never a formula, so it stays a number for the spreadsheet.
 */
export function csvRow(contact: Contact, { profile, columns, hasMore = false }: CsvWriting): string {
  const extra = contact.extra ?? {};
  const kept = isObject(extra['columns']) ? extra['columns'] : {};
  const cells: (string | number)[] = [
    ...ownColumns.map((column) => cellOf(contact, column)),
    ...columns.map((name) => textOf(kept, name)),
  ];
  if (profile === 'plain') cells.push(restOf(extra, kept, columns));
  else if (hasMore) cells.push(moreOf(kept, columns));
  return line(cells, profile);
}

/** Cells as one line of CSV, with its line end, and nothing changed in them. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoteCell).join(',')}\r\n`;
}

function line(cells: readonly (string | number)[], profile: CsvProfile): string {
  const disarm = profile === 'spreadsheet' ? spreadsheetCell : plainCell;
  return csvLine(cells.map((cell) => (typeof cell === 'number' ? String(cell) : disarm(cell))));
}

function cellOf(contact: Contact, column: OwnColumn): string | number {
  if (column === 'tags') return joinNames((contact.tags ?? []).map(({ name }) => name));
  if (column === 'members') return joinNames((contact.members ?? []).map(({ fullName }) => fullName));
  if (column === 'projects') return joinNames((contact.projects ?? []).map(({ name }) => name));
  if (column === 'isActive' || column === 'isArchived') return String(contact[column]);
  return (isAddressField(column) ? contact.contact?.[column] : contact[column]) ?? '';
}

function isAddressField(column: OwnColumn): column is AddressField {
  return (addressFields as readonly string[]).includes(column);
}

function textOf(kept: Record<string, unknown>, name: string): string {
  const value = Object.hasOwn(kept, name) ? kept[name] : '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function moreOf(kept: Record<string, unknown>, written: readonly string[]): string {
  const names = Object.keys(kept).filter((name) => !written.includes(name));
  return names.map((name) => `${name}: ${textOf(kept, name)}`).join('\n');
}

/** What of `extra` has no column in this file, as JSON. */
function restOf(extra: Record<string, unknown>, kept: Record<string, unknown>, written: readonly string[]): string {
  const { columns: _written, ...rest } = extra;
  const unwritten = Object.entries(kept).filter(([name]) => !written.includes(name));
  const all = unwritten.length > 0 ? { ...rest, columns: Object.fromEntries(unwritten) } : rest;
  return Object.keys(all).length > 0 ? JSON.stringify(all) : '';
}
