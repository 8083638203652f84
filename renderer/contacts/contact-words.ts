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

/** Up to two letters that stand for a name where there is no image. */
export function initials(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{N}\p{M}]*/gu) ?? name.match(/\p{N}+/gu) ?? [];
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = [first, last].map((each) => (each === undefined ? '' : (Array.from(each)[0] ?? '')));
  return letters.join('').toLocaleUpperCase() || '?';
}
