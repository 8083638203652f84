import type { FormErrors } from './form-errors.ts';
import type { FormState } from './form-state.ts';
import type { FormField, FormValues, TextField } from './form-values.ts';
import { fieldLabels } from './field-labels.ts';

/** What the parts of the form draw, and what they do when the person types. */
export interface FormControl {
  form: FormState;
  locale: string;
  set<F extends FormField>(field: F, value: FormValues[F]): void;
  /** Checks a field that the person leaves. */
  leave(field: FormField): void;
}

interface FieldProps {
  label: string;
  error: FormErrors[FormField] | undefined;
  'data-field': FormField;
  wrapperProps?: { 'data-differs': true };
}

/** What every control of the form has: label, error, a mark by which the cursor is sent to it, and whether it waits for a choice. */
export function fieldProps({ form }: FormControl, field: FormField): FieldProps {
  const differs = form.conflicts.some((conflict) => conflict.field === field);
  return {
    label: fieldLabels[field], error: form.errors[field], 'data-field': field,
    ...(differs ? { wrapperProps: { 'data-differs': true } } : {}),
  };
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
  onBlur: () => void;
}

/** The same for a control that holds text as it is typed. */
export function textProps(control: FormControl, field: TextField): TextFieldProps {
  return {
    ...fieldProps(control, field),
    value: control.form.values[field],
    onChange: (event) => control.set(field, event.currentTarget.value),
    onBlur: () => control.leave(field),
  };
}
