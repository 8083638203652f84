import { addressFields, type AddressField, type ScalarField } from '../../shared/contact.ts';
import type { Edits } from '../contacts/edits.ts';

export type Field = ScalarField | AddressField;

const inAddress = new Set<string>(addressFields);

/** Fields by name as edits, which keep the contact's own and the address's apart. */
export function editsOfFields(values: readonly (readonly [field: string, value: unknown])[]): Pick<Edits, 'scalars' | 'address'> {
  return {
    scalars: Object.fromEntries(values.filter(([field]) => !inAddress.has(field))),
    address: Object.fromEntries(values.filter(([field]) => inAddress.has(field))),
  };
}
