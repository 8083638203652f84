import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeBook } from './support/fake-book.ts';
import { activeName, gridElement, names, openWindow, row, violations } from './support/window.tsx';

/* Where a person is after each step: nothing behind is touched, and the keyboard goes on from there. */

const pane = page.getByRole('complementary', { name: 'Contact' });
const paneTitle = pane.getByRole('heading', { level: 2 });

describe('keys', () => {
  test('work on every page, also beside a closed list of choices', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('{Control>},{/Control}');
    const country = page.getByRole('combobox', { name: 'Country of your phone numbers' });
    await country.click();
    await expect.element(page.getByRole('option', { name: /^Iceland/ })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await userEvent.keyboard('{Control>}1{/Control}');
    await expect.element(page.getByRole('grid')).toBeVisible();
  });

  test('Esc closes a dialog and leaves the page and the contact behind it', async () => {
    await openWindow(fakeBook(300));
    const [first = ''] = names();
    await row(first).click();
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(paneTitle).toHaveTextContent(first);

    await userEvent.keyboard('{Control>},{/Control}');
    await page.getByRole('button', { name: 'New token' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  });

  test('the arrows go on from the contact that is open, wherever it was opened from', async () => {
    await openWindow(fakeBook(300));
    const [fourth = '', fifth = ''] = names().slice(3);
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByPlaceholder('Find a command or a contact…')).toHaveFocus();
    await userEvent.keyboard(fourth);
    await expect.element(page.getByRole('dialog').getByText(fourth)).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(paneTitle).toHaveTextContent(fourth);
    gridElement().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(paneTitle).toHaveTextContent(fifth);
    expect(activeName()).toBe(fifth);
  });

  test('go on in the list after a form was left', async () => {
    await openWindow(fakeBook(300));
    const [first = '', second = ''] = names();
    await row(first).click();
    await userEvent.keyboard('e');
    await expect.element(page.getByRole('form', { name: 'Edit contact' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(gridElement());
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(paneTitle).toHaveTextContent(second);
  });
});

describe('words', () => {
  test('undoing says once what was undone', async () => {
    const undo = () => ({ group: 'g1', label: 'Undid: Deleted Ann Lee', contacts: 1, kept: [] });
    await openWindow(fakeBook(300, { 'undo.undo': undo }));
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByText('Undid: Deleted Ann Lee', { exact: true })).toBeVisible();
  });

  test('a command that is called by its name comes before contacts that have the word', async () => {
    const book = fakeBook(300);
    const [first] = book.rows.values();
    if (first) book.change(first.id, { company: 'Export House' });
    await openWindow(book);
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByPlaceholder('Find a command or a contact…')).toHaveFocus();
    await userEvent.keyboard('export');
    await expect.element(page.getByRole('dialog').getByText(first?.name ?? '')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  });

  test('the list has a heading, and the palette is readable where a contact is selected', async () => {
    await openWindow(fakeBook(300));
    await expect.element(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeInTheDocument();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('ann');
    await expect.element(page.getByRole('dialog').getByRole('button', { name: /Ann Lee/ })).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
