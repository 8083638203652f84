import { fold } from '../../shared/text.ts';
import { outlookDictionaries } from './csv-outlook-headers.ts';
import { synonyms } from './csv-synonyms.ts';
import { fieldNames, type FieldName, isFieldName } from './import-record.ts';

export const programs = [
  'fieldbook', 'google', 'google-old', 'outlook', 'thunderbird', 'hubspot', 'salesforce', 'unknown',
] as const;
export type Program = (typeof programs)[number];

export interface RecognisedHeader {
  program: Program;
  /** Every column of the header, with null for those that go to `extra`. */
  mapping: Record<string, FieldName | null>;
}

/** Tells which program wrote a header (without regard to case, accents and punctuation) and what its columns are. */
export function recogniseHeader(header: readonly string[]): RecognisedHeader {
  if (isOwnHeader(header)) return { program: 'fieldbook', mapping: mapColumns(header, ownField) };
  const keys = new Set(header.map(columnKey));
  for (const { program, matches, fieldOf } of presets) {
    if (matches(keys)) return { program, mapping: mapColumns(header, (column) => fieldOf(columnKey(column))) };
  }
  const guesses = guessMapping(header);
  const exact = new Set(header.filter((column) => ownNames.has(column)).map(ownField));
  const mapping = mapColumns(header, (column) => {
    if (ownNames.has(column)) return ownField(column);
    const field = guesses[column] ?? null;
    return exact.has(field) ? null : field;
  });
  return { program: 'unknown', mapping };
}

/**
 * Whether a header is that of our own export, or of a list made by hand with nothing but our names and columns of its
 * own. A column called like a field of ours in another program's list does not make the list ours.
 */
function isOwnHeader(header: readonly string[]): boolean {
  if (!header.some((column) => ownNames.has(column))) return false;
  if (['id', 'contactType', 'primaryEmail', 'inviteStatus', 'updatedAt'].every((column) => header.includes(column))) return true;
  return header.every((column) => ownField(column) !== null || guess(columnKey(column)) === null);
}

/** What the columns of a list made by hand may be, by the names people give them. Never two columns for the name. */
export function guessMapping(header: readonly string[]): Record<string, FieldName | null> {
  const mapping = mapColumns(header, (column) => guess(columnKey(column)));
  const columnsOf = (field: FieldName) => header.filter((column) => mapping[column] === field);
  const [nameColumn, ...otherNames] = columnsOf('name');
  for (const column of otherNames) mapping[column] = null;
  if (nameColumn === undefined) return mapping;

  // "Name, Vorname" and "Nombre, Apellidos" are two halves of a name, not a whole and a half.
  const hasFirst = columnsOf('firstName').length > 0;
  const hasLast = columnsOf('lastName').length > 0;
  const key = columnKey(nameColumn);
  if (hasFirst && !hasLast && ['name', 'nom', 'naam', 'navn', 'namn'].includes(key)) mapping[nameColumn] = 'lastName';
  if (hasLast && !hasFirst && ['name', 'nombre', 'nome', 'jmeno'].includes(key)) mapping[nameColumn] = 'firstName';
  return mapping;
}

/** Names that only our own export (or someone who read our documentation) gives to a column. */
const ownNames = new Set<string>([
  'contactType', 'primaryEmail', 'primaryPhone', 'budgetType', 'inviteStatus', 'imageUrl', 'regionCode',
  'fiscalInformation',
]);

function ownField(column: string): FieldName | null {
  if (column === 'id') return 'uid';
  // These two are readings of other programs' columns; in our own files a column of that name is an extra one.
  if (column === 'company' || column === 'middleName') return null;
  return isFieldName(column) ? column : null;
}

interface Preset {
  program: Program;
  matches: (keys: ReadonlySet<string>) => boolean;
  fieldOf: (key: string) => FieldName | null;
}

const googlePatterns: [RegExp, FieldName][] = [
  [/^email\d+value$/, 'primaryEmail'],
  [/^phone\d+value$/, 'primaryPhone'],
  [/^address\d+street$/, 'address'],
  [/^address\d+extendedaddress$/, 'address2'],
  [/^address\d+city$/, 'city'],
  [/^address\d+region$/, 'regionCode'],
  [/^address\d+postalcode$/, 'postcode'],
  [/^address\d+country$/, 'country'],
  [/^website\d+value$/, 'website'],
  [/^organization\d+name$/, 'company'],
];

function googleField(names: ReadonlyMap<string, FieldName>): (key: string) => FieldName | null {
  return (key) => names.get(key) ?? googlePatterns.find(([pattern]) => pattern.test(key))?.[1] ?? null;
}

const googleNew = dictionary({
  firstName: ['First Name'], middleName: ['Middle Name'], lastName: ['Last Name'], company: ['Organization Name'],
  notes: ['Notes'], imageUrl: ['Photo'], tags: ['Labels'],
});
const googleOld = dictionary({
  name: ['Name'], firstName: ['Given Name'], middleName: ['Additional Name'], lastName: ['Family Name'],
  notes: ['Notes'], imageUrl: ['Photo'], tags: ['Group Membership'],
});
const thunderbird = dictionary({
  name: ['Display Name'], firstName: ['First Name'], lastName: ['Last Name'], company: ['Organization'],
  primaryEmail: ['Primary Email', 'Secondary Email'],
  primaryPhone: ['Work Phone', 'Home Phone', 'Mobile Number'], fax: ['Fax Number'],
  address: ['Home Address', 'Work Address'], address2: ['Home Address 2', 'Work Address 2'],
  city: ['Home City', 'Work City'], regionCode: ['Home State', 'Work State'],
  postcode: ['Home ZipCode', 'Work ZipCode'], country: ['Home Country', 'Work Country'],
  website: ['Web Page 1', 'Web Page 2'], notes: ['Notes'],
});
const hubspot = dictionary({
  firstName: ['First Name'], lastName: ['Last Name'], company: ['Associated Company', 'Company Name', 'Company'],
  contactType: ['Lifecycle Stage'], primaryEmail: ['Email'], primaryPhone: ['Phone Number', 'Mobile Phone Number'],
  fax: ['Fax Number'], website: ['Website URL'], address: ['Street Address'], city: ['City'],
  regionCode: ['State/Region'], postcode: ['Postal Code'], country: ['Country/Region', 'Country'], notes: ['Notes'],
});
const salesforce = dictionary({
  firstName: ['First Name'], lastName: ['Last Name'], name: ['Full Name'], company: ['Account Name'],
  primaryEmail: ['Email'], primaryPhone: ['Phone', 'Mobile', 'Mobile Phone', 'Business Phone'],
  fax: ['Fax', 'Business Fax'],
  address: ['Mailing Street', 'Mailing Address Line 1', 'Other Street'], address2: ['Mailing Address Line 2'],
  city: ['Mailing City', 'Other City'], regionCode: ['Mailing State/Province', 'Mailing State', 'Other State/Province'],
  postcode: ['Mailing Zip/Postal Code', 'Mailing Postal Code', 'Other Zip/Postal Code'],
  country: ['Mailing Country', 'Other Country'], website: ['Website'], notes: ['Description'],
});

const presets: readonly Preset[] = [
  {
    program: 'google-old',
    matches: (keys) => keys.has('givenname') && hasAny(keys, ['groupmembership', 'email1value', 'phone1value']),
    fieldOf: googleField(googleOld),
  },
  {
    program: 'google',
    matches: (keys) =>
      hasAny(keys, ['email1value', 'phone1value']) || (keys.has('fileas') && keys.has('organizationname')),
    fieldOf: googleField(googleNew),
  },
  {
    program: 'thunderbird',
    matches: (keys) => keys.has('displayname') && keys.has('primaryemail') && keys.has('screenname'),
    fieldOf: (key) => thunderbird.get(key) ?? null,
  },
  {
    program: 'hubspot',
    matches: (keys) => keys.has('recordid') && keys.has('email'),
    fieldOf: (key) => hubspot.get(key) ?? null,
  },
  {
    program: 'salesforce',
    matches: (keys) => keys.has('accountname') && hasAny(keys, ['mailingstreet', 'mailingcity', 'lastname']),
    fieldOf: (key) => salesforce.get(key) ?? null,
  },
  ...outlookDictionaries.map(outlookPreset),
];

function outlookPreset(names: Partial<Record<FieldName, readonly string[]>>): Preset {
  const fields = dictionary(names);
  const { address = [], primaryPhone = [], primaryEmail = [] } = names;
  const places = new Set([...address, ...primaryPhone, ...primaryEmail].map(columnKey));
  return {
    program: 'outlook',
    matches: (keys) => {
      const known = [...keys].filter((key) => fields.has(key));
      return known.length >= 5 && known.filter((key) => places.has(key)).length >= 2;
    },
    fieldOf: (key) => fields.get(key) ?? null,
  };
}

const guessed = dictionary(synonyms);
/** Words that say whose or which, not what: "Work E-mail 1" is an e-mail. */
const qualifiers = /^(primary|main|work|business|office|home|personal|contact|customer|client|billing|default)|\d+$/g;

function guess(key: string): FieldName | null {
  return guessed.get(key) ?? guessed.get(key.replace(qualifiers, '')) ?? null;
}

function dictionary(names: Partial<Record<FieldName, readonly string[]>>): Map<string, FieldName> {
  const fields = new Map<string, FieldName>();
  for (const field of fieldNames) {
    for (const name of names[field] ?? []) {
      if (!fields.has(columnKey(name))) fields.set(columnKey(name), field);
    }
  }
  return fields;
}

/** A column name as it is compared: folded, letters and digits only. */
function columnKey(column: string): string {
  return fold(column).replace(/[^\p{L}\p{N}]+/gu, '');
}

function hasAny(keys: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((key) => keys.has(key));
}

function mapColumns(
  header: readonly string[],
  fieldOf: (column: string) => FieldName | null,
): Record<string, FieldName | null> {
  // fromEntries makes own properties, so a column called "__proto__" is a column like any other.
  return Object.fromEntries(header.map((column) => [column, fieldOf(column)]));
}
