import { companyOf } from '../../shared/vcard/occupation.ts';
import { cleanText } from '../../shared/vcard/text.ts';
import { restoreCell, splitNames } from './csv-cell.ts';
import type { Program } from './csv-presets.ts';
import { addressGroups, chosenAddress } from './csv-address.ts';
import {
  bareEmail, isExchangeAddress, nameFrom, parseAmount, parseBudgetType, parseContactType, parseDegrees,
  parseFlag, parseInviteStatus, splitTags, splitValues,
} from './cell-values.ts';
import {
  emptyRecord, type FieldName, type ImportRecord, isObject, isSafeObject, type Mapping, quoted, setValue,
  type ValueField,
} from './import-record.ts';

export interface RecordReading {
  /** Which program wrote the file, as `recogniseHeader` says. In our own files values are taken as they stand. */
  program: Program;
  /** Two-letter region whose way to write numbers decides between "1.234" and "1,234". */
  region?: string;
}

interface Column {
  index: number;
  name: string;
  field: FieldName | null;
  /** The column that says what a Google value is ("Home", "Work Fax"). */
  labelIndex: number;
}

/** Where other programs write what is no mistake of the row: kept in `extra` with a warning instead of refused. */
const forgiven = new Set<FieldName>(['contactType', 'budgetType', 'inviteStatus', 'imageUrl', 'latitude', 'longitude']);

/**
 * Makes the reader of a file's rows: cells in, contact out. Of several columns for one field the first filled one
 * counts (of addresses, the first with a street or place, whole). What is left, and what no field takes, goes to
 * `extra.columns` under its column's name. A bad value is an error that names column and cell; nothing throws.
 */
export function createRecordReader(
  header: readonly string[],
  mapping: Mapping,
  reading: RecordReading,
): (cells: readonly string[]) => ImportRecord {
  const own = reading.program === 'fieldbook';
  const columns = header.map((name, index): Column => ({
    index,
    name: own ? extraColumnName(name) : name,
    field: Object.hasOwn(mapping, name) ? (mapping[name] ?? null) : null,
    labelIndex: labelOf(header, name),
  }));
  const addresses = addressGroups(columns);

  return (cells) => {
    const texts = columns.map(({ index, field }) => cellText(cells[index] ?? '', field, own));
    const address = chosenAddress(addresses, texts);
    const row = createRow(reading);
    for (const column of columns) {
      const text = texts[column.index] ?? '';
      if (text === '') continue;
      const field = isFax(column, texts) ? 'fax' : column.field;
      const elsewhere = addresses.some((group) => group !== address && group.has(column.index));
      row.take(column.name, elsewhere ? null : field, text);
    }
    return row.finish();
  };
}

/** A column of ours whose name would be mistaken for a field is written as "extra.<name>"; a formula's is marked. */
function extraColumnName(name: string): string {
  return restoreCell(name).replace(/^extra\./, '');
}

function cellText(cell: string, field: FieldName | null, own: boolean): string {
  const text = own ? restoreCell(cell) : cell;
  if (text.trim() === '') return '';
  // Outlook writes an empty date as zeros.
  if (!own && /^\s*0{1,2}([/.-])0{1,2}\1(0{1,2}|0{4})\s*$/.test(text)) return '';
  return own || field === 'notes' ? text : text.trim();
}

function labelOf(header: readonly string[], name: string): number {
  if (!/^Phone \d+ - Value$/.test(name)) return -1;
  const stem = name.slice(0, -'Value'.length);
  return header.findIndex((column) => column === `${stem}Label` || column === `${stem}Type`);
}

function isFax({ field, labelIndex }: Column, texts: readonly string[]): boolean {
  return field === 'primaryPhone' && labelIndex !== -1 && /fax/i.test(texts[labelIndex] ?? '');
}

interface Row {
  take: (column: string, field: FieldName | null, text: string) => void;
  finish: () => ImportRecord;
}

function createRow({ program, region }: RecordReading): Row {
  const own = program === 'fieldbook';
  const record = emptyRecord();
  const kept = new Map<string, string>();
  const taken = new Set<FieldName>();
  let middleName = '';
  let company = '';
  let companyColumn = '';

  const warn = (column: string, field: FieldName, message: string) => record.warnings.push({ column, field, message });

  function refuse(column: string, field: FieldName, text: string, reason: string): void {
    const message = `${column}: ${quoted(text)} ${reason}`;
    if (own || !forgiven.has(field)) record.errors.push({ column, field, message });
    else {
      warn(column, field, `${message}; kept as it is beside the contact's fields.`);
      kept.set(column, text);
    }
  }

  function set(column: string, field: ValueField | 'isActive' | 'isArchived', text: string, value: unknown, reason: string): void {
    const problem = value === undefined ? reason : setValue(record.values, field, value);
    if (problem !== undefined) refuse(column, field, text, problem);
  }

  function setFirst(column: string, field: ValueField, text: string): void {
    const [first = text, ...rest] = splitValues(text, field === 'primaryEmail');
    if (rest.length > 0) kept.set(column, rest.join(' ::: '));
    if (field === 'primaryEmail' && isExchangeAddress(first)) {
      taken.delete(field);
      kept.set(column, text);
      const message = `${column}: ${quoted(first)} is an Exchange address, not an e-mail;`;
      warn(column, field, `${message} kept beside the contact's fields.`);
      return;
    }
    const value = field === 'primaryEmail' ? bareEmail(first) : first;
    if (value !== first) kept.set(column, text);
    set(column, field, first, value, '');
  }

  function setBudget(column: string, text: string): void {
    const exact = own && Number.isFinite(Number(text)) ? { value: Number(text), ambiguous: false } : undefined;
    const amount = exact ?? parseAmount(text, region);
    set(column, 'budget', text, amount?.value, 'is not a number');
    if (amount?.ambiguous) warn(column, 'budget', `${column}: ${quoted(text)} is read as ${amount.value}.`);
  }

  function setExtra(column: string, text: string): void {
    try {
      const value: unknown = JSON.parse(text);
      if (isSafeObject(value)) record.extra = value;
      else refuse(column, 'extra', text, 'must be a JSON object');
    } catch {
      refuse(column, 'extra', text, 'is not valid JSON');
    }
  }

  function take(column: string, field: FieldName | null, text: string): void {
    if (field === null || (taken.has(field) && field !== 'tags')) {
      kept.set(column, text);
      return;
    }
    taken.add(field);
    switch (field) {
      case 'createdAt':
      case 'updatedAt':
        return;
      case 'uid':
        record.uid = text.replace(/^urn:uuid:/i, '');
        return;
      case 'tags':
        record.tags = [...new Set([...record.tags, ...(own ? splitNames(text) : splitTags(text, program.startsWith('google')))])];
        return;
      case 'members':
      case 'projects':
        record[field] = splitNames(text).map((name) => ({ name }));
        return;
      case 'extra':
        return setExtra(column, text);
      case 'company':
        company = text;
        companyColumn = column;
        kept.set(column, text);
        return;
      case 'middleName':
        middleName = text;
        kept.set(column, text);
        return;
      case 'budget':
        return setBudget(column, text);
      case 'latitude':
      case 'longitude':
        return set(column, field, text, parseDegrees(text), 'is not a number of degrees');
      case 'contactType':
        return set(column, field, text, parseContactType(text), 'is not a type of contact');
      case 'budgetType':
        return set(column, field, text, parseBudgetType(text), 'is neither HOURS nor COST');
      case 'inviteStatus':
        return set(column, field, text, parseInviteStatus(text), 'is not NOT_INVITED, INVITED or ACCEPTED');
      case 'isActive':
      case 'isArchived':
        return set(column, field, text, parseFlag(text), 'is neither true nor false');
      case 'name':
      case 'firstName':
      case 'lastName':
      case 'notes':
      case 'fiscalInformation':
      case 'imageUrl':
        return set(column, field, text, text, '');
      case 'primaryEmail':
      case 'primaryPhone':
      case 'website':
      case 'address':
      case 'address2':
      case 'city':
      case 'regionCode':
      case 'postcode':
      case 'country':
      case 'fax':
        return own ? set(column, field, text, text, '') : setFirst(column, field, text);
    }
  }

  function finish(): ImportRecord {
    const { values } = record;
    const name = values.name ?? nameFrom(values, middleName, company);
    if (name !== undefined) values.name = name;
    else if (!record.errors.some(({ field }) => field === 'name')) {
      const message = 'The row has no name, company, e-mail or phone to go by.';
      record.errors.push({ column: '', field: 'name', message });
    }
    if (kept.size > 0) {
      const { columns } = record.extra;
      record.extra.columns = { ...(isObject(columns) ? columns : {}), ...Object.fromEntries(kept) };
      if (company !== '' && companyOf(record.extra) !== cleanText(company)) record.extra['companyColumn'] = companyColumn;
    }
    return record;
  }

  return { take, finish };
}
