import { addressFields, contactChanges, type AddressField } from '../../shared/contact.ts';
import type { Issue } from '../../shared/errors.ts';
import { fieldLabels } from './field-labels.ts';
import {
  formFields, isExtraField, isIdsField, numberFields, type FormField, type FormValues,
} from './form-values.ts';
import { parseNumber } from './number-entry.ts';

export type FormErrors = Partial<Record<FormField, string>>;

/** What is sent to the host: the named fields, as the shared schema takes them. */
export type Changes = Record<string, unknown> & { contact?: Record<string, unknown> };

/** The fields, but those in `extra`, as `contact.update` takes them. A number that cannot be read is sent as it was typed, to be refused. */
export function changesOf(values: FormValues, fields: readonly FormField[], locale: string): Changes {
  const changes: Changes = {};
  for (const field of fields) {
    // Written into what no column holds as it is in the book, by save-contact.ts.
    if (isExtraField(field)) continue;
    const value = wireValue(values, field, locale);
    if (isAddressField(field)) changes.contact = { ...changes.contact, [field]: value };
    else changes[field] = value;
  }
  return changes;
}

function wireValue(values: FormValues, field: FormField, locale: string): unknown {
  if (isIdsField(field)) return values[field].map((id) => ({ id }));
  const value = values[field];
  if (typeof value !== 'string') return value;
  if ((numberFields as readonly FormField[]).includes(field)) {
    return value.trim() === '' ? null : (parseNumber(value, locale) ?? value);
  }
  if (field === 'name' || field === 'notes') return value;
  return value.trim() === '' ? null : value.trim();
}

/** What the shared schema says against the form, in plain language, by field. */
export function validate(values: FormValues, locale: string): FormErrors {
  const parsed = contactChanges.safeParse(changesOf(values, formFields, locale));
  if (parsed.success) return {};
  const issues = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  return errorsOf(issues);
}

/** Issues of the schema or the host at the form's fields; the first of a field counts. */
export function errorsOf(issues: readonly Issue[]): FormErrors {
  const errors: FormErrors = {};
  for (const issue of issues) {
    const field = formFieldOf(issue.field);
    if (field) errors[field] ??= plainMessage(field, issue);
  }
  return errors;
}

/** Issues that belong to no field of the form, as sentences. */
export function otherIssues(issues: readonly Issue[]): string[] {
  return issues.filter((issue) => !formFieldOf(issue.field)).map((issue) => issue.message);
}

/** The field of the form that a path in the input belongs to: 'contact.website' is 'website', 'tags.0.id' is 'tags'. */
function formFieldOf(path: string): FormField | undefined {
  const [first, second] = path.split('.');
  const name = first === 'contact' ? second : first;
  return formFields.find((field) => field === name);
}

const ownMessages: FormErrors = {
  name: 'Give the contact a name.',
  primaryEmail: 'This is not an e-mail address. It should look like ann@example.org.',
  website: 'This address cannot be opened safely. It should look like https://example.org.',
  budget: 'Enter the budget as a number, for example 1500.',
  latitude: 'Enter the latitude as a number between -90 and 90.',
  longitude: 'Enter the longitude as a number between -180 and 180.',
};

const refusedLetters = 'must not contain NUL or broken characters';

function plainMessage(field: FormField, issue: Issue): string {
  const { message } = issue;
  const problem = message.startsWith(`${issue.field} `) ? message.slice(issue.field.length + 1) : message;
  if (problem === refusedLetters) return 'There is a broken character in this text. Type it again.';
  return ownMessages[field] ?? `${fieldLabels[field]} ${problem}.`;
}

/** The field to put the cursor into after a refused save: the first of the form that has an error. */
export function firstError(errors: FormErrors): FormField | undefined {
  return (Object.keys(fieldLabels) as FormField[]).find((field) => errors[field] !== undefined);
}

/** `errors` with what is now known about one field. */
export function withError(errors: FormErrors, field: FormField, message: string | undefined): FormErrors {
  const { [field]: _before, ...others } = errors;
  return message === undefined ? others : { ...others, [field]: message };
}

function isAddressField(field: FormField): field is AddressField {
  return (addressFields as readonly string[]).includes(field);
}
