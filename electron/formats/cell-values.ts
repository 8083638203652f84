import type { BudgetType, ContactType, InviteStatus } from '../../shared/contact.ts';
import { fold } from '../../shared/text.ts';
import type { ContactValues } from './import-record.ts';

/** What may stand beside an amount: codes of currencies, and the common abbreviations that are no single sign. */
const currencies = new Set([
  ...Intl.supportedValuesOf('currency'), 'kr', 'kr.', 'zł', 'Kč', 'Ft', 'Rs', 'Rs.', 'Fr', 'Fr.', 'lei',
]);

/**
 * A number as people write it: "1.234,56", "1,234.56", "€ 1 200", "CHF 1’234.–", "１２". Where one separator could be
 * either ("1.234"), the region's custom decides; without a region it groups thousands, and the answer says `ambiguous`.
 * Undefined when the text is no number.
 */
export function parseAmount(text: string, region?: string): { value: number; ambiguous: boolean } | undefined {
  const bare = text
    .normalize('NFKC')
    .replace(/\u2212/g, '-')
    .replace(/\p{Sc}/gu, '')
    .replace(/\p{L}+\.?/gu, (word) => (currencies.has(word) ? '' : word))
    .replace(/[\s'’]/g, '')
    .replace(/[.,][-–—]+$/, '');
  const parts = /^([+-]?)(\d[\d.,]*|[.,]\d+)$/.exec(bare);
  if (!parts) return undefined;
  const [, sign = '', digits = ''] = parts;
  const decimal = decimalSeparator(digits, region);
  if (decimal === undefined) return undefined;
  const [whole = '', fraction = ''] = decimal.mark === '' ? [digits] : splitLast(digits, decimal.mark);
  // Groups of two are Indian; the last group is always of three.
  if (!/^(\d*|\d{1,3}([.,]\d{2,3})*[.,]\d{3})$/.test(whole) || !/^\d*$/.test(fraction)) return undefined;
  const value = Number(`${sign}${whole.replace(/[.,]/g, '') || '0'}.${fraction || '0'}`);
  return { value, ambiguous: decimal.ambiguous };
}

interface DecimalMark {
  /** Empty when the digits have no decimals. */
  mark: string;
  ambiguous: boolean;
}

function decimalSeparator(digits: string, region: string | undefined): DecimalMark | undefined {
  const marks = digits.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return { mark: '', ambiguous: false };
  if (new Set(marks).size === 2) {
    // "1.234,56": the last one is the decimal mark, and there is only one of it.
    return marks.filter((mark) => mark === last).length === 1 ? { mark: last, ambiguous: false } : undefined;
  }
  if (marks.length > 1) return { mark: '', ambiguous: false };
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return { mark: last, ambiguous: false };
  const custom = region === undefined ? undefined : regionalMark(region);
  return custom === undefined ? { mark: '', ambiguous: true } : { mark: custom === last ? last : '', ambiguous: false };
}

const regionalMarks = new Map<string, string | undefined>();

/** The decimal mark of a region ("DE" → ","), undefined for a region that is none. */
function regionalMark(region: string): string | undefined {
  if (!regionalMarks.has(region)) {
    const known = /^[A-Za-z]{2}$/.test(region);
    const locale = known ? new Intl.Locale('und', { region }).maximize().toString() : undefined;
    const format = locale === undefined ? undefined : new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
    const parts = format?.formatToParts(1.5) ?? [];
    regionalMarks.set(region, parts.find(({ type }) => type === 'decimal')?.value);
  }
  return regionalMarks.get(region);
}

function splitLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A coordinate in degrees, with a decimal point or comma. Undefined when the text is no number. */
export function parseDegrees(text: string): number | undefined {
  const bare = text.replace(/°$/, '').trim();
  return /^[+-]?\d{1,3}([.,]\d+)?(e-\d+)?$/.test(bare) ? Number(bare.replace(',', '.')) : undefined;
}

const contactTypeWords: Readonly<Record<ContactType, readonly string[]>> = {
  CUSTOMER: [
    'customer', 'customers', 'kunde', 'kundin', 'kunden', 'klant', 'kund', 'acheteur', 'evangelist', '顧客', 'клиент',
  ],
  CLIENT: ['client', 'clients', 'cliente', 'klient', 'mandant', 'auftraggeber'],
  LEAD: [
    'lead', 'leads', 'prospect', 'prospekt', 'prospecto', 'interessent', 'interessentin', 'opportunity',
    'marketingqualifiedlead', 'mql', 'salesqualifiedlead', 'sql', 'potentialcustomer',
  ],
  VENDOR: [
    'vendor', 'vendors', 'supplier', 'seller', 'lieferant', 'lieferantin', 'fournisseur', 'proveedor', 'fornitore',
    'fornecedor', 'leverancier',
  ],
  PARTNER: [
    'partner', 'partners', 'partenaire', 'socio', 'parceiro', 'geschaftspartner', 'businesspartner', 'reseller',
  ],
};

/** The type of a contact, in any case and some languages; undefined for a word that is none. */
export function parseContactType(text: string): ContactType | undefined {
  const word = fold(text).replace(/[^\p{L}]/gu, '');
  const found = Object.entries(contactTypeWords).find(([, words]) => words.includes(word));
  return found?.[0] as ContactType | undefined;
}

/** HOURS or COST, in any case and some other words; undefined for a word that is none. */
export function parseBudgetType(text: string): BudgetType | undefined {
  const word = fold(text).trim();
  if (['hours', 'hour', 'h', 'time', 'stunden', 'heures', 'horas'].includes(word)) return 'HOURS';
  if (['cost', 'costs', 'money', 'amount', 'kosten', 'cout', 'couts', 'coste', 'costo'].includes(word)) return 'COST';
  return undefined;
}

/** The status of an invitation in any case, with spaces, hyphens or underscores; undefined for a word that is none. */
export function parseInviteStatus(text: string): InviteStatus | undefined {
  const word = text.trim().toUpperCase().replace(/[\s-]+/g, '_');
  return word === 'NOT_INVITED' || word === 'INVITED' || word === 'ACCEPTED' ? word : undefined;
}

/** True or false, also as 1 and 0, yes and no; undefined for another word. */
export function parseFlag(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['true', '1', 'yes'].includes(word)) return true;
  return ['false', '0', 'no'].includes(word) ? false : undefined;
}

/** The bare address of "Ann Lee <ann@example.org>" or "mailto:ann@example.org". */
export function bareEmail(text: string): string {
  const angled = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
  return angled.trim().replace(/^mailto:/i, '');
}

/** Exchange's internal address, which Outlook exports in place of an e-mail. */
export function isExchangeAddress(text: string): boolean {
  return /^\/o=/i.test(text.trim());
}

/** Google's separator between several values in one cell. */
const googleSeparator = / ::: /;

/** The values of a cell that may hold several: Google's " ::: ", and for e-mails also semicolons and commas. */
export function splitValues(cell: string, areEmails: boolean): string[] {
  const parts = cell.split(googleSeparator);
  const emails = areEmails && parts.length === 1 ? cell.split(/[;,]/) : [];
  const all = emails.length > 1 && emails.every((part) => part.includes('@') || part.trim() === '') ? emails : parts;
  return all.map((part) => part.trim()).filter((part) => part !== '');
}

/** Groups that Google puts every contact in by itself: they say nothing of the contact. */
function isGoogleGroup(tag: string): boolean {
  return /^\* (my|other) ?contacts$/i.test(tag);
}

/**
 * The tags of a cell: separated by Google's " ::: ", by semicolons, or else by commas. "* " marks Google's own. In a file
 * of Google's a comma is part of a label.
 */
export function splitTags(cell: string, isGoogle = false): string[] {
  const separator = isGoogle || googleSeparator.test(cell) ? googleSeparator : cell.includes(';') ? /;/ : /,/;
  const tags = cell.split(separator).map((part) => part.trim());
  const chosen = tags.filter((tag) => !isGoogleGroup(tag)).map((tag) => tag.replace(/^\* /, ''));
  return [...new Set(chosen.filter((tag) => tag !== ''))];
}

/** What a contact without a name is called: by the parts of its name, its company, e-mail or phone. */
export function nameFrom(values: ContactValues, middleName = '', company = ''): string | undefined {
  const { firstName = '', lastName = '', primaryEmail = '', primaryPhone = '' } = values;
  const names = [joinName(firstName, middleName, lastName), company, primaryEmail, primaryPhone];
  return names.find((name) => name.trim() !== '');
}

/** A whole name from its parts; in Chinese, Japanese and Korean the family name comes first, without a space. */
function joinName(first: string, middle: string, last: string): string {
  const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]+$/u;
  if (first !== '' && last !== '' && eastAsian.test(first + last)) return last + first;
  return [first, middle, last].filter((part) => part !== '').join(' ');
}
