import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../shared/errors.ts';
import { fakeBook, type FakeBook } from './support/fake-book.ts';
import { loadWindow, names, openWindow, row, violations } from './support/window.tsx';

/* What is typed while the book does not answer, or refuses to keep it, is in the window until it can be kept. */

const name = page.getByRole('textbox', { name: 'Name', exact: true });
const form = page.getByRole('form');

/** A book whose host can go away and come back. */
function mortalBook(): FakeBook & { die: () => void; revive: () => void } {
  const book = fakeBook(300);
  const { bridge } = book;
  const alive: typeof bridge.call = bridge.call.bind(bridge);
  return {
    ...book,
    die: () => {
      book.bridge.call = () => Promise.reject(new Error('gone'));
    },
    revive: () => {
      book.bridge.call = alive;
    },
  };
}

const drafts = (book: FakeBook) => book.bridge.inputs('draft.save');

describe('while the host is down', () => {
  const waysOut: [string, () => Promise<void>][] = [
    ['another contact is clicked', () => row(names()[1] ?? '').click()],
    ['the settings are opened by key', () => userEvent.keyboard('{Control>},{/Control}')],
    ['a place in the navigation is clicked', () => page.getByRole('button', { name: 'Trash' }).first().click()],
    ['the form is left with Esc', () => userEvent.keyboard('{Escape}')],
    ['a new contact is begun', () => page.getByRole('button', { name: 'New contact' }).click()],
  ];
  test.each(waysOut)('what was typed is there again after %s, and is kept once the host answers', async (_, leave) => {
    const book = mortalBook();
    await openWindow(book);
    await row(names()[0] ?? '').click();
    await userEvent.keyboard('e');
    await expect.element(name).toHaveFocus();
    book.die();
    await name.fill('Typed into the void');
    await expect.element(page.getByText('In this window only', { exact: false })).toBeVisible();
    await leave();
    await page.getByRole('button', { name: '1 unsaved contact' }).click();
    await page.getByRole('button', { name: /^Typed into the void/ }).click();
    await expect.element(name).toHaveValue('Typed into the void');
    book.revive();
    await expect.poll(() => drafts(book).at(-1)).toMatchObject({ values: { mine: { name: 'Typed into the void' } } });
    await expect.element(page.getByText('Draft kept')).toBeVisible();
  });

  test('the page is not left without a question, and may be left once it is kept', async () => {
    const book = mortalBook();
    await openWindow(book);
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await userEvent.keyboard('n');
    book.die();
    await name.fill('Typed into the void');
    await expect.element(page.getByText('In this window only', { exact: false })).toBeVisible();
    expect(asks()).toBe(true);
    book.revive();
    await expect.element(page.getByText('Draft kept')).toBeVisible();
    expect(asks()).toBe(false);
  });

  test('it is kept once the host answers, though its form is closed', async () => {
    const book = mortalBook();
    await openWindow(book);
    await row(names()[0] ?? '').click();
    await userEvent.keyboard('e');
    await expect.element(name).toHaveFocus();
    book.die();
    await name.fill('Typed into the void');
    await userEvent.keyboard('{Escape}');
    await expect.element(form).not.toBeInTheDocument();
    book.revive();
    await expect.poll(() => drafts(book).length).toBeGreaterThan(0);
    await expect.element(page.getByRole('button', { name: '1 unsaved contact' })).toBeVisible();
  });

  test('it can be given up, and is not kept later', async () => {
    const book = mortalBook();
    await openWindow(book);
    await row(names()[0] ?? '').click();
    await userEvent.keyboard('e');
    await expect.element(name).toHaveFocus();
    book.die();
    await name.fill('Typed into the void');
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: '1 unsaved contact' }).click();
    await page.getByRole('button', { name: 'Discard this draft' }).click();
    await expect.element(page.getByRole('button', { name: '1 unsaved contact' })).not.toBeInTheDocument();
    book.revive();
    await expect.poll(() => book.bridge.inputs('draft.discard').length).toBeGreaterThan(0);
    expect(drafts(book)).toEqual([]);
  });
});

test('what the book refuses to keep stays in the window', async () => {
  const refuse = () => Promise.reject(new AppError('diskFull', 'The disk is full.'));
  await openWindow(fakeBook(300, { 'draft.save': refuse }));
  await userEvent.keyboard('n');
  await expect.element(name).toHaveFocus();
  await name.fill('No room for me');
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: '1 unsaved contact' }).click();
  await page.getByRole('button', { name: /^No room for me/ }).click();
  await expect.element(name).toHaveValue('No room for me');
});

describe('a new contact', () => {
  test('starts empty, and what was typed into another one waits among the drafts', async () => {
    await openWindow(fakeBook(300));
    for (const typed of ['First of all', 'Second']) {
      await userEvent.keyboard('n');
      await expect.element(name).toHaveFocus();
      await expect.element(name).toHaveValue('');
      await userEvent.keyboard(typed);
      await expect.element(page.getByText('Draft kept')).toBeVisible();
      await userEvent.keyboard('{Escape}');
    }
    await page.getByRole('button', { name: '2 unsaved contacts' }).click();
    await page.getByRole('button', { name: /^First of all/ }).click();
    await expect.element(name).toHaveValue('First of all');
  });

  test('of an older version is still there to be finished', async () => {
    const draft = { key: 'new', baseRev: null, updatedAt: '2026-11-23T14:05:00.000Z', values: { id: crypto.randomUUID(), base: { name: '' }, mine: { name: 'Older' } } };
    await openWindow(fakeBook(300, { 'draft.list': () => [draft], 'contact.get': () => Promise.reject(new AppError('notFound', 'no')) }));
    await page.getByRole('button', { name: '1 unsaved contact' }).click();
    await page.getByRole('button', { name: /^Older/ }).click();
    await expect.element(page.getByRole('form', { name: 'New contact' })).toBeVisible();
    await expect.element(name).toHaveValue('Older');
  });
});

test('what others changed is told above the fields when the notice about it is scrolled away, and marked at the field', async () => {
  const book = fakeBook(300);
  await openWindow(book, 800, 600);
  const first = [...book.rows.values()].find((each) => each.name === names()[0]);
  await row(names()[0] ?? '').click();
  await userEvent.keyboard('e');
  const phone = page.getByRole('textbox', { name: 'Phone', exact: true });
  await phone.fill('111');
  await page.getByRole('textbox', { name: 'Fax', exact: true }).click();
  book.change(first?.id ?? '', { primaryPhone: '222' });
  const bar = page.getByText('Changed elsewhere: 1 field differs');
  await expect.element(bar).toBeVisible();
  expect(phone.element().closest('[data-differs]')).not.toBeNull();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Choose', exact: true }).click();
  await expect.element(bar).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Keep theirs for Phone' }).click();
  await expect.element(phone).toHaveValue('222');
  await expect.element(phone).toHaveFocus();
  expect(phone.element().closest('[data-differs]')).toBeNull();
});

test('the form that was in front is there again after the window was loaded anew', async () => {
  const book = fakeBook(300);
  const close = await openWindow(book);
  await row(names()[0] ?? '').click();
  await userEvent.keyboard('e');
  await name.fill('Half typed');
  await expect.element(page.getByText('Draft kept')).toBeVisible();
  close();
  await loadWindow(book);
  await expect.element(name).toHaveValue('Half typed');
});
