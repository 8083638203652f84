import type { Contact } from '../../shared/contact.ts';
import type { Issue } from '../../shared/errors.ts';
import { errorsOf, otherIssues, validate, withError, type FormErrors } from './form-errors.ts';
import {
  changedFields, extraValues, sameValue, withField, type FormField, type FormValues,
} from './form-values.ts';
import { mergeDetails, mergeValues, type FieldConflict } from './merge.ts';

/** What to do with the picture on saving: undefined leaves it, null takes it away. */
export type ImageChange = { mediaType: string; base64: string } | null | undefined;

/** Where the contact of the form is, besides in the book. */
export type Absence = 'trash' | 'erased' | null;

export interface FormState {
  /** The contact's id; of a new one, the id it will get. */
  id: string;
  /** The revision the form stands on; null until the contact exists. */
  rev: number | null;
  base: FormValues;
  values: FormValues;
  /** What no column holds, as it is in the book at that revision. */
  extra: Contact['extra'];
  image: ImageChange;
  errors: FormErrors;
  /** What was wrong with the last try to save, as far as it belongs to no field. */
  problem: string | null;
  conflicts: FieldConflict[];
  /** Untouched fields that a change from elsewhere filled. */
  taken: FormField[];
  /** Who changed the contact below the form. */
  changedBy: string | null;
  absence: Absence;
}

export type FormAction =
  | { type: 'typed'; field: FormField; value: FormValues[FormField] }
  | { type: 'left'; field: FormField; locale: string }
  | { type: 'imageChosen'; image: ImageChange }
  | { type: 'checked'; errors: FormErrors }
  | { type: 'refused'; message: string; issues: readonly Issue[] }
  | { type: 'changedElsewhere'; values: FormValues; rev: number; extra: Contact['extra']; by: string | null }
  | { type: 'absent'; absence: Absence; by: string | null }
  | { type: 'decided'; field: FormField; keep: 'mine' | 'theirs' }
  | { type: 'noticed' }
  | { type: 'saved'; values: FormValues; rev: number; extra: Contact['extra'] }
  | { type: 'imageSaved'; rev: number }
  /** `newId` is for a form on no contact: what was given up may be saved by another window under the old one. */
  | { type: 'restarted'; newId: string };

/** A form on a contact as it is in the book, or on none. */
export function startForm(id: string, rev: number | null, base: FormValues, extra: Contact['extra'] = null): FormState {
  return {
    id, rev, base, extra, values: base, image: undefined, errors: {}, problem: null,
    conflicts: [], taken: [], changedBy: null, absence: null,
  };
}

/** Whether closing the form would leave something unsaved. */
export function isChanged(state: FormState): boolean {
  return state.image !== undefined || changedFields(state.base, state.values).length > 0;
}

export function formReducer(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'typed':
      return type(state, action.field, action.value);
    case 'left':
      return leaveField(state, action.field, action.locale);
    case 'imageChosen':
      return { ...state, image: action.image };
    case 'checked':
      return { ...state, errors: action.errors, problem: null };
    case 'refused':
      return refuse(state, action.message, action.issues);
    case 'changedElsewhere':
      return followChange(state, action);
    case 'absent':
      return { ...state, absence: action.absence, changedBy: action.by };
    case 'decided':
      return decide(state, action.field, action.keep);
    case 'noticed':
      return { ...state, taken: [] };
    case 'saved':
      return save(state, action.values, action.rev, action.extra);
    case 'imageSaved':
      return { ...state, rev: action.rev, image: undefined };
    case 'restarted':
      return startForm(state.rev === null ? action.newId : state.id, state.rev, state.base, state.extra);
  }
}

function type(state: FormState, field: FormField, value: FormValues[FormField]): FormState {
  const agreed = sameValue(value, state.base[field]);
  return {
    ...state,
    values: withField(state.values, field, value),
    errors: withError(state.errors, field, undefined),
    conflicts: agreed ? state.conflicts.filter((conflict) => conflict.field !== field) : state.conflicts,
  };
}

/** A field that is left empty says nothing before the person tries to save. */
function leaveField(state: FormState, field: FormField, locale: string): FormState {
  if (state.values[field] === '') return state;
  return { ...state, errors: withError(state.errors, field, validate(state.values, locale)[field]) };
}

function refuse(state: FormState, message: string, issues: readonly Issue[]): FormState {
  const errors = errorsOf(issues);
  const others = issues.length === 0 ? [message] : otherIssues(issues);
  return { ...state, errors: { ...state.errors, ...errors }, problem: others.length > 0 ? others.join(' ') : null };
}

type Followed = Extract<FormAction, { type: 'changedElsewhere' }>;

function followChange(state: FormState, { values: theirs, rev, extra, by }: Followed): FormState {
  if (state.rev !== null && rev <= state.rev) return { ...state, absence: null };
  // A field not yet decided is compared with what both sides started from, not with the change in between.
  const started = beforeConflicts(state.base, state.conflicts);
  const { values, conflicts, taken } = mergeValues(started, state.values, theirs);
  return {
    ...state, rev, extra, base: theirs, values, conflicts, taken: [...new Set([...state.taken, ...taken])],
    changedBy: by ?? state.changedBy, absence: null,
  };
}

/** What was sent is in the book now, its new details under the keys they have there; what was typed since stays. */
function save(state: FormState, sent: FormValues, rev: number, extra: Contact['extra']): FormState {
  const base = { ...sent, ...extraValues(extra) };
  const details = mergeDetails(sent.details, state.values.details, base.details);
  return { ...startForm(state.id, rev, base, extra), values: { ...state.values, details }, image: state.image };
}

function decide(state: FormState, field: FormField, keep: 'mine' | 'theirs'): FormState {
  const conflicts = state.conflicts.filter((conflict) => conflict.field !== field);
  if (keep === 'mine') return { ...state, conflicts };
  return {
    ...state,
    conflicts,
    values: withField(state.values, field, state.base[field]),
    errors: withError(state.errors, field, undefined),
  };
}

/** `base` with the undecided fields as they were before both sides changed them. */
export function beforeConflicts(base: FormValues, conflicts: readonly FieldConflict[]): FormValues {
  return { ...base, ...Object.fromEntries(conflicts.map(({ field, before }) => [field, before])) };
}
