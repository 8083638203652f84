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

describe('the highlighted row', () => {
  test('is edited and deleted by key, though its contact is not open', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const [first = '', second = ''] = names();
    gridElement().focus();
    await userEvent.keyboard('{Home}{Delete}');
    await expect.poll(() => names()[0]).toBe(second);
    await expect.element(pane).not.toBeInTheDocument();
    expect(names()).not.toContain(first);
    await userEvent.keyboard('e');
    await expect.element(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(second);
  });

  test('is restored by key in the trash', async () => {
    const book = fakeBook(300);
    const [gone] = book.rows.values();
    if (gone) book.change(gone.id, { deletedAt: '2026-11-02T00:00:00.000Z' }, 'deleted');
    await openWindow(book);
    await userEvent.keyboard('{Control>}3{/Control}');
    await expect.poll(names).toEqual([gone?.name]);
    gridElement().focus();
    await userEvent.keyboard('{Home}r');
    await expect.element(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  });

  test('is of a list of which all are chosen with Ctrl+A, wherever the focus is', async () => {
    await openWindow(fakeBook(300));
    gridElement().focus();
    await userEvent.keyboard('{Home} ');
    await page.getByRole('toolbar').getByRole('button', { name: 'Type' }).click();
    await page.getByRole('menuitem', { name: 'Partner' }).click();
    await expect.element(page.getByText('Changed 1 contact')).toBeVisible();
    await expect.poll(() => document.activeElement).toBe(gridElement());
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    (page.getByRole('button', { name: 'Sync' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByText('300 selected')).toBeVisible();
    expect(String(getSelection())).toBe('');
  });
});

describe('the search', () => {
  const search = page.getByRole('searchbox');

  test('is reached and emptied by key when nothing is found', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('/zzzz');
    await expect.element(page.getByRole('heading', { name: 'Nothing found for “zzzz”' })).toBeVisible();
    (search.element() as HTMLElement).blur();
    await userEvent.keyboard('/');
    await expect.element(search).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(search).toHaveValue('');
    await expect.element(search).toHaveFocus();
  });

  test('is reached from the other pages', async () => {
    await openWindow(fakeBook(300));
    for (const key of [',', '2', '4']) {
      await userEvent.keyboard(`{Control>}${key}{/Control}`);
      await expect.element(search).not.toBeInTheDocument();
      await userEvent.keyboard('{Control>}f{/Control}');
      await expect.element(search).toHaveFocus();
    }
  });

  test('is emptied by Esc before a form beside it is left', async () => {
    await openWindow(fakeBook(300));
    await row(names()[0] ?? '').click();
    await userEvent.keyboard('e');
    await expect.element(page.getByRole('form')).toBeVisible();
    await search.fill('ann');
    await userEvent.keyboard('{Escape}');
    await expect.element(search).toHaveValue('');
    await expect.element(page.getByRole('form')).toBeVisible();
  });
});

describe('a page that was left', () => {
  test('is as it was when a person comes back, and whole again when its place is clicked there', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const all = page.getByRole('button', { name: /^All contacts/ });
    await page.getByRole('columnheader', { name: 'E-mail' }).getByRole('button').click();
    await userEvent.keyboard('/ann');
    await expect.poll(() => names()).toEqual(['Ann Lee']);
    await row('Ann Lee').click();
    await expect.element(paneTitle).toHaveTextContent('Ann Lee');
    await userEvent.keyboard('{Control>},{/Control}');
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await all.click();
    await expect.element(page.getByRole('searchbox')).toHaveValue('ann');
    await expect.element(paneTitle).toHaveTextContent('Ann Lee');
    await all.click();
    await expect.element(page.getByRole('searchbox')).toHaveValue('');
    await expect.element(pane).not.toBeInTheDocument();
    await expect.element(page.getByRole('columnheader', { name: 'E-mail' })).toHaveAttribute('aria-sort', 'ascending');
  });

  test('shows the contact that is open there, however far down the list it stands', async () => {
    await openWindow(fakeBook(3000));
    gridElement().focus();
    await userEvent.keyboard('{End}');
    await expect.poll(activeName).toBeTruthy();
    const last = activeName();
    await userEvent.keyboard('{Enter}');
    await expect.element(paneTitle).toHaveTextContent(last ?? '');
    await userEvent.keyboard('{Control>},{/Control}');
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await userEvent.keyboard('{Control>}1{/Control}');
    await expect.poll(activeName).toBe(last);
    await expect.element(row(last ?? '')).toBeVisible();
  });

  test('keeps its search for itself', async () => {
    const book = fakeBook(300);
    const [gone] = book.rows.values();
    if (gone) book.change(gone.id, { deletedAt: '2026-11-02T00:00:00.000Z' }, 'deleted');
    await openWindow(book);
    await userEvent.keyboard('{Control>}3{/Control}');
    await expect.poll(names).toEqual([gone?.name]);
    await userEvent.keyboard('/zzzz');
    await expect.element(page.getByRole('heading', { name: 'Nothing found in the trash' })).toBeVisible();
    (page.getByRole('searchbox').element() as HTMLElement).blur();
    await userEvent.keyboard('n');
    await expect.element(page.getByRole('form', { name: 'New contact' })).toBeVisible();
    await expect.element(page.getByRole('searchbox')).toHaveValue('');
  });
});

describe('the focus', () => {
  test('is in the field to type into when quick capture opens, and what is typed runs no command', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('c');
    await expect.poll(() => document.activeElement?.tagName).toBe('TEXTAREA');
    await userEvent.keyboard('new one');
    await expect.element(page.getByRole('textbox', { name: 'Paste a signature, a vCard or a number' })).toHaveValue('new one');
    await expect.element(page.getByRole('form', { name: 'New contact' })).not.toBeInTheDocument();
  });

  test.each([
    ['{Control>}k{/Control}', 'Commands and contacts'], ['?', 'Keyboard shortcuts'], ['c', 'Quick capture'], ['w', 'Who is calling?'],
  ])('comes back to where it was when %s is closed', async (key, name) => {
    await openWindow(fakeBook(300));
    for (const home of [gridElement(), page.getByRole('button', { name: 'Import' }).first().element() as HTMLElement]) {
      home.focus();
      await userEvent.keyboard(key);
      await expect.element(page.getByRole('dialog', { name })).toBeVisible();
      await expect.poll(() => page.getByRole('dialog', { name }).element().contains(document.activeElement)).toBe(true);
      await userEvent.keyboard('{Escape}');
      await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
      await expect.poll(() => document.activeElement).toBe(home);
    }
  });

  test('comes back to the button that asked when a question is not confirmed', async () => {
    const book = fakeBook(300);
    const [gone] = book.rows.values();
    if (gone) book.change(gone.id, { deletedAt: '2026-11-02T00:00:00.000Z' }, 'deleted');
    await openWindow(book);
    await userEvent.keyboard('{Control>}3{/Control}');
    await expect.poll(names).toEqual([gone?.name]);
    const empty = page.getByRole('button', { name: 'Empty the trash' });
    await empty.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect.element(empty).toHaveFocus();
    await userEvent.keyboard('{Control>},{/Control}');
    const token = page.getByRole('button', { name: 'New token' });
    await token.click();
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(token).toHaveFocus();
  });
});

describe('the Tab key', () => {
  test('takes a few steps from the navigation to the list, in which the keyboard begins', async () => {
    await openWindow(fakeBook(300));
    expect(document.activeElement).toBe(gridElement());
    const navigation = page.getByRole('navigation');
    await expect.element(navigation.getByRole('button', { name: /^Harbour/ })).toBeVisible();
    const stops = navigation.getByRole('button').elements().filter((button) => (button as HTMLElement).tabIndex === 0);
    expect(stops).toHaveLength(6);
    (navigation.getByRole('button', { name: 'Customers' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(navigation.getByRole('button', { name: 'Clients' })).toHaveFocus();
    await userEvent.keyboard('{End}{Enter}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-current')).toBe('page');
  });
});

describe('the palette', () => {
  test('offers what was looked at last, and only to connect where there is no server', async () => {
    const status = {
      state: 'unlinked' as const, account: null, waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: null, nextAt: null,
    };
    await openWindow(fakeBook(300, { 'sync.status': () => status }));
    const [first = '', second = ''] = names();
    await row(first).click();
    await expect.element(paneTitle).toHaveTextContent(first);
    await row(second).click();
    await userEvent.keyboard('{Escape}{Control>}k{/Control}');
    const palette = page.getByRole('dialog', { name: 'Commands and contacts' });
    await expect.element(palette.getByRole('button', { name: new RegExp(`^${first}`) })).toBeInTheDocument();
    await expect.element(palette.getByText('Go to Trash')).toBeInTheDocument();
    expect(palette.getByText(/^Sync now|^Ready to leave/).elements()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(paneTitle).toHaveTextContent(second);
  });
});

describe('notices', () => {
  test('that offer to undo are replaced by the newer one, and go when the step was undone otherwise', async () => {
    await openWindow(fakeBook(300));
    const undo = page.getByRole('button', { name: 'Undo', exact: true });
    gridElement().focus();
    await userEvent.keyboard('{Home}{Delete}');
    await expect.element(undo).toBeVisible();
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => names().length).toBeGreaterThan(0);
    await expect.poll(() => undo.elements().length).toBe(1);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(undo).not.toBeInTheDocument();
  });
});

describe('words', () => {
  test('undoing says once what was undone', async () => {
    const undo = () => ({ group: 'g1', label: 'Undone: Deleted Ann Lee', contacts: 1, kept: [] });
    await openWindow(fakeBook(300, { 'undo.undo': undo }));
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByText('Undone: Deleted Ann Lee', { exact: true })).toBeVisible();
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
