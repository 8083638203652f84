import type { Input } from './operations/index.ts';

/** The fields of the quick form, each one text, empty when nothing is known. */
export const capturedFields = ['name', 'company', 'jobTitle', 'email', 'phone', 'website', 'notes'] as const;
export type CapturedField = (typeof capturedFields)[number];
export type CapturedFields = Record<CapturedField, string>;

/** What was found in a pasted text. */
export interface Captured {
  fields: CapturedFields;
  /** Of a vCard, or of further numbers: what the form does not show and the contact still gets. */
  rest: Pick<Input<'contact.create'>, 'contact' | 'extra'>;
}

export const emptyFields: CapturedFields = {
  name: '', company: '', jobTitle: '', email: '', phone: '', website: '', notes: '',
};
