import {
  addressFields, type AddressField, type BudgetType, type Contact, type ContactType, type InviteStatus,
} from '../../shared/contact.ts';
import { type Detail, editsOf } from '../../shared/vcard/details.ts';
import { formatNumber } from './number-entry.ts';

/** What the form holds: texts as they were typed, so that nothing of them is lost, whether valid or not. */
export interface FormValues extends Record<AddressField, string> {
  name: string;
  contactType: ContactType;
  primaryEmail: string;
  primaryPhone: string;
  notes: string;
  budget: string;
  budgetType: BudgetType | '';
  inviteStatus: InviteStatus | '';
  isActive: boolean;
  isArchived: boolean;
  /** Ids. */
  tags: string[];
  members: string[];
  projects: string[];
  /** These three are in `extra`, see shared/vcard/details.ts. */
  company: string;
  jobTitle: string;
  details: Detail[];
}

export type FormField = keyof FormValues;
/** The fields that hold any text, as a person types it. */
export type TextField = { [F in FormField]: string extends FormValues[F] ? F : never }[FormField];
export type IdsField = 'tags' | 'members' | 'projects';
export type ExtraField = 'company' | 'jobTitle' | 'details';

/** The fields whose texts are numbers. */
export const numberFields = ['budget', 'latitude', 'longitude'] as const satisfies readonly TextField[];
export const idsFields = ['tags', 'members', 'projects'] as const satisfies readonly IdsField[];
export const extraFields = ['company', 'jobTitle', 'details'] as const satisfies readonly ExtraField[];

export function emptyValues(): FormValues {
  const address = Object.fromEntries(addressFields.map((field) => [field, ''])) as Record<AddressField, string>;
  return {
    name: '',
    contactType: 'CLIENT',
    primaryEmail: '',
    primaryPhone: '',
    ...address,
    notes: '',
    budget: '',
    budgetType: '',
    inviteStatus: '',
    isActive: true,
    isArchived: false,
    tags: [],
    members: [],
    projects: [],
    company: '',
    jobTitle: '',
    details: [],
  };
}

export const formFields = Object.keys(emptyValues()) as FormField[];

/** A contact, read with its address, tags, members and projects, as the form shows it. */
export function valuesOf(contact: Contact, locale: string): FormValues {
  const number = (value: number | null | undefined) => (typeof value === 'number' ? formatNumber(value, locale) : '');
  const ids = (items: readonly { id: string }[] | undefined) => (items ?? []).map((item) => item.id);
  const address = Object.fromEntries(
    addressFields.map((field) => {
      const value = contact.contact?.[field];
      return [field, typeof value === 'string' ? value : number(value)];
    }),
  ) as Record<AddressField, string>;
  return {
    name: contact.name,
    contactType: contact.contactType,
    primaryEmail: contact.primaryEmail ?? '',
    primaryPhone: contact.primaryPhone ?? '',
    ...address,
    notes: contact.notes ?? '',
    budget: number(contact.budget),
    budgetType: contact.budgetType ?? '',
    inviteStatus: contact.inviteStatus ?? '',
    isActive: contact.isActive,
    isArchived: contact.isArchived,
    tags: ids(contact.tags),
    members: ids(contact.members),
    projects: ids(contact.projects),
    ...extraValues(contact.extra),
  };
}

/** What of `extra` the form shows. */
export function extraValues(extra: Contact['extra']): Pick<FormValues, ExtraField> {
  const { company, jobTitle, details } = editsOf(extra);
  return { company, jobTitle, details: [...details] };
}

export function isIdsField(field: FormField): field is IdsField {
  return (idsFields as readonly FormField[]).includes(field);
}

export function isExtraField(field: FormField): field is ExtraField {
  return (extraFields as readonly FormField[]).includes(field);
}

/** Whether two values of a field are the same to a person: the order of a set does not count, nor a line left empty. */
export function sameValue(a: FormValues[FormField], b: FormValues[FormField]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  const [those, these] = [said(a), said(b)];
  return those.length === these.length && those.every((each) => these.includes(each));
}

function said(items: readonly (string | Detail)[]): string[] {
  return items.flatMap((item) => {
    if (typeof item === 'string') return [item];
    return item.value.trim() === '' ? [] : [JSON.stringify([item.key, item.label, item.value])];
  });
}

/** The fields that differ, in the order of the form. */
export function changedFields(from: FormValues, to: FormValues): FormField[] {
  return formFields.filter((field) => !sameValue(from[field], to[field]));
}

/** `values` with one field replaced. */
export function withField<F extends FormField>(values: FormValues, field: F, value: FormValues[F]): FormValues {
  return { ...values, [field]: value };
}
