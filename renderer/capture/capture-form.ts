import { readCapture } from '../../shared/capture.ts';
import { capturedFields, emptyFields, type Captured, type CapturedField } from '../../shared/capture-fields.ts';
import type { Issue } from '../../shared/errors.ts';
import type { CaptureStart } from '../app/app-store.ts';
import { errorsOf } from '../contact-form/form-errors.ts';

/** The quick form while it is open: what was pasted, what was read from it, and which fields the person wrote. */
export interface CaptureForm extends Captured {
  text: string;
  written: ReadonlySet<CapturedField>;
  errors: Partial<Record<CapturedField, string>>;
}

export type CaptureAction =
  | { type: 'pasted'; text: string; region: string }
  | { type: 'typed'; field: CapturedField; value: string }
  | { type: 'refused'; issues: readonly Issue[] };

/** A form that starts with the fields of a link, or with a text to read. */
export function startForm({ fields = {}, text = '' }: CaptureStart, region: string): CaptureForm {
  const given = capturedFields.filter((field) => (fields[field] ?? '') !== '');
  const start: CaptureForm = {
    text: '', fields: { ...emptyFields, ...fields }, rest: {}, written: new Set(given), errors: {},
  };
  return text === '' ? start : captureReducer(start, { type: 'pasted', text, region });
}

/** A pasted text fills the fields anew, except those the person wrote. */
export function captureReducer(form: CaptureForm, action: CaptureAction): CaptureForm {
  switch (action.type) {
    case 'pasted': {
      const { fields, rest } = readCapture(action.text, action.region);
      const kept = Object.fromEntries([...form.written].map((field) => [field, form.fields[field]]));
      return { ...form, text: action.text, rest, fields: { ...fields, ...kept }, errors: {} };
    }
    case 'typed':
      return {
        ...form,
        fields: { ...form.fields, [action.field]: action.value },
        written: new Set([...form.written, action.field]),
        errors: { ...form.errors, [action.field]: undefined },
      };
    case 'refused': {
      const { name, primaryEmail: email, primaryPhone: phone, website, notes } = errorsOf(action.issues);
      const errors = Object.entries({ name, email, phone, website, notes }).filter(([, message]) => message !== undefined);
      return { ...form, errors: Object.fromEntries(errors) };
    }
  }
}
