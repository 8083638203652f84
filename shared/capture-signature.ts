import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js/min';
import isEmail from 'validator/lib/isEmail.js';
import { emptyFields, type Captured, type CapturedFields } from './capture-fields.ts';
import { closing, companyWords, jobWords, labels, type LabelName } from './capture-words.ts';
import { digitsOf } from './text.ts';

/** A line of a signature, or a part of one between bars. */
interface Part {
  text: string;
  label: LabelName | null;
  /** How many lines from the top. */
  line: number;
}

/** What is still to be understood, and what was. */
interface Reading {
  fields: CapturedFields;
  parts: Part[];
  /** Numbers beyond the first, by what they are called. */
  numbers: { label: string; text: string }[];
  fax: string;
}

const maxLines = 60;
const maxLineLength = 300;
const emailPattern = /[^\s<>()[\]{}|,;:"']+@[^\s<>()[\]{}|,;:"']+\.[\p{L}]{2,}/u;
const webPattern = /(?:https?:\/\/|www\.)[^\s<>|,;"']+|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[^\s<>|,;"']*)?(?![\w@])/iu;

/**
 * Reads the signature of a letter, in any order of its lines, or a bare number or address. Lines that are understood
 * become fields; greetings and rulers are left out; the rest goes to the notes.
 * `region` is the two-letter country of numbers without a country code.
 */
export function readSignature(text: string, region: string): Captured {
  const reading: Reading = { fields: { ...emptyFields }, parts: partsOf(text), numbers: [], fax: '' };
  takeEmail(reading);
  takeWebsite(reading);
  takePhones(reading, region);
  takeLabelled(reading);
  takeCompany(reading);
  takeJob(reading);
  takeName(reading);
  takeCompanyByPlace(reading);
  const { fields, numbers, fax, parts } = reading;
  if (fields.name === '') fields.name = nameOfEmail(fields.email) || fields.company;
  fields.notes = parts.map((part) => part.text).join('\n');
  const columns = Object.fromEntries(numbers.map(({ label, text: number }) => [label, number]));
  return {
    fields,
    rest: {
      ...(fax === '' ? {} : { contact: { fax } }),
      ...(numbers.length === 0 ? {} : { extra: { columns } }),
    },
  };
}

function partsOf(text: string): Part[] {
  const lines = text.normalize('NFKC').replace(/[\p{Cf}\0]/gu, '').split(/\r\n?|\n/).slice(0, maxLines);
  const parts = lines.flatMap((line, index) =>
    line.slice(0, maxLineLength).split(/\s*[|•·]\s*|\t+|\s{3,}/u).map((part) => labelled(part.trim(), index)),
  );
  return parts.filter(({ text: part }) => /[\p{L}\p{N}]/u.test(part) && !closing.test(part));
}

/** 'Tel.: +49 …' is a part with a label; a label is a known word before a colon, or a short one before a number. */
function labelled(text: string, line: number): Part {
  const [, word = '', rest = ''] = /^([\p{L}.\- ]{1,20}?)\s*(?::|\.(?=\s*[+(\d])|(?<=^[\p{L}.-]{1,12})\s+(?=[+(\d]))\s*(.+)$/u.exec(text) ?? [];
  const label = labelOf(word.trim());
  return label === null ? { text, label, line } : { text: rest.trim(), label, line };
}

function labelOf(word: string): LabelName | null {
  return (Object.keys(labels) as LabelName[]).find((key) => labels[key].test(word)) ?? null;
}

/** Takes what a pattern finds out of the first part that has it; the rest of the part stays. */
function take(reading: Reading, part: Part, found: string): void {
  const left = part.text.replace(found, '').replace(/^(?:mailto:)?[\s,;:<>()/-]+|[\s,;:<>()/-]+$/g, '').trim();
  reading.parts = /[\p{L}\p{N}]/u.test(left) && part.label === null && labelOf(left) === null
    ? reading.parts.map((other) => (other === part ? { ...part, text: left } : other))
    : reading.parts.filter((other) => other !== part);
}

function takeEmail(reading: Reading): void {
  for (const part of reading.parts) {
    const found = emailPattern.exec(part.text)?.[0]?.replace(/^mailto:/i, '').replace(/[.>]+$/, '');
    if (found === undefined || !isEmail(found)) continue;
    if (reading.fields.email === '') {
      reading.fields.email = found;
      take(reading, part, found);
    } else if (found.toLowerCase() === reading.fields.email.toLowerCase()) {
      take(reading, part, found);
    }
  }
}

function takeWebsite(reading: Reading): void {
  for (const part of reading.parts) {
    const found = part.text.includes('@') ? undefined : webPattern.exec(part.text)?.[0]?.replace(/[.)]+$/, '');
    if (found === undefined || reading.fields.website !== '' || /^\d/.test(found)) continue;
    // 'Inc.Ltd' has a dot as well: without https or www only a label or a part of its own makes it an address.
    if (!/^(https?:|www\.)/i.test(found) && part.label !== 'website' && found !== part.text) continue;
    reading.fields.website = found;
    take(reading, part, found);
  }
}

function takePhones(reading: Reading, region: string): void {
  const country = isSupportedCountry(region) ? region : undefined;
  const seen = new Set<string>();
  const found: { label: LabelName | null; text: string }[] = [];
  for (const part of reading.parts) {
    if (part.label === 'name' || part.label === 'company') continue;
    const numbers = findPhoneNumbersInText(part.text.replace(/\(0\)/g, ' '), country);
    const texts = numbers.length > 0
      ? numbers.map(({ startsAt, endsAt }) => part.text.replace(/\(0\)/g, ' ').slice(startsAt, endsAt))
      : numberOf(part);
    for (const text of texts) {
      if (!seen.has(digitsOf(text))) found.push({ label: part.label, text: text.replace(/\s+/g, ' ').trim() });
      seen.add(digitsOf(text));
    }
    if (texts.length > 0) take(reading, part, texts.length === 1 && part.text.includes(texts[0] ?? '') ? (texts[0] ?? '') : part.text);
  }
  reading.fax = found.find(({ label }) => label === 'fax')?.text ?? '';
  const phones = found.filter(({ label }) => label !== 'fax');
  reading.fields.phone = phones[0]?.text ?? '';
  reading.numbers = phones.slice(1).map(({ label, text }, index) => ({
    label: label === 'mobile' ? 'Mobile' : index === 0 ? 'Phone 2' : `Phone ${index + 2}`,
    text,
  }));
}

/** A number that follows no plan of numbering, but is labelled as a phone or is all there is. */
function numberOf({ text, label }: Part): string[] {
  const isNumber = /^[+(]?[\d\s()./-]{5,25}$/.test(text) && digitsOf(text).length >= 5;
  const isDate = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text);
  const isPhone = label === 'phone' || label === 'mobile' || label === 'fax';
  return isNumber && (isPhone || (!isDate && label === null && digitsOf(text).length >= 7)) ? [text] : [];
}

function takeLabelled(reading: Reading): void {
  for (const field of ['name', 'company', 'jobTitle'] as const) {
    const part = reading.parts.find(({ label }) => label === field);
    if (part) takeField(reading, field, part);
  }
}

function takeField(reading: Reading, field: 'name' | 'company' | 'jobTitle', part: Part): void {
  reading.fields[field] = part.text.replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '');
  reading.parts = reading.parts.filter((other) => other !== part);
}

function takeCompany(reading: Reading): void {
  if (reading.fields.company !== '') return;
  const part = reading.parts.find(({ text, label }) => label === null && text.length <= 80 && companyWords.test(text) && !/\d{4}/.test(text));
  if (part) takeField(reading, 'company', part);
}

function takeJob(reading: Reading): void {
  const part = reading.parts.find(({ text, label }) => label === null && text.length <= 80 && jobWords.test(text) && !/\d/.test(text));
  if (!part || reading.fields.jobTitle !== '') return;
  // 'Ann Lee, Head of Purchasing' and 'Ann Lee – CEO' are two things.
  const [, before = '', after = ''] = /^(.+?)\s*(?:,|\s[–—-])\s+(.+)$/u.exec(part.text) ?? [];
  if (reading.fields.name === '' && isName(before) && !jobWords.test(before)) {
    reading.fields.name = before;
    reading.parts = reading.parts.map((other) => (other === part ? { ...part, text: after } : other));
    takeJob(reading);
    return;
  }
  takeField(reading, 'jobTitle', part);
}

function takeName(reading: Reading): void {
  if (reading.fields.name !== '') return;
  const part = reading.parts.find(({ text, label }) => label === null && isName(text));
  if (part) takeField(reading, 'name', part);
}

/** Without a word that companies carry: the line after the name, if it reads like one. */
function takeCompanyByPlace(reading: Reading): void {
  const [part] = reading.parts;
  const { name, company, email, jobTitle } = reading.fields;
  if (!part || company !== '' || name === '' || part.label !== null || part.line > 4 || /\d/.test(part.text)) return;
  const domain = email.split('@')[1]?.split('.').at(-2)?.toLowerCase() ?? '';
  const bare = part.text.toLowerCase().replace(/[^\p{L}]/gu, '');
  const isOfDomain = domain.length > 2 && (bare.includes(domain) || domain.includes(bare));
  if (isOfDomain || (jobTitle !== '' && part.text.split(/\s+/).length <= 5)) takeField(reading, 'company', part);
}

const particles = new Set(
  'von van de der den da do dos das del della di du la le las los el al bin ibn zu zum zur y e af av ter ten'.split(' '),
);

/** Whether a line can be a person's name: two to five words without digits, each beginning as names do. */
function isName(text: string): boolean {
  if (text.length > 60 || /[\d@:/\\=<>]/.test(text)) return false;
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,6}(?:\s?[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]{1,6})?$/u.test(text)) return true;
  const words = text.replace(/^(?:dr|prof|mr|mrs|ms|herr|frau|ing|dipl|mag|m|mme|sr|sra|dott)\b\.?\s*(?:med\.\s*|-ing\.\s*)?/iu, '').split(/[\s,]+/);
  if (words.length < 2 || words.length > 6) return false;
  return words.every((word) => particles.has(word.toLowerCase()) || /^[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’.-]*$/u.test(word));
}

/** 'ann.lee@…' is Ann Lee; an address that is no person's gives nothing. */
function nameOfEmail(email: string): string {
  const [local = ''] = email.split('@');
  const words = local.split(/[._-]/).filter((word) => /^\p{L}{2,}$/u.test(word));
  if (words.length < 2) return '';
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
