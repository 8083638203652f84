import type { Detail } from '../../shared/vcard/details.ts';
import { formFields, isIdsField, sameValue, type FormField, type FormValues } from './form-values.ts';

/** A field that was changed both here and elsewhere, to different values; `before` is what both started from. */
export interface FieldConflict {
  field: FormField;
  before: FormValues[FormField];
}

export interface MergeResult {
  /** What the form shows now: typed values as they were, untouched ones as they are elsewhere. */
  values: FormValues;
  conflicts: FieldConflict[];
  /** Untouched fields that took the value from elsewhere. */
  taken: FormField[];
}

/**
 * What becomes of a form when the contact below it changed from `base` to `theirs`.
 * A field that only one side changed takes that side's value; sets and details keep the additions and removals of both;
 * a field that both changed stays as typed and is a conflict for the person to decide.
 */
export function mergeValues(base: FormValues, mine: FormValues, theirs: FormValues): MergeResult {
  const merged: Partial<Record<FormField, FormValues[FormField]>> = {};
  const conflicts: FieldConflict[] = [];
  const taken: FormField[] = [];
  for (const field of formFields) {
    const changedHere = !sameValue(base[field], mine[field]);
    const changedThere = !sameValue(base[field], theirs[field]);
    if (isIdsField(field)) {
      merged[field] = mergeIds(base[field], mine[field], theirs[field]);
    } else if (field === 'details') {
      merged[field] = mergeDetails(base[field], mine[field], theirs[field]);
    } else {
      merged[field] = changedHere ? mine[field] : theirs[field];
      if (changedHere && changedThere && !sameValue(mine[field], theirs[field])) {
        conflicts.push({ field, before: base[field] });
      }
    }
    if (changedThere && !changedHere) taken.push(field);
  }
  return { values: merged as FormValues, conflicts, taken };
}

function mergeIds(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const added = mine.filter((id) => !base.includes(id) && !theirs.includes(id));
  const removed = base.filter((id) => !mine.includes(id));
  return [...theirs.filter((id) => !removed.includes(id)), ...added];
}

/**
 * The lines of both: those of elsewhere without what was removed here, changed ones as they were typed, new ones last.
 * A line that was changed both here and elsewhere stays twice, so that nothing is lost.
 */
export function mergeDetails(base: readonly Detail[], mine: readonly Detail[], theirs: readonly Detail[]): Detail[] {
  const before = new Map(base.map((detail) => [detail.key, detail]));
  const here = new Map(mine.map((detail) => [detail.key, detail]));
  const there = new Set(theirs.map(({ key }) => key));
  const isTyped = ({ key, label, value }: Detail): boolean => {
    const old = before.get(key);
    return old === undefined || old.value !== value || old.label !== label;
  };
  const kept = theirs.filter(({ key }) => !before.has(key) || here.has(key)).map((detail) => {
    const typed = here.get(detail.key);
    return typed !== undefined && isTyped(typed) ? typed : detail;
  });
  return [...kept, ...mine.filter((detail) => !there.has(detail.key) && isTyped(detail))];
}
