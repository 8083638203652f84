import type { ImportReport, ImportStatus, MatchKey } from '../../shared/operations/imports.ts';
import { displayProperties } from '../../shared/vcard/card-display.ts';
import { fieldLabels } from '../contact-form/field-labels.ts';

/** The programs whose files are recognised, by the name the host gives them. */
const programNames: Readonly<Record<string, string>> = {
  fieldbook: 'Fieldbook',
  google: 'Google Contacts',
  'google-old': 'Google Contacts (older)',
  outlook: 'Outlook',
  thunderbird: 'Thunderbird',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
};

/** 'Google Contacts', or null for a file of no program we know. */
export function programName(program: string): string | null {
  return programNames[program] ?? null;
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar',
};

export function delimiterName(delimiter: string): string {
  return delimiterNames[delimiter] ?? `“${delimiter}”`;
}

/** What a column of a file can fill, with the words of the form, in the order of the list. */
export const targets: readonly { value: string; label: string }[] = [
  { value: 'name', label: fieldLabels.name },
  { value: 'firstName', label: fieldLabels.firstName },
  { value: 'middleName', label: 'Middle name' },
  { value: 'lastName', label: fieldLabels.lastName },
  { value: 'company', label: fieldLabels.company },
  { value: 'contactType', label: fieldLabels.contactType },
  { value: 'primaryEmail', label: fieldLabels.primaryEmail },
  { value: 'primaryPhone', label: fieldLabels.primaryPhone },
  { value: 'website', label: fieldLabels.website },
  { value: 'tags', label: fieldLabels.tags },
  { value: 'members', label: fieldLabels.members },
  { value: 'projects', label: fieldLabels.projects },
  { value: 'notes', label: fieldLabels.notes },
  { value: 'address', label: fieldLabels.address },
  { value: 'address2', label: fieldLabels.address2 },
  { value: 'postcode', label: fieldLabels.postcode },
  { value: 'city', label: fieldLabels.city },
  { value: 'regionCode', label: fieldLabels.regionCode },
  { value: 'country', label: fieldLabels.country },
  { value: 'fax', label: fieldLabels.fax },
  { value: 'fiscalInformation', label: fieldLabels.fiscalInformation },
  { value: 'latitude', label: fieldLabels.latitude },
  { value: 'longitude', label: fieldLabels.longitude },
  { value: 'budget', label: fieldLabels.budget },
  { value: 'budgetType', label: fieldLabels.budgetType },
  { value: 'inviteStatus', label: fieldLabels.inviteStatus },
  { value: 'imageUrl', label: 'Address of the picture' },
  { value: 'uid', label: 'UID' },
];

/** The name of a field in reports, which also speak of things that are no column. */
export function fieldWord(field: string): string {
  if (field === 'extra') return 'Other details';
  if (field === 'image') return 'Picture';
  if (field === 'contact') return 'edited since, and in the trash now';
  const name = field.replace(/^contact\./, '');
  return targets.find((target) => target.value === name)?.label ?? name;
}

/** The ways to recognise a contact that is in the book already, each with what it means. */
export const matchChoices: readonly { value: MatchKey; label: string; explanation: string }[] = [
  {
    value: 'uid',
    label: 'UID',
    explanation: 'The hidden number that programs give a contact. Best for importing the same file again.',
  },
  { value: 'email', label: 'E-mail', explanation: 'The same e-mail address is the same contact.' },
  { value: 'phone', label: 'Phone', explanation: 'The same number is the same contact, however it is written.' },
  { value: 'name', label: 'Name and company', explanation: 'The same name at the same company is the same contact.' },
  {
    value: 'none',
    label: 'Do not compare',
    explanation: 'Every row becomes a new contact, even if it is there already.',
  },
];

/** What became of an import, in one word. */
export const statusWords: Readonly<Record<ImportStatus, string>> = {
  staged: 'Not started',
  running: 'Running',
  done: 'Imported',
  failed: 'Failed',
  cancelled: 'Cancelled',
  undone: 'Undone',
};

/** '412 new, 37 updated, 18 unchanged, 5 failed', without what is zero. */
export function countWords({ counts }: Pick<ImportReport, 'counts'>): string {
  const parts = [
    [counts.create, 'new'], [counts.update, 'updated'], [counts.skip, 'unchanged'], [counts.error, 'failed'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString()} ${word}`);
  return said.length === 0 ? 'nothing' : said.join(', ');
}

/** '1.2 MB'. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`;
}

/** A cell of the book or of the file, as text. */
export function cellWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map(cellWords).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, inner]) => `${key}: ${cellWords(inner)}`).join('; ');
  }
  if (typeof value === 'number') return value.toLocaleString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What an update does to what no field holds: 'keeps 2 more details'. */
export function extraWords(old: unknown, now: unknown): string {
  const known = new Set(detailsOf(old));
  const more = detailsOf(now).filter((detail) => !known.has(detail)).length;
  if (more === 0) return 'further details change';
  return more === 1 ? 'keeps 1 more detail' : `keeps ${more.toLocaleString()} more details`;
}

function detailsOf(extra: unknown): string[] {
  if (typeof extra !== 'object' || extra === null) return [];
  return displayProperties(extra as Record<string, unknown>).map(({ label, value }) => `${label}: ${value}`);
}
