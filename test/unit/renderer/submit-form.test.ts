import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formReducer, startForm, type FormAction, type FormState } from '../../../renderer/contact-form/form-state.ts';
import { emptyValues } from '../../../renderer/contact-form/form-values.ts';
import { submitForm } from '../../../renderer/contact-form/submit-form.ts';
import type { Host } from '../../../renderer/host/host.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const id = '11111111-2222-4333-8444-555555555555';
const picture = { mediaType: 'image/png' as const, base64: 'iVBORw0KGgo=' };

let book: TestBook;
let host: Host;
beforeEach(() => {
  book = openTestBook();
  host = { call: book.call } as unknown as Host;
});
afterEach(() => book.close());

/** The form after these actions and a save. */
async function save(start: FormState, ...actions: FormAction[]): Promise<FormState> {
  let form = actions.reduce(formReducer, start);
  const complete = await submitForm(host, form, 'en', (action) => {
    form = formReducer(form, action);
  });
  expect([complete, form.problem]).toEqual([true, null]);
  return form;
}

const named = (name: string): FormAction => ({ type: 'typed', field: 'name', value: name });
const pictured: FormAction = { type: 'imageChosen', image: picture };
const undo = async () => (await book.call('undo.undo', {})).label;

describe('saving a form with a picture', () => {
  test('is one step: one undo takes back text and picture, and redo brings both', async () => {
    const created = await save(startForm(id, null, emptyValues()), named('Ann'), pictured);
    await save(created, named('Anne'), { type: 'imageChosen', image: null });
    expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Anne', imageId: null });

    expect(await undo()).toBe('Undone: Edited Ann');
    expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', imageId: expect.any(String) });
    expect(await undo()).toBe('Undone: Created Ann');
    expect(await book.call('contact.count', {})).toBe(0);
    await book.call('undo.redo', {});
    expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', imageId: expect.any(String) });
    expect(await book.call('image.get', { id })).toEqual(picture);
  });

  test('is a step of its own where the picture is all that was changed', async () => {
    await save(await save(startForm(id, null, emptyValues()), named('Ann')), pictured);
    expect(await undo()).toBe('Undone: Gave Ann a picture');
    expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', imageId: null });
  });

  test('never joins a step of somebody else, or one that was undone meanwhile', async () => {
    await save(startForm(id, null, emptyValues()), named('Ann'));
    const setPicture = () => book.call('image.set', { id, image: picture, sameStep: true });
    const program = { kind: 'token' as const, actor: 'crm-bridge', permissions: ['ALL_ORG_EDIT' as const] };
    await book.call('contact.update', { id, notes: 'tea' }, program);
    await setPicture();
    expect(await undo()).toBe('Undone: Gave Ann a picture');
    await book.call('contact.update', { id, notes: 'coffee' });
    await undo();
    await setPicture();
    expect(await undo()).toBe('Undone: Gave Ann a picture');
  });
});
