import { addColleague, type Directory } from './people.ts';
import type { AddressRow, ContactRow } from './rows.ts';
import { addTag } from './tags.ts';
import { newBase, put, type World } from './world.ts';

const first = [
  'Ada',
  'Bruno',
  'Chiara',
  'Dmitri',
  'Elif',
  'Fatou',
  'Grace',
  'Hiro',
  'Ines',
  'Jonas',
  'Katya',
  'Liam',
  'Mei',
  'Noor',
  'Omar',
];
const last = [
  'Abel',
  'Bauer',
  'Costa',
  'Dietrich',
  'Eriksen',
  'Fontaine',
  'García',
  'Haddad',
  'Ito',
  'Jansen',
  'Kovač',
  'Lindqvist',
  'Müller',
];
const trades = [
  'Logistics',
  'Foods',
  'Software',
  'Textiles',
  'Clinic',
  'Energy',
  'Consulting',
  'Metals',
  'Optics',
  'Printing',
  'Travel',
];
const forms = ['GmbH', 'Ltd', 'Inc.', 'SARL', 'S.p.A.', 'AB', 'Oy'];
const cities = [
  ['Berlin', 'DE', '10115'],
  ['Lyon', 'FR', '69001'],
  ['Torino', 'IT', '10121'],
  ['Göteborg', 'SE', '41103'],
  ['Leeds', 'GB', 'LS1 4AP'],
  ['Austin', 'US', '73301'],
  ['Sofia', 'BG', '1000'],
] as const;
const tagNames = [
  'vip',
  'wholesale',
  'retail',
  'partner',
  'newsletter',
  'event 2026',
  'do not call',
  'supplier',
  'press',
  'north',
  'south',
  'renewal',
];
const types = ['CLIENT', 'CUSTOMER', 'LEAD'] as const;
const notes = [
  'Prefers e-mail.',
  'Call before noon.\nAsk for the office.',
  'Met at the fair in spring 🌱',
  'Renewal in autumn; wants a quote by post.',
];

/** Contacts with addresses, tags and members, the first of them a year old; some share one stamp to the microsecond. */
export function seedRemote(world: World, { tenantId, organizationId, admin }: Directory, count: number): void {
  const { tables } = world;
  const owner = { tenantId, organizationId, userId: admin.id };
  const tags = tagNames.map(
    (name, i) => addTag(world, owner, name, ['#228be6', '#40c057', '#fab005', '#fa5252'][i % 4] ?? '#868e96').id,
  );
  const members = pairs.map((name) => addColleague(world, tenantId, organizationId, name).id);
  for (const [i, name] of ['Website', 'Autumn fair', 'Warehouse', 'Rollout', 'Support'].entries()) {
    put(world, tables.projects, {
      ...newBase(world, owner),
      name,
      organizationContactId: null,
      members: members.slice(i, i + 2),
    });
  }
  const now = world.stamp();
  const step = Math.max(1, Math.floor((365 * 86_400) / Math.ceil(count / 25))) * 1_000_000;
  for (let i = 0; i < count; i += 1) {
    const stamp = now - (Math.ceil(count / 25) - Math.floor(i / 25)) * step;
    const times = { createdAt: stamp, updatedAt: stamp };
    const address = addressOf({ ...newBase(world, owner), ...times }, i);
    put(world, tables.addresses, address);
    const links = {
      tags: tags.filter((_, t) => (i + t * 5) % 7 === 0 && t % 3 !== i % 3),
      members: i % 4 === 3 ? [] : [members[i % members.length] ?? ''],
    };
    put(world, tables.contacts, {
      ...contactOf({ ...newBase(world, owner), ...times }, i),
      contactId: address.id,
      ...links,
    });
  }
}

const pairs = [
  'Paula Rossi',
  'Tom Baker',
  'Yuki Sato',
  'Lena Vogt',
  'Sam Okafor',
  'Nina Petrova',
  'Carlos Vega',
  'Emma Dubois',
];

const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

function contactOf(base: ContactRow | ReturnType<typeof newBase>, i: number): ContactRow {
  const family = pick(last, i * 7);
  const isPerson = i % 3 === 0;
  const name = isPerson
    ? `${pick(first, i)} ${family} ${i}`
    : `${family} ${pick(trades, i * 3)} ${pick(forms, i)} ${i}`;
  return {
    ...base,
    name,
    primaryEmail: i % 9 === 8 ? null : `contact${i}@example.com`,
    primaryPhone: i % 6 === 5 ? null : `+49 30 ${String(1_000_000 + i)}`,
    inviteStatus: pick([null, 'NOT_INVITED', 'INVITED', 'ACCEPTED'], i),
    notes: i % 2 === 0 ? pick(notes, i / 2) : null,
    contactType: pick(types, i),
    imageUrl: `https://dummyimage.com/330x300/269aff/ffffff.jpg&text=${name.charAt(0)}`,
    budget: i % 5 === 4 ? null : (i % 50) * 100,
    budgetType: pick(['cost', 'hours'], i),
    contactId: null,
    imageId: null,
    tags: [],
    members: [],
  };
}

function addressOf(base: ReturnType<typeof newBase>, i: number): AddressRow {
  const [city, country, postcode] = pick(cities, i);
  const isKnown = i % 5 !== 4;
  return {
    ...base,
    name: null,
    firstName: i % 3 === 0 ? pick(first, i) : null,
    lastName: i % 3 === 0 ? pick(last, i * 7) : null,
    country: isKnown ? country : null,
    city: isKnown ? city : null,
    address: isKnown ? `${1 + (i % 180)} Market Street` : null,
    address2: i % 11 === 0 ? 'Building B' : null,
    postcode: isKnown ? postcode : null,
    latitude: i % 4 === 0 ? 48.5 + (i % 100) / 100 : null,
    longitude: i % 4 === 0 ? 9.25 + (i % 100) / 100 : null,
    regionCode: null,
    fax: null,
    fiscalInformation: i % 10 === 0 ? `VAT ${100_000 + i}` : null,
    website: i % 3 === 1 ? `https://www.contact${i}.example` : null,
  };
}
