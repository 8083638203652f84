import type { BudgetType, ContactType, InviteStatus } from '../../shared/contact.ts';

/** What a type is called, for one contact and for many. The order is the one a person sees. */
export const typeWords: Readonly<Record<ContactType, { one: string; many: string }>> = {
  CUSTOMER: { one: 'Customer', many: 'Customers' },
  CLIENT: { one: 'Client', many: 'Clients' },
  LEAD: { one: 'Lead', many: 'Leads' },
  VENDOR: { one: 'Vendor', many: 'Vendors' },
  PARTNER: { one: 'Partner', many: 'Partners' },
};
export const types = Object.keys(typeWords) as ContactType[];

export const inviteWords: Readonly<Record<InviteStatus, string>> = {
  NOT_INVITED: 'Not invited',
  INVITED: 'Invited',
  ACCEPTED: 'Invitation accepted',
};

const number = new Intl.NumberFormat();
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** '1,200 h' for a budget in hours, '1,200' for one in money, whose currency the book does not know. */
export function budgetWords(budget: number | null, budgetType: BudgetType | null): string {
  if (budget === null) return '';
  return budgetType === 'HOURS' ? `${number.format(budget)} h` : number.format(budget);
}

/** A time of the book, shortly: the hour for today, the day for this year, else the date. */
export function shortTime(at: string, now: Date): string {
  const then = new Date(at);
  if (then.toDateString() === now.toDateString()) return time.format(then);
  return (then.getFullYear() === now.getFullYear() ? dayAndMonth : date).format(then);
}

export function longTime(at: string): string {
  return dateAndTime.format(new Date(at));
}

export function clockTime(at: string): string {
  return time.format(new Date(at));
}

/** What stands beside a name and is no part of it: titles before it, legal forms and generations behind it. */
const unnamed = new Set(
  'dr prof professor mr mrs ms miss sir herr frau mme mlle sr sra dott ing jr ii iii phd md gmbh mbh ag kg ohg ug se ltd llc llp plc inc corp co'.split(' '),
);
/** Letters of these scripts join: two of them would be no initials any more. */
const joining = /[\p{Script=Arabic}\p{Script=Syriac}]/u;

/** Up to two letters that stand for a name where there is no image; words in brackets do not count. */
export function initials(name: string): string {
  const bare = name.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ');
  const words = wordsOf(bare).length > 0 ? wordsOf(bare) : wordsOf(name);
  const said = words.filter((word) => !unnamed.has(word.toLowerCase()));
  const [first, ...others] = said.length > 0 ? said : words;
  const letters = [first, others.at(-1)].map((each) => (each === undefined ? '' : (Array.from(each)[0] ?? '')));
  return (joining.test(letters.join('')) ? (letters[0] ?? '') : letters.join('')).toLocaleUpperCase() || '?';
}

function wordsOf(name: string): string[] {
  return name.match(/\p{L}[\p{L}\p{N}\p{M}]*/gu) ?? name.match(/\p{N}+/gu) ?? [];
}
