import { toAppError } from '../../shared/errors.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Host } from '../host/host.ts';
import { draftBox } from './draft-box.ts';
import { draftImage, imageDraftKey, restoreDraft } from './draft.ts';
import { validate, type FormErrors } from './form-errors.ts';
import { isFirstOpening, isNewForm } from './form-key.ts';
import { isChanged, startForm, type FormState } from './form-state.ts';
import { changedFields, emptyValues, valuesOf, type FormValues } from './form-values.ts';
import { mergeValues } from './merge.ts';
import { readContact } from './save-contact.ts';

export interface FormStart {
  state: FormState;
  /** When what the form brings back was typed; null when it starts fresh. */
  restoredAt: string | null;
  /** The contact's name and image, as they are in the book. */
  contact: Pick<Contact, 'name' | 'imageId' | 'imageUrl'> | null;
  /** The form is as it was left while the book did not answer: it is to be compared with the book again. */
  isFromMemory?: true;
}

type LeftForm = Pick<FormStart, 'state' | 'contact'>;
const leftForms = new WeakMap<Host, Map<string, LeftForm>>();

/** Remembers how a form was left, for when nothing of it can be read from the book. */
export function rememberForm(host: Host, key: string, form: LeftForm): void {
  const ofHost = leftForms.get(host) ?? new Map<string, LeftForm>();
  leftForms.set(host, ofHost);
  if (isChanged(form.state)) ofHost.set(key, form);
  else ofHost.delete(key);
}

/** A form that was left with something in it that the book does not have. */
async function unkeptForm(host: Host, key: string): Promise<FormStart | null> {
  const box = draftBox(host);
  await Promise.all([box.settled(key), box.settled(imageDraftKey(key))]);
  const left = leftForms.get(host)?.get(key);
  const draft = box.newestOf(key) ?? box.newestOf(imageDraftKey(key));
  if (!left || !draft) return null;
  return { ...left, restoredAt: draft.updatedAt, isFromMemory: true };
}

/**
 * What a form starts from: the contact, or nothing for a new one, with the kept draft over it.
 * Throws AppError `notFound` when the contact is gone and nothing was typed about it.
 */
export async function loadForm(host: Host, key: string, locale: string, newId: () => string): Promise<FormStart> {
  if (isFirstOpening(key)) return { state: startForm(newId(), null, emptyValues()), restoredAt: null, contact: null };
  const unkept = await unkeptForm(host, key);
  if (unkept) return unkept;
  const drafts = await draftBox(host).list();
  const draft = drafts.find((kept) => kept.key === key);
  const imageDraft = drafts.find((kept) => kept.key === imageDraftKey(key));
  const restoredAt = draft?.updatedAt ?? imageDraft?.updatedAt ?? null;
  const isNew = isNewForm(key);
  const id = isNew ? idOf(draft?.values['id'], newId) : key;
  // A new contact that was saved just before a crash is there already: the draft is an edit of it now.
  const mayBeThere = !isNew || draft !== undefined;
  const contact = mayBeThere ? await readIfThere(host, id, restoredAt !== null) : null;

  const now = contact === null ? emptyValues() : valuesOf(contact, locale);
  const rev = contact?.rev ?? draft?.baseRev ?? null;
  const fresh = startForm(id, rev, now, contact?.extra);
  const { base, mine } = draft ? restoreDraft(draft, now) : { base: now, mine: now };
  const isGone = !isNew && contact === null;
  const { values, conflicts } = isGone ? { values: mine, conflicts: [] } : mergeValues(base, mine, now);
  return {
    state: {
      ...fresh,
      base: isGone ? base : now,
      values,
      errors: draft ? errorsOfTyped(base, mine, locale) : {},
      conflicts,
      image: draftImage(imageDraft),
      absence: isGone ? 'trash' : null,
    },
    restoredAt,
    contact,
  };
}

/** A contact that is gone does not matter yet to a draft: the form says so and offers to take it back. */
async function readIfThere(host: Host, id: string, hasDraft: boolean): Promise<Contact | null> {
  try {
    return await readContact(host, id);
  } catch (thrown) {
    if (hasDraft && toAppError(thrown).kind === 'notFound') return null;
    throw thrown;
  }
}

function idOf(kept: unknown, newId: () => string): string {
  return typeof kept === 'string' ? kept : newId();
}

/** What is wrong with the fields that were typed into before; one that was left empty says nothing yet. */
function errorsOfTyped(base: FormValues, mine: FormValues, locale: string): FormErrors {
  const errors = validate(mine, locale);
  const typed = changedFields(base, mine).filter((field) => mine[field] !== '' && errors[field] !== undefined);
  return Object.fromEntries(typed.map((field) => [field, errors[field]]));
}
