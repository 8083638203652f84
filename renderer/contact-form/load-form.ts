import { toAppError } from '../../shared/errors.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Host } from '../host/host.ts';
import { draftImage, imageDraftKey, newDraftKey, restoreDraft } from './draft.ts';
import { startForm, type FormState } from './form-state.ts';
import { emptyValues, valuesOf } from './form-values.ts';
import { mergeValues } from './merge.ts';
import { readContact } from './save-contact.ts';

export interface FormStart {
  state: FormState;
  /** When what the form brings back was typed; null when it starts fresh. */
  restoredAt: string | null;
  /** The contact's name and image, as they are in the book. */
  contact: Pick<Contact, 'name' | 'imageId' | 'imageUrl'> | null;
}

/**
 * What a form starts from: the contact, or nothing for `new`, with the kept draft over it.
 * Throws AppError `notFound` when the contact is gone and nothing was typed about it.
 */
export async function loadForm(host: Host, key: string, locale: string, newId: () => string): Promise<FormStart> {
  const drafts = await host.call('draft.list', {});
  const draft = drafts.find((kept) => kept.key === key);
  const imageDraft = drafts.find((kept) => kept.key === imageDraftKey(key));
  const restoredAt = draft?.updatedAt ?? imageDraft?.updatedAt ?? null;
  const id = key === newDraftKey ? idOf(draft?.values['id'], newId) : key;
  // A new contact that was saved just before a crash is there already: the draft is an edit of it now.
  const mayBeThere = key !== newDraftKey || draft !== undefined;
  const contact = mayBeThere ? await readIfThere(host, id, restoredAt !== null) : null;

  const now = contact === null ? emptyValues() : valuesOf(contact, locale);
  const rev = contact?.rev ?? draft?.baseRev ?? null;
  const fresh = startForm(id, rev, now);
  const { base, mine } = draft ? restoreDraft(draft, now) : { base: now, mine: now };
  const isGone = key !== newDraftKey && contact === null;
  const { values, conflicts } = isGone ? { values: mine, conflicts: [] } : mergeValues(base, mine, now);
  return {
    state: {
      ...fresh,
      base: isGone ? base : now,
      values,
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
