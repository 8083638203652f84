import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeBook } from './support/fake-book.ts';
import { names, openWindow, row, violations } from './support/window.tsx';

const sizes = [[1280, 800], [800, 600]] as const;

describe.each(['light', 'dark'] as const)('in %s colours', (theme) => {
  test.each(sizes)('every screen can be read and used by everybody at %i × %i', async (width, height) => {
    const book = fakeBook(300);
    book.settings.theme = theme;
    await openWindow(book, width, height);
    await expect.poll(() => document.documentElement.dataset['mantineColorScheme']).toBe(theme);
    expect(await violations()).toEqual([]);

    await row(names()[2] ?? '').click();
    await expect.element(page.getByText('Head of purchasing')).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.getByRole('tab', { name: 'History' }).click();
    book.change([...book.rows.values()].find((each) => each.name === names()[2])?.id ?? '', { contactType: 'LEAD' });
    await expect.element(page.getByText('CRM bridge')).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');

    await userEvent.keyboard('/ang');
    await expect.element(page.getByText('Ång', { exact: true }).first()).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}{Escape}{Home} ');
    await expect.element(page.getByText('1 selected')).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByText(/^Moved/)).toBeVisible();
    expect(await violations()).toEqual([]);

    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByPlaceholder('Find a command or a contact…')).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}?');
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}{Control>}3{/Control}');
    await expect.element(page.getByRole('heading', { name: 'Trash' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

test('follows a change of the theme at once', async () => {
  const book = fakeBook(300);
  await openWindow(book);
  book.settings.theme = 'dark';
  book.announce({ type: 'settings' });
  await expect.poll(() => document.documentElement.dataset['mantineColorScheme']).toBe('dark');
});

test('needs no style element of its own making, so that a strict policy of the page does not hurt it', async () => {
  const before = new Set(document.querySelectorAll('style'));
  await openWindow(fakeBook(300));
  await row(names()[0] ?? '').click();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByPlaceholder('Find a command or a contact…')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  const made = [...document.querySelectorAll('style')].filter((style) => !before.has(style) && !style.dataset['viteDevId']);
  expect(made.map((style) => style.textContent.slice(0, 200))).toEqual([]);
});

test('puts the contact over the list where the window is narrow', async () => {
  await openWindow(fakeBook(300), 800, 600);
  await row(names()[0] ?? '').click();
  await expect.poll(() => page.getByRole('complementary').element().getBoundingClientRect().left).toBe(56);
  await expect.element(page.getByRole('button', { name: 'Close the contact' })).toBeVisible();
});
