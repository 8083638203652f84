import type { BudgetType, ContactType } from '../../shared/contact.ts';
import type { Edits } from '../contacts/edits.ts';
import { latin, written, type Culture, type Name } from './culture.ts';
import { cultures } from './cultures.ts';
import { writePhone } from './phones.ts';
import { createRandom, createZipf, fillPattern, type Random } from './random.ts';

/** The ids that contacts are linked with; the first of each come up most often. */
export interface LinkIds {
  tags: readonly string[];
  members: readonly string[];
  projects: readonly string[];
}

export interface SampleContact {
  id: string;
  edits: Edits;
}

const companyShare = 0.25;
const mailboxes = ['post', 'mail', 'inbox', 'fastpost', 'webmail', 'letterbox', 'courier', 'homemail'];
const domainEndings = ['group', 'partner', 'works', 'trading', 'studio', 'labs', 'service', 'consult', 'media', 'online'];
const titles = ['Dr.', 'Prof.'];
const typesByFrequency = [
  'CUSTOMER', 'CUSTOMER', 'CUSTOMER', 'CLIENT', 'CLIENT', 'CLIENT', 'LEAD', 'LEAD', 'VENDOR', 'PARTNER',
] as const satisfies readonly ContactType[];

/**
 * Sample contacts, made one at a time as they are asked for. They depend on the seed alone: the first thousand are the
 * same whether a thousand are made or a million. All e-mail and web addresses end in `.example`, which no one owns.
 */
export function* generateContacts(count: number, seed: number, links: LinkIds): Generator<SampleContact> {
  const random = createRandom(seed, 'contacts');
  const zipf = {
    tags: createZipf(links.tags.length),
    members: createZipf(links.members.length),
    projects: createZipf(links.projects.length),
  };
  const some = (set: keyof LinkIds, howMany: number): string[] => {
    const chosen = Array.from({ length: howMany }, () => links[set][zipf[set](random)]);
    return [...new Set(chosen)].filter((id) => id !== undefined);
  };
  for (let made = 0; made < count; made += 1) {
    const id = random.uuid();
    const culture = random.pick(cultures);
    const edits = random.chance(companyShare) ? company(culture, random) : person(culture, random);
    edits.sets = {
      tags: some('tags', random.pick([0, 1, 1, 1, 2, 2, 3])),
      members: some('members', random.pick([0, 1, 1, 2])),
      projects: some('projects', random.pick([0, 0, 0, 0, 1])),
    };
    yield { id, edits };
  }
}

function person(culture: Culture, random: Random): Edits {
  const isWoman = random.chance(0.5);
  const given = random.pick(isWoman ? culture.women : culture.men);
  const familyName = random.pick(culture.families);
  const inflect = isWoman ? culture.feminine : culture.masculine;
  const [ownFamily, latinFamily] = familyName.split('|', 2);
  const family = inflect ? inflect(ownFamily ?? familyName) : (ownFamily ?? familyName);
  const plain = culture.fullName?.(written(given), family) ?? `${written(given)} ${family}`;
  const employer = random.chance(0.45) ? organisation(culture, random) : undefined;
  const local = localPart(latin(given), latin(latinFamily ?? family), random);
  const domain = employer?.domain ?? `${random.pick(mailboxes)}.${culture.country.toLowerCase()}.example`;
  return {
    scalars: {
      name: random.chance(0.04) && !culture.fullName ? `${random.pick(titles)} ${plain}` : plain,
      primaryEmail: random.chance(0.85) ? `${local}@${domain}` : null,
      ...business(culture, random),
    },
    address: {
      firstName: written(given),
      lastName: family,
      website: employer && random.chance(0.5) ? `https://www.${employer.domain}` : null,
      ...place(culture, random),
    },
    ...(employer ? { extra: { columns: { Company: employer.name } } } : {}),
  };
}

function company(culture: Culture, random: Random): Edits {
  const { name, domain } = organisation(culture, random);
  return {
    scalars: {
      name,
      primaryEmail: random.chance(0.9) ? `${random.pick(['info', 'office', 'contact', 'sales', 'hello'])}@${domain}` : null,
      ...business(culture, random),
    },
    address: {
      website: random.chance(0.7) ? `https://${domain}` : null,
      fax: random.chance(0.2) ? writePhone(culture.phone, random) : null,
      fiscalInformation: random.chance(0.4) ? fillPattern(`${culture.country}#########`, random) : null,
      ...place(culture, random),
    },
  };
}

function organisation(culture: Culture, random: Random): { name: string; domain: string } {
  const familyName = random.pick(culture.families);
  const [city] = random.pick(culture.cities);
  const parts: Record<string, string> = { family: written(familyName), trade: random.pick(culture.trades), city };
  const name = random.pick(culture.companies).replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');
  const domain = `${latin(familyName)}-${random.pick(domainEndings)}.${culture.country.toLowerCase()}.example`;
  return { name, domain };
}

/** What every contact may have, whoever it is. */
function business(culture: Culture, random: Random) {
  const isArchived = random.chance(0.03);
  return {
    contactType: random.pick(typesByFrequency),
    primaryPhone: random.chance(0.9) ? writePhone(culture.phone, random) : null,
    notes: random.chance(0.2) ? random.pick(culture.notes) : null,
    isArchived,
    isActive: !isArchived && !random.chance(0.04),
    ...budget(random),
  };
}

function budget(random: Random): { budget?: number; budgetType?: BudgetType } {
  if (!random.chance(0.4)) return {};
  if (random.chance(0.4)) return { budget: 5 * (1 + random.below(200)), budgetType: 'HOURS' };
  const amount = random.chance(0.1) ? 99.5 + random.below(9000) : 250 * (1 + random.below(400));
  return { budget: amount, budgetType: 'COST' };
}

function place(culture: Culture, random: Random) {
  if (!random.chance(0.85)) return { country: culture.country };
  const [city, regionCode, postcode] = random.pick(culture.cities);
  return {
    address: culture.streetLine(random.pick(culture.streets), 1 + random.below(180)),
    address2: random.chance(0.06) ? String(1 + random.below(40)) : null,
    city,
    regionCode,
    postcode: fillPattern(postcode, random),
    country: culture.country,
  };
}

/** What stands before the @, in the ways that firms and people make it. */
function localPart(given: string, family: Name, random: Random): string {
  switch (random.below(5)) {
    case 0:
      return `${given.charAt(0)}.${family}`;
    case 1:
      return `${given}${1 + random.below(99)}`;
    case 2:
      return `${family}.${given}`;
    default:
      return `${given}.${family}`;
  }
}
