import isEmail from 'validator/lib/isEmail.js';
import {
  addressFields, budgetTypes, contactTypes, inviteStatuses, maxImageUrlLength, scalarFields, type AddressField, type ScalarField,
} from '../../../shared/contact.ts';
import { isCleanText, isSafeAddress } from '../../../shared/text.ts';
import type { SyncedField } from '../snapshot.ts';

/** A field as the server has it: its column, the type of its values, and whether this book can hold a value. */
export interface WireField {
  name: SyncedField;
  column: string;
  inAddress: boolean;
  type: 'string' | 'number' | 'boolean';
  /** Whether a value of the right type is one that the rules of `shared/contact.ts` take. */
  isHoldable: (value: unknown) => boolean;
}

type Test = (value: never) => boolean;

const anyText: Test = (value: string) => isCleanText(value);
const isLink = (value: string) => isCleanText(value) && isSafeAddress(value);
const within = (limit: number): Test => (value: number) => Math.abs(value) <= limit;
const always: Test = () => true;
const oneOf = (values: readonly string[]): Test => (value: string) => values.includes(value);

const rules: Record<ScalarField | AddressField, [type: WireField['type'], test: Test]> = {
  name: ['string', anyText],
  contactType: ['string', oneOf(contactTypes)],
  primaryEmail: ['string', (value: string) => isCleanText(value) && isEmail(value.trim())],
  primaryPhone: ['string', anyText],
  imageUrl: ['string', (value: string) => value.length <= maxImageUrlLength && isLink(value)],
  budget: ['number', always],
  // Ever Gauzy writes it in small letters.
  budgetType: ['string', (value: string) => (budgetTypes as readonly string[]).includes(value.toUpperCase())],
  notes: ['string', anyText],
  inviteStatus: ['string', oneOf(inviteStatuses)],
  isActive: ['boolean', always],
  isArchived: ['boolean', always],
  firstName: ['string', anyText],
  lastName: ['string', anyText],
  website: ['string', isLink],
  address: ['string', anyText],
  address2: ['string', anyText],
  city: ['string', anyText],
  regionCode: ['string', anyText],
  postcode: ['string', anyText],
  country: ['string', anyText],
  fax: ['string', anyText],
  fiscalInformation: ['string', anyText],
  latitude: ['number', within(90)],
  longitude: ['number', within(180)],
};

/** Every field that has a column of its own there. */
export const wireFields: readonly WireField[] = [
  ...scalarFields.map((field): WireField => wireField(field, field, false)),
  ...addressFields.map((field): WireField => wireField(`contact.${field}`, field, true)),
  { name: 'imageId', column: 'imageId', inAddress: false, type: 'string', isHoldable: () => true },
];

function wireField(name: SyncedField, column: ScalarField | AddressField, inAddress: boolean): WireField {
  const [type, test] = rules[column];
  return { name, column, inAddress, type, isHoldable: test as (value: unknown) => boolean };
}
