import fc from 'fast-check';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { newContact } from '../../../shared/contact.ts';
import { cultures } from '../../../electron/seed/cultures.ts';
import { generateContacts, type LinkIds, type SampleContact } from '../../../electron/seed/generate-contacts.ts';
import { sampleEmployees, sampleProjects, sampleTags } from '../../../electron/seed/sample-lists.ts';

const ids = (sign: string, count: number) =>
  Array.from({ length: count }, (_, index) => `00000000-0000-4000-8${sign}00-${String(index).padStart(12, '0')}`);
const links: LinkIds = { tags: ids('0', 30), members: ids('1', 12), projects: ids('2', 20) };
const sample = (count: number, seed = 1): SampleContact[] => [...generateContacts(count, seed, links)];
const anySeed = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

test('the same seed makes the same contacts, ids and all, however many are asked for', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 1, max: 60 }), (seed, count) => {
      expect(sample(60, seed).slice(0, count)).toEqual(sample(count, seed));
    }),
    { numRuns: 30 },
  );
});

test('different seeds share no contact', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anySeed, { minLength: 2, maxLength: 2 }), ([one = 0, other = 0]) => {
      const known = new Set(sample(50, one).map(({ id }) => id));
      expect(sample(50, other).some(({ id }) => known.has(id))).toBe(false);
    }),
    { numRuns: 30 },
  );
});

test('no id comes up twice among a hundred thousand', () => {
  const seen = new Set<string>();
  for (const { id } of generateContacts(100_000, 3, links)) seen.add(id);
  expect(seen.size).toBe(100_000);
});

test('every contact is one that the book would take from anybody', () => {
  for (const { id, edits } of sample(5000)) {
    const { scalars, address, sets, extra } = edits;
    const references = (set: readonly string[] | undefined) => set?.map((linked) => ({ id: linked }));
    const checked = newContact.safeParse({
      id, ...scalars, contact: address, extra,
      tags: references(sets?.tags), members: references(sets?.members), projects: references(sets?.projects),
    });
    expect(checked.error?.issues ?? [], `${scalars?.name}`).toEqual([]);
  }
});

test('no sample can be written to: every e-mail and web address ends in .example', () => {
  for (const { edits } of sample(3000)) {
    for (const address of [edits.scalars?.primaryEmail, edits.address?.website]) {
      if (address) expect(address).toMatch(/\.example$/);
    }
  }
});

test('phones of at least twenty countries are valid numbers of their country, however they are written', () => {
  const readable = new Map<string, number>();
  for (const { edits } of sample(5000)) {
    const { primaryPhone: phone } = edits.scalars ?? {};
    const country = edits.address?.country;
    if (!phone || !country) continue;
    const parsed = parsePhoneNumberFromString(phone, country as CountryCode);
    expect([parsed?.isValid(), parsed?.country], `${phone} of ${country}`).toEqual([true, country]);
    readable.set(country, (readable.get(country) ?? 0) + 1);
  }
  expect(readable.size).toBeGreaterThanOrEqual(20);
});

test('one country’s phones are written in several ways', () => {
  const german = sample(5000)
    .filter(({ edits }) => edits.address?.country === 'DE')
    .flatMap(({ edits }) => edits.scalars?.primaryPhone ?? []);
  const shapes = new Set(german.map((phone) => phone.replace(/\d+/g, '0')));
  expect(shapes.size).toBeGreaterThan(6);
});

test('names come in ten scripts and with diacritics of many languages, people and companies alike', () => {
  const names = sample(5000).map(({ edits }) => edits.scalars?.name ?? '');
  const scripts = ['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Han', 'Hiragana', 'Hangul'];
  for (const script of scripts) {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
    expect(names.filter((name) => pattern.test(name)).length, script).toBeGreaterThan(10);
  }
  expect(names.filter((name) => /[äöüßğışłąřůñçãåøðþ]/i.test(name)).length).toBeGreaterThan(500);
  expect(new Set(cultures.map(({ country }) => country)).size).toBeGreaterThanOrEqual(20);
  const companies = sample(5000).filter(({ edits }) => edits.address?.lastName === undefined);
  expect(companies.length).toBeGreaterThan(1000);
});

test('tags have a long tail: the first is on many contacts, the last on few, none on nobody', () => {
  const uses = new Map<string, number>();
  for (const { edits } of generateContacts(20_000, 1, links)) {
    for (const tag of edits.sets?.tags ?? []) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  }
  const counts = links.tags.map((tag) => uses.get(tag) ?? 0);
  expect(counts[0]).toBeGreaterThan((counts[29] ?? 0) * 10);
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect([sampleTags.length, sampleEmployees.length, sampleProjects.length]).toEqual([30, 12, 20]);
});
