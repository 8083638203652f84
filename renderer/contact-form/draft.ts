import type { Draft } from '../../shared/operations/book.ts';
import type { Detail } from '../../shared/vcard/details.ts';
import type { ImageChange } from './form-state.ts';
import { changedFields, emptyValues, formFields, type FormField, type FormValues } from './form-values.ts';

type SomeValues = Partial<Record<FormField, FormValues[FormField]>>;

/** What is kept of an unsaved form: the touched fields, as typed and as they were before. */
export interface DraftContent {
  /** The id that a new contact will get, so that saving it twice makes one contact. */
  id: string;
  base: SomeValues;
  mine: SomeValues;
}

/** The draft of a form, or null when nothing was typed. */
export function draftOf(id: string, base: FormValues, mine: FormValues): DraftContent | null {
  const fields = changedFields(base, mine);
  if (fields.length === 0) return null;
  return { id, base: pick(base, fields), mine: pick(mine, fields) };
}

/** The key of the picture that belongs to a form. It is kept by itself, so that typing does not send it each time. */
export function imageDraftKey(key: string): string {
  return `${key}.image`;
}

/** The form that a draft belongs to, itself or by its picture. */
export function formKeyOf(draft: Pick<Draft, 'key'>): string {
  return draft.key.replace(/\.image$/, '');
}

/** The picture of a kept form; undefined when none was chosen, null when the present one was taken away. */
export function draftImage(draft: Draft | undefined): ImageChange {
  const image = draft?.values['image'];
  if (image === null) return null;
  if (typeof image !== 'object' || !('mediaType' in image) || !('base64' in image)) return undefined;
  return { mediaType: String(image.mediaType), base64: String(image.base64) };
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
    return known !== undefined && sameKind(known, current[known], value);
  });
  return { ...current, ...Object.fromEntries(fitting) } as FormValues;
}

function sameKind(field: FormField, current: FormValues[FormField], value: unknown): boolean {
  if (field === 'details') return Array.isArray(value) && value.every(isDetail);
  if (Array.isArray(current)) return Array.isArray(value) && value.every((id) => typeof id === 'string');
  return typeof value === typeof current;
}

function isDetail(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { key, kind, label, value: text }: Partial<Record<keyof Detail, unknown>> = value;
  return [key, kind, label, text].every((part) => typeof part === 'string');
}
