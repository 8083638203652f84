import { capturedFields, emptyFields, type Captured, type CapturedFields } from './capture-fields.ts';
import { readSignature } from './capture-signature.ts';
import type { Input } from './operations/index.ts';
import { contactFromCard } from './vcard/contact-from-card.ts';
import { createVCardReader, type VCard } from './vcard/reader.ts';
import { companyOf } from './vcard/occupation.ts';

/** Characters that are looked at: more is no signature. */
export const maxCaptureLength = 200_000;

/**
 * Reads a vCard, a signature or a bare phone number into the fields of a new contact. What belongs nowhere goes to the
 * notes, so that nothing pasted is lost. Never throws.
 * `region` is the two-letter country of numbers without a country code.
 */
export function readCapture(text: string, region: string): Captured {
  const bounded = text.slice(0, maxCaptureLength);
  return readCard(bounded) ?? readSignature(bounded, region);
}

/** Whether a text has anything in it by which somebody can be reached: else it is not offered as a contact. */
export function looksLikeContact(text: string, region: string): boolean {
  const { email, phone } = readCapture(text, region).fields;
  return email !== '' || phone !== '';
}

/** The fields as a new contact, with what the form did not show. Company and job are kept as a CSV would bring them. */
export function contactOfCapture({ fields, rest }: Captured): Omit<Input<'contact.create'>, 'id'> {
  const { name, company, jobTitle, email, phone, website, notes } = trimmed(fields);
  const columns = { ...(rest.extra?.['columns'] as Record<string, string> | undefined) };
  if (company !== '' && company !== companyOf(rest.extra)) columns['Company'] = company;
  if (jobTitle !== '') columns['Job title'] = jobTitle;
  const extra = { ...rest.extra, ...(Object.keys(columns).length > 0 ? { columns } : {}) };
  return {
    name,
    primaryEmail: email === '' ? null : email,
    primaryPhone: phone === '' ? null : phone,
    notes: notes === '' ? null : notes,
    contact: { ...rest.contact, website: website === '' ? null : website },
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

function trimmed(fields: CapturedFields): CapturedFields {
  return Object.fromEntries(capturedFields.map((field) => [field, fields[field].trim()])) as CapturedFields;
}

/** The first card of a text; null where there is none that can be read. */
function readCard(text: string): Captured | null {
  if (!/^\s*BEGIN:VCARD/im.test(text)) return null;
  const cards: VCard[] = [];
  const reader = createVCardReader({ onCard: (card) => cards.push(card), onError: () => undefined });
  reader.push(text);
  reader.end();
  const [card] = cards;
  const contact = card && contactFromCard(card);
  if (!contact?.ok) return null;
  const { name, primaryEmail, primaryPhone, notes, website, ...values } = contact.values;
  const { contactType: _type, imageUrl: _image, budget: _budget, budgetType: _unit, inviteStatus: _invite, ...address } = values;
  return {
    fields: {
      ...emptyFields, name, company: companyOf(contact.extra) ?? '', email: primaryEmail ?? '',
      phone: primaryPhone ?? '', website: website ?? '', notes: notes ?? '',
    },
    rest: { contact: address, extra: { ...contact.extra } },
  };
}
