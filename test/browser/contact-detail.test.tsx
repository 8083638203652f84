import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Contact } from '../../shared/contact.ts';
import { fakeBook, idOf } from './support/fake-book.ts';
import { ann } from './support/form-book.ts';
import { names, openWindow, row, violations } from './support/window.tsx';

const pane = page.getByRole('complementary', { name: 'Contact' });
const annInList = idOf(0);

/** The window with one contact open that has whatever is given. */
async function openContact(changes: Partial<Contact>, width?: number, height?: number) {
  const contact = ann({ id: annInList, rev: 1, ...changes });
  const book = fakeBook(3, { 'contact.get': () => contact });
  await openWindow(book, width, height);
  await userEvent.keyboard('{Home}{Enter}');
  await expect.element(pane.getByRole('heading', { name: contact.name })).toBeVisible();
  return book;
}

const card = (...properties: [string, string, string?][]): Contact['extra'] => ({
  vcard: {
    version: '4.0',
    properties: properties.map(([name, value, type]) => ({ name, params: type === undefined ? [] : [['TYPE', [type]]], value })),
  },
});

test('job, company and every further way to reach a contact are where the first ones are, and can be used', async () => {
  const book = await openContact({
    extra: card(
      ['ORG', 'Some Company;Research'], ['TITLE', 'Head of Research'], ['EMAIL', 'ann@lee.example'], ['EMAIL', 'ann@home.example', 'home'],
      ['TEL', '+351 21 123 4567'], ['TEL', '+351 912 345 678', 'cell'], ['X-SOCIALPROFILE', 'https://social.example/ann'],
      ['URL', 'https://lee.example'], ['URL', 'javascript:alert(1)'], ['BDAY', '19800102'],
    ),
  });
  await expect.element(pane.getByText('Head of Research · Some Company')).toBeVisible();
  for (const name of ['ann@home.example', '+351 912 345 678', 'https://social.example/ann']) await pane.getByRole('link', { name }).click();
  expect(book.bridge.opened).toEqual(['mailto:ann@home.example', 'tel:+351912345678', 'https://social.example/ann']);
  expect(pane.getByRole('link', { name: /javascript/ }).query()).toBeNull();
  const labels = [...document.querySelectorAll('aside dt')].map((label) => label.textContent);
  expect(labels.slice(0, 4)).toEqual(['E-mail', 'E-mail (home)', 'Phone', 'Phone (cell)']);
  expect(labels).toContain('Organisation');
  expect(labels).not.toContain('Job title');
});

test('a long name has the whole width of the pane, below what can be done with the contact', async () => {
  const name = 'The International Association of Very Long Names and Their Friends in All Countries of the World';
  await openContact({ name }, 800, 600);
  const heading = pane.getByRole('heading', { name }).element();
  expect(heading.scrollHeight).toBe(heading.clientHeight);
  expect(heading.getBoundingClientRect().top).toBeGreaterThan(pane.getByRole('button', { name: 'Edit' }).element().getBoundingClientRect().bottom);
  await pane.getByRole('button', { name: 'Call' }).click();
  expect(await violations()).toEqual([]);
});

test('links in notes can be followed', async () => {
  const book = await openContact({ notes: 'Wrote (https://lee.example/a). Or bob@lee.example.' });
  await pane.getByRole('link', { name: 'https://lee.example/a' }).click();
  await pane.getByRole('link', { name: 'bob@lee.example' }).click();
  expect(book.bridge.opened).toEqual(['https://lee.example/a', 'mailto:bob@lee.example']);
});

test('what a contact lacks is one click from its field', async () => {
  await openContact({ primaryEmail: null, primaryPhone: null, tags: [] });
  await pane.getByRole('button', { name: 'Add a tag' }).click();
  await expect.element(pane.getByRole('combobox', { name: 'Tags' })).toHaveFocus();
  await userEvent.keyboard('{Escape}{Escape}');
  await pane.getByRole('button', { name: 'Add phone' }).click();
  await expect.element(pane.getByRole('textbox', { name: 'Phone', exact: true })).toHaveFocus();
});

test('an Arabic name and address stand where every other one does', async () => {
  await openContact({ name: 'شركة النور', contact: { ...ann().contact, address: 'شارع الملك فهد', city: 'الرياض' } as NonNullable<Contact['contact']> });
  const left = (element: Element | null | undefined) => Math.round(element?.getBoundingClientRect().left ?? -1);
  expect(left(document.querySelector('aside h2 bdi'))).toBe(left(document.querySelector('aside h2')));
  expect(left(document.querySelector('aside address bdi'))).toBe(left(document.querySelector('aside address')));
});

test('the history stays chosen when another contact is opened', async () => {
  await openWindow(fakeBook(300));
  await userEvent.keyboard('{Home}{Enter}');
  await pane.getByRole('tab', { name: 'History' }).click();
  const shown = document.querySelector('aside h2')?.textContent;
  await row(names()[3] ?? '').click();
  await expect.poll(() => document.querySelector('aside h2')?.textContent).not.toBe(shown);
  await expect.element(pane.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
});
