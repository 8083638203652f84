import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Contact } from '../../shared/contact.ts';
import type { Draft } from '../../shared/operations/book.ts';
import { ContactForm } from '../../renderer/contact-form/contact-form.tsx';
import { DraftsChip } from '../../renderer/contact-form/drafts-chip.tsx';
import { formBridge, type Answers, type FakeBridge } from './support/form-bridge.ts';
import { ann, annId, formBook } from './support/form-book.ts';
import { show } from './support/show.tsx';

function openForm(more: Answers = {}, drafts: Draft[] = []) {
  const { book, answers } = formBook();
  book.drafts = drafts;
  const bridge = formBridge({ ...answers, ...more });
  const onClose = vi.fn<(savedId?: string) => void>();
  show(bridge, <ContactForm contactKey={annId} onClose={onClose} />);
  return { book, bridge, onClose };
}

/** Changes the contact as another program would, and announces it. */
function changeElsewhere(book: { contact: Contact | null }, bridge: FakeBridge, changes: Partial<Contact>): void {
  const before = book.contact ?? ann();
  book.contact = { ...before, ...changes, rev: before.rev + 1 };
  announce(bridge, 'updated');
}

function announce(bridge: FakeBridge, kind: 'updated' | 'deleted'): void {
  const at = '2026-11-23T14:06:00.000Z';
  bridge.announce({ type: 'change', change: { seq: 9, at, contactId: annId, kind, actor: 'CRM bridge', name: 'Ann' } });
}

function kept(base: object, mine: object, baseRev = 3): Draft {
  return { key: annId, baseRev, updatedAt: '2026-11-23T14:05:00.000Z', values: { id: annId, base, mine } };
}

const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('what is typed and not saved', () => {
  test('is kept with every letter, and forgotten once it is saved', async () => {
    const { book, onClose } = openForm();
    await field('City').fill('Porto');
    await expect.poll(() => book.drafts).toMatchObject([{ key: annId, baseRev: 3, values: { mine: { city: 'Porto' } } }]);
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    await expect.poll(() => book.drafts).toEqual([]);
  });

  test('is forgotten when the person types back what was there', async () => {
    const { book } = openForm();
    await field('City').fill('Porto');
    await expect.poll(() => book.drafts.length).toBe(1);
    await field('City').fill('Lisbon');
    await expect.poll(() => book.drafts).toEqual([]);
  });

  test('comes back when the form is opened again, and can be given up', async () => {
    const { book } = openForm({}, [kept({ city: 'Lisbon' }, { city: 'Porto' })]);
    await expect.element(field('City')).toHaveValue('Porto');
    await expect.element(page.getByText(/Restored what you had typed/)).toBeVisible();
    await button('Discard it').click();
    await expect.element(field('City')).toHaveValue('Lisbon');
    await expect.poll(() => book.drafts).toEqual([]);
    await expect.element(field('Name')).toHaveFocus();
  });

  test('stays kept when another window gives up its form of the same contact', async () => {
    const { book, bridge } = openForm();
    await field('City').fill('Porto');
    await expect.poll(() => book.drafts.length).toBe(1);
    book.drafts = [];
    bridge.announce({ type: 'drafts' });
    await expect.poll(() => book.drafts).toMatchObject([{ key: annId, values: { mine: { city: 'Porto' } } }]);
  });

  test('is listed, to go back to or to forget', async () => {
    const { book, answers } = formBook();
    book.drafts = [kept({}, { name: 'Søren' }), { ...kept({}, { name: '' }), key: 'new' }];
    const onOpen = vi.fn<(key: string) => void>();
    show(formBridge(answers), <DraftsChip onOpen={onOpen} />);
    await button('2 unsaved contacts').click();
    await page.getByRole('button', { name: 'Discard this draft' }).last().click();
    await expect.element(button('1 unsaved contact')).toBeVisible();
    await button(/Søren/).click();
    expect(onOpen.mock.calls).toEqual([[annId]]);
  });
});

describe('when the contact changes below the open form', () => {
  test('fields that nobody typed into follow, and the person is told', async () => {
    const { book, bridge, onClose } = openForm();
    await field('City').fill('Porto');
    changeElsewhere(book, bridge, { primaryPhone: '+351 900 000 000' });
    await expect.element(page.getByText('Changed by “CRM bridge” and updated here: Phone.')).toBeVisible();
    await expect.element(field('Phone')).toHaveValue('+351 900 000 000');
    await expect.element(field('City')).toHaveValue('Porto');
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('contact.update').at(-1)).toEqual({ id: annId, ifMatch: '"4"', contact: { city: 'Porto' } });
  });

  test('a field changed on both sides waits for the person, field by field', async () => {
    const { book, bridge, onClose } = openForm();
    await field('Name').fill('Ann B. Lee');
    await field('Phone').fill('111');
    changeElsewhere(book, bridge, { name: 'Anne Lee', primaryPhone: '222' });
    await expect.element(page.getByText('This contact was changed by “CRM bridge”')).toBeVisible();
    await button(/^Save/).click();
    expect(bridge.inputs('contact.update')).toEqual([]);
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    await button('Keep mine for Name').click();
    await button('Keep theirs for Phone').click();
    await expect.element(field('Name')).toHaveValue('Ann B. Lee');
    await expect.element(field('Phone')).toHaveValue('222');
    await expect.element(field('Phone')).toHaveFocus();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('contact.update')).toEqual([{ id: annId, ifMatch: '"4"', name: 'Ann B. Lee' }]);
  });

  test('a change that was not announced is noticed on saving, and never overwritten', async () => {
    const { book, bridge, onClose } = openForm();
    await field('Name').fill('Ann B. Lee');
    book.contact = ann({ rev: 7, name: 'Anne Lee' });
    await button(/^Save/).click();
    await expect.element(button('Keep mine for Name')).toBeVisible();
    expect(book.contact.name).toBe('Anne Lee');
    await button('Keep mine for Name').click();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('contact.update').map(({ ifMatch }) => ifMatch)).toEqual(['"3"', '"7"']);
  });

  test('a change of other fields that was not announced does not stand in the way of saving', async () => {
    const { book, onClose } = openForm();
    await field('Name').fill('Ann B. Lee');
    book.contact = ann({ rev: 7, primaryPhone: '222' });
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(book.contact).toMatchObject({ name: 'Ann B. Lee', primaryPhone: '222' });
  });

  test('a draft kept before the change brings the choice back', async () => {
    openForm({}, [kept({ name: 'Ann' }, { name: 'Ann B. Lee' }, 2)]);
    await expect.element(button('Keep theirs for Name')).toBeVisible();
    await expect.element(field('Name')).toHaveValue('Ann B. Lee');
    await button('Keep theirs for Name').click();
    await expect.element(field('Name')).toHaveValue('Ann Lee');
  });

  test('a contact that went to the trash can be taken back, with the typing still there', async () => {
    const { book, bridge, onClose } = openForm();
    await field('City').fill('Porto');
    book.contact = ann({ deletedAt: '2026-11-23T14:06:00.000Z', rev: 4 });
    announce(bridge, 'deleted');
    await expect.element(page.getByText('This contact was moved to the trash by “CRM bridge”')).toBeVisible();
    await button('Restore contact').click();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(book.contact.contact?.city).toBe('Porto');
  });
});
