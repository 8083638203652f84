import { describe, expect, test } from 'vitest';
import { draftOf } from '../../../renderer/contact-form/draft.ts';
import {
  beforeConflicts, formReducer, isChanged, startForm, type FormAction, type FormState,
} from '../../../renderer/contact-form/form-state.ts';
import { values } from './contact-values.ts';

const base = values({ name: 'Ann', city: 'Rome' });

function after(...actions: FormAction[]): FormState {
  return actions.reduce(formReducer, startForm('c1', 3, base));
}

const typed = (field: 'name' | 'city', value: string): FormAction => ({ type: 'typed', field, value });
const changed = (rev: number, changes: object): FormAction => ({
  type: 'changedElsewhere', values: { ...base, ...changes }, rev, extra: null, by: 'CRM bridge',
});

describe('a clash that is not decided yet', () => {
  test('stays one when the contact changes again elsewhere', () => {
    const form = after(typed('name', 'Anna'), changed(4, { name: 'Anne' }), changed(5, { name: 'Anne', city: 'Oslo' }));
    expect(form.conflicts).toEqual([{ field: 'name', before: 'Ann' }]);
    expect(form.values).toMatchObject({ name: 'Anna', city: 'Oslo' });
  });

  test('ends when the other side goes back to what it was', () => {
    expect(after(typed('name', 'Anna'), changed(4, { name: 'Anne' }), changed(5, {})).conflicts).toEqual([]);
  });

  test('ends when the person types what the other side has', () => {
    expect(after(typed('name', 'Anna'), changed(4, { name: 'Anne' }), typed('name', 'Anne')).conflicts).toEqual([]);
  });

  test('is kept in the draft, so that it is one again after a restart', () => {
    const form = after(typed('name', 'Anna'), changed(4, { name: 'Anne' }));
    const draft = draftOf('c1', beforeConflicts(form.base, form.conflicts), form.values);
    expect(draft).toEqual({ id: 'c1', base: { name: 'Ann' }, mine: { name: 'Anna' } });
  });
});

describe('the form', () => {
  test('does not go back to an older revision that is announced late', () => {
    expect(after(changed(5, { city: 'Oslo' }), changed(4, { city: 'Bergen' })).values.city).toBe('Oslo');
  });

  test('says nothing about a field that is left empty before the person tries to save', () => {
    const form = after(typed('name', ''), { type: 'left', field: 'name', locale: 'en-US' });
    expect(form.errors).toEqual({});
  });

  test('still has what was typed while it was being saved', () => {
    const saving = after(typed('name', 'Anna'));
    const form = [typed('city', 'Oslo'), { type: 'saved', rev: 4, values: saving.values, extra: null } as const].reduce(formReducer, saving);
    expect(form.values.city).toBe('Oslo');
    expect(isChanged(form)).toBe(true);
  });

  test('has nothing more to save of a detail that was new when it was sent', () => {
    const added = { key: 'new:1', kind: 'mail', label: '', value: 'a@b.example', isFixed: false } as const;
    const saving = after({ type: 'typed', field: 'details', value: [added] });
    const form = formReducer(saving, { type: 'saved', rev: 4, values: saving.values, extra: { columns: { 'E-mail 2': 'a@b.example' } } });
    expect(form.values.details).toMatchObject([{ label: 'E-mail 2', value: 'a@b.example' }]);
    expect(isChanged(form)).toBe(false);
  });

  test('has nothing to save once everything is given up', () => {
    expect(isChanged(after(typed('name', 'Anna'), { type: 'imageChosen', image: null }, { type: 'restarted', newId: 'b' }))).toBe(false);
  });
});
