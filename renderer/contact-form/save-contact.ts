import { AppError } from '../../shared/errors.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Input } from '../../shared/operations/index.ts';
import { withEdits } from '../../shared/vcard/details.ts';
import type { Host } from '../host/host.ts';
import { changesOf } from './form-errors.ts';
import { changedFields, emptyValues, formFields, isExtraField, valuesOf, type FormValues } from './form-values.ts';
import type { FormState, ImageChange } from './form-state.ts';

const relations = ['contact', 'tags', 'members', 'projects'] as const;

/** A contact as the form starts from it. Throws AppError `notFound` when there is none, or it is in the trash. */
export async function readContact(host: Host, id: string): Promise<Contact> {
  const contact = await host.call('contact.get', { id, data: { relations: [...relations] } });
  if (contact.deletedAt !== null) throw new AppError('notFound', 'This contact is in the trash.');
  return contact;
}

export interface Saved {
  rev: number;
  values: FormValues;
  extra: Contact['extra'];
}

/**
 * Saves the form: a new contact whole, an existing one with what was changed, provided it is still at the revision
 * the form knows. Throws the host's AppError: `stale` when the contact was changed meanwhile, `invalid` with issues.
 */
export async function saveContact(host: Host, state: FormState, locale: string): Promise<Saved> {
  if (state.rev === null || state.absence === 'erased') {
    const isTyped = changedFields(emptyValues(), state.values).some(isExtraField);
    const extra = isTyped || state.extra !== null ? extraOf(state) : null;
    // The name is checked by the form before, and by the host after.
    const input = {
      ...changesOf(state.values, formFields, locale), id: state.id, ...(extra === null ? {} : { extra }),
    } as Input<'contact.create'>;
    const { rev } = await host.call('contact.create', input);
    return { rev, values: state.values, extra };
  }
  const fields = changedFields(state.base, state.values);
  if (fields.length === 0) return { rev: state.rev, values: state.values, extra: state.extra };
  const changes = changesOf(state.values, fields, locale);
  const extra = fields.some(isExtraField) ? extraOf(state) : undefined;
  const { rev } = await host.call('contact.update', {
    ...changes, ...(extra === undefined ? {} : { extra }), id: state.id, ifMatch: `"${state.rev}"`,
  });
  return { rev, values: state.values, extra: extra === undefined ? state.extra : extra };
}

/** What no column holds, with what the form changed of it. */
function extraOf({ extra, values }: FormState): Contact['extra'] {
  const typed = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return withEdits(extra, values, {
    primaryEmail: typed(values.primaryEmail), primaryPhone: typed(values.primaryPhone), website: typed(values.website),
  });
}

/**
 * Gives the saved contact its picture, or takes it away; answers with the contact's revision. With `sameStep` it can
 * only be undone together with what was saved just before.
 */
export async function saveImage(host: Host, id: string, image: Exclude<ImageChange, undefined>, sameStep: boolean): Promise<number> {
  const { rev } = await host.call('image.set', { id, image: image as Input<'image.set'>['image'], sameStep });
  return rev;
}

/** The contact as the form would show it now, with its revision. */
export async function readValues(host: Host, id: string, locale: string): Promise<Saved> {
  const contact = await readContact(host, id);
  return { rev: contact.rev, values: valuesOf(contact, locale), extra: contact.extra };
}
