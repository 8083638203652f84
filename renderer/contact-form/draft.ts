import type { Draft } from '../../shared/operations/book.ts';
import { changedFields, emptyValues, formFields, type FormField, type FormValues } from './form-values.ts';

/** The key under which the form of a new contact is kept. */
export const newDraftKey = 'new';

type SomeValues = Partial<Record<FormField, FormValues[FormField]>>;

/** What is kept of an unsaved form: the touched fields, as typed and as they were before. */
export interface DraftContent {
  base: SomeValues;
  mine: SomeValues;
}

/** The draft of a form, or null when nothing was typed. */
export function draftOf(base: FormValues, mine: FormValues): DraftContent | null {
  const fields = changedFields(base, mine);
  if (fields.length === 0) return null;
  return { base: pick(base, fields), mine: pick(mine, fields) };
}

/** A kept draft laid over the contact as it is now: what the form started from and what was typed. */
export function restoreDraft(draft: Draft, current: FormValues): { base: FormValues; mine: FormValues } {
  return { base: overlay(current, draft.values['base']), mine: overlay(current, draft.values['mine']) };
}

/** What a list of drafts calls this one: the typed name, or the one it had. */
export function draftName(draft: Draft): string {
  const { mine } = restoreDraft(draft, emptyValues());
  return mine.name.trim();
}

function pick(values: FormValues, fields: readonly FormField[]): SomeValues {
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/** `current` with the kept fields that are of the right kind: a draft may come from another version of the form. */
function overlay(current: FormValues, kept: unknown): FormValues {
  if (typeof kept !== 'object' || kept === null) return current;
  const fitting = Object.entries(kept).filter(([field, value]) => {
    const known = formFields.find((name) => name === field);
    return known !== undefined && sameKind(current[known], value);
  });
  return { ...current, ...Object.fromEntries(fitting) } as FormValues;
}

function sameKind(current: FormValues[FormField], value: unknown): boolean {
  if (Array.isArray(current)) return Array.isArray(value) && value.every((id) => typeof id === 'string');
  return typeof value === typeof current;
}
