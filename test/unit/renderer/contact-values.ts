import fc from 'fast-check';
import { budgetTypes, contactTypes, inviteStatuses } from '../../../shared/contact.ts';
import type { Detail } from '../../../shared/vcard/details.ts';
import { emptyValues, formFields, type FormValues } from '../../../renderer/contact-form/form-values.ts';

/** The values of a form, with some of them given. */
export function values(given: Partial<FormValues> = {}): FormValues {
  return { ...emptyValues(), ...given };
}

/** A line of what no column holds, under a key of its own. */
export function detail(key: string, value = key): Detail {
  return { key, kind: 'text', label: 'Pet', value, isFixed: false };
}

/** Any form, from a small alphabet, so that equal and different values both come up. */
export const anyValues: fc.Arbitrary<FormValues> = fc.record(
  Object.fromEntries(formFields.map((field) => [field, anyValueOf(field)])),
) as fc.Arbitrary<FormValues>;

function anyValueOf(field: keyof FormValues): fc.Arbitrary<unknown> {
  const sample = emptyValues()[field];
  if (field === 'details') return fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).map((keys) => keys.map((key) => detail(key)));
  if (Array.isArray(sample)) return fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  if (typeof sample === 'boolean') return fc.boolean();
  if (field === 'contactType') return fc.constantFrom(...contactTypes);
  if (field === 'budgetType') return fc.constantFrom('' as const, ...budgetTypes);
  if (field === 'inviteStatus') return fc.constantFrom('' as const, ...inviteStatuses);
  return fc.constantFrom('', 'one', 'two', 'three');
}
