import { AppError, toAppError } from '../../shared/errors.ts';
import type { Host } from '../host/host.ts';
import { firstError, validate } from './form-errors.ts';
import { formReducer, type FormAction, type FormState } from './form-state.ts';
import { readValues, saveContact, saveImage } from './save-contact.ts';

/** How often a save is tried when others keep changing the same contact. */
const maxTries = 5;

/**
 * Checks and saves the form, and tells through `dispatch` what became of it. When the contact was changed meanwhile
 * and no typed field is concerned, it saves again on top of that; otherwise the person decides first.
 * Answers whether everything is saved.
 */
export async function submitForm(
  host: Host,
  state: FormState,
  locale: string,
  dispatch: (action: FormAction) => void,
): Promise<boolean> {
  let current = state;
  const apply = (action: FormAction): void => {
    current = formReducer(current, action);
    dispatch(action);
  };

  const errors = validate(current.values, locale);
  apply({ type: 'checked', errors });
  if (firstError(errors) !== undefined) return false;

  let wrote = false;
  for (let tries = 1; current.conflicts.length === 0; tries += 1) {
    try {
      const saved = await saveContact(host, current, locale);
      wrote = saved.rev !== current.rev;
      apply({ type: 'saved', ...saved });
      break;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.kind !== 'stale' || tries === maxTries) {
        apply(refusal(error));
        return false;
      }
      const now = await readValues(host, current.id, locale).catch((reason: unknown) => toAppError(reason));
      if (now instanceof AppError) {
        apply(refusal(now));
        return false;
      }
      apply({ type: 'changedElsewhere', ...now, by: null });
    }
  }
  if (current.conflicts.length > 0) return false;
  return submitImage(host, current, wrote, apply);
}

async function submitImage(
  host: Host,
  state: FormState,
  sameStep: boolean,
  apply: (action: FormAction) => void,
): Promise<boolean> {
  if (state.image === undefined) return true;
  try {
    apply({ type: 'imageSaved', rev: await saveImage(host, state.id, state.image, sameStep) });
    return true;
  } catch (thrown) {
    const { message } = toAppError(thrown);
    apply({ type: 'refused', message: `The contact is saved, but not its picture: ${message}`, issues: [] });
    return false;
  }
}

function refusal(error: AppError): FormAction {
  if (error.kind === 'notFound') return { type: 'absent', absence: 'trash', by: null };
  return { type: 'refused', message: error.message, issues: error.issues };
}
