import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { commands } from '../../renderer/app/commands.ts';
import { fakeBook } from './support/fake-book.ts';
import { activeName, gridElement, names, openWindow, row } from './support/window.tsx';

const pane = page.getByRole('complementary', { name: 'Contact' });
const paneTitle = pane.getByRole('heading', { level: 2 });

describe('the keyboard', () => {
  test('opens a contact with Enter, walks on through the list with it, and closes it with Escape', async () => {
    await openWindow(fakeBook(300));
    const [first = '', second = ''] = names();
    gridElement().focus();
    await userEvent.keyboard('{Home}{Enter}');
    await expect.element(paneTitle).toHaveTextContent(first);
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(paneTitle).toHaveTextContent(second);
    expect(document.activeElement).toBe(gridElement());
    await userEvent.keyboard('{Escape}');
    await expect.element(pane).not.toBeInTheDocument();
  });

  test('goes from the search to the list and back, step by step', async () => {
    await openWindow(fakeBook(300));
    const search = page.getByRole('searchbox');
    await userEvent.keyboard('{Control>}f{/Control}');
    await expect.element(search).toHaveFocus();
    await userEvent.keyboard('ann{ArrowDown}');
    await expect.poll(activeName).toBe('Ann Lee');
    await expect.poll(() => document.activeElement).toBe(gridElement());
    await userEvent.keyboard('/');
    await expect.element(search).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(search).toHaveValue('');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(gridElement());
  });

  test('leaves letters alone while a person types', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    await row(names()[0] ?? '').click();
    await expect.element(pane).toBeVisible();
    await userEvent.keyboard('/nerd?{Delete}');
    await expect.element(page.getByRole('searchbox')).toHaveValue('nerd?');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(book.bridge.inputs('contact.deleteMany')).toEqual([]);
  });

  test('deletes with Del and takes it back with Ctrl+Z, and does it again with Ctrl+Shift+Z', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const before = names();
    gridElement().focus();
    await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
    await expect.element(paneTitle).toHaveTextContent(before[1] ?? '');
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => names()[1]).toBe(before[2]);
    await expect.element(page.getByText(`Moved “${before[1]}” to the trash`)).toBeVisible();
    expect(activeName()).toBe(before[2]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => names()[1]).toBe(before[1]);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(() => names()[1]).toBe(before[2]);
  });

  test('closes what is open in front, and nothing behind it, with Escape', async () => {
    await openWindow(fakeBook(300));
    await row(names()[0] ?? '').click();
    await expect.element(pane).toBeVisible();
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Type' }).click();
    await expect.element(page.getByRole('checkbox', { name: 'Vendor' })).toBeVisible();
    await userEvent.keyboard('{Tab}{Escape}');
    await expect.element(page.getByRole('checkbox', { name: 'Vendor' })).not.toBeInTheDocument();
    await expect.element(pane).toBeVisible();
  });

  test('is listed in the ? sheet, every key of it', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect.element(sheet).toBeVisible();
    const listed = [...sheet.element().querySelectorAll('dt')].map((entry) => entry.textContent);
    const expected = commands.filter((command) => command.keys).map((command) => command.title);
    expect(listed.toSorted()).toEqual(expected.toSorted());
    await userEvent.keyboard('{Escape}');
    await expect.element(sheet).not.toBeInTheDocument();
  });
});

describe('deleting', () => {
  test('offers to take it back in a notice, and shows the contact again', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const name = names()[3] ?? '';
    const next = names()[4] ?? '';
    await row(name).click();
    await pane.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => names()).not.toContain(name);
    await expect.element(paneTitle).toHaveTextContent(next);
    expect(document.activeElement).toBe(gridElement());
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => names()[3]).toBe(name);
    await expect.element(paneTitle).toHaveTextContent(name);
  });

  test('fills the trash, from which contacts are restored or, after a question, erased', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const [first = '', second = ''] = names();
    await row(first).click();
    await row(second).click({ modifiers: ['Shift'] });
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => names()).not.toContain(first);
    await page.getByRole('button', { name: /^Trash/ }).click();
    await expect.poll(() => names()).toEqual([first, second]);
    await row(first).click();
    await pane.getByRole('button', { name: 'Restore' }).click();
    await expect.poll(() => names()).toEqual([second]);
    await page.getByRole('button', { name: 'Empty the trash' }).click();
    const question = page.getByRole('dialog', { name: 'Empty the trash?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(book.bridge.inputs('contact.purge')).toEqual([]);
    await page.getByRole('button', { name: 'Empty the trash' }).click();
    await question.getByRole('button', { name: 'Empty the trash' }).click();
    await expect.element(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
    expect(book.rows.size).toBe(299);
  });

  test('that is refused leaves the contact and says why', async () => {
    const book = fakeBook(300, { 'contact.deleteMany': () => Promise.reject(new Error('no')) });
    await openWindow(book);
    const name = names()[0] ?? '';
    await row(name).click();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Internal server error');
    expect(names()).toContain(name);
  });
});

describe('the palette', () => {
  test('finds contacts as you type and opens the first with Enter', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByPlaceholder('Find a command or a contact…')).toHaveFocus();
    await userEvent.keyboard('zofia');
    await expect.element(page.getByRole('dialog').getByRole('button', { name: /Łukasiewicz/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(paneTitle).toHaveTextContent('Zofia Łukasiewicz');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  });

  test('runs every command by its name', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByPlaceholder('Find a command or a contact…')).toHaveFocus();
    await userEvent.keyboard('keyboard{Enter}');
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  });
});

describe('the open contact', () => {
  test('can be called, mailed, visited and found on a map', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    await userEvent.keyboard('/ann lee{Enter}');
    await pane.getByRole('link', { name: '+351 21 123 4567' }).click();
    await pane.getByRole('link', { name: 'ann@quay7.example' }).click();
    await pane.getByRole('link', { name: 'https://quay7.example/contact' }).click();
    await pane.getByRole('link', { name: 'Show on the map' }).click();
    expect(book.bridge.opened).toEqual([
      'tel:+351211234567', 'mailto:ann@quay7.example', 'https://quay7.example/contact',
      'https://www.openstreetmap.org/search?query=12%20Harbour%20Street%2C%201100-148%20Lisbon%2C%20Portugal',
    ]);
  });

  test('shows what an import brought beside the fields', async () => {
    await openWindow(fakeBook(300));
    await row(names()[0] ?? '').click();
    await expect.element(pane.getByText('Head of purchasing')).toBeVisible();
  });

  test('tells its history in words, and grows it while it is open', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    await userEvent.keyboard('/ann lee{Enter}');
    await pane.getByRole('tab', { name: 'History' }).click();
    const id = [...book.rows.values()].find((each) => each.name === 'Ann Lee')?.id ?? '';
    book.change(id, { contactType: 'VENDOR' });
    await expect.poll(() => document.querySelector('aside li')?.textContent).toMatch(/^CRM bridge.*Type changed: Customer → Vendor$/);
    await expect.element(pane.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
  });

  test('keeps the width that the person gave it', async () => {
    await openWindow(fakeBook(300));
    await row(names()[0] ?? '').click();
    const divider = page.getByRole('separator');
    (divider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect.element(divider).toHaveAttribute('aria-valuenow', '488');
    await expect.poll(() => pane.element().getBoundingClientRect().width).toBe(488);
  });
});
