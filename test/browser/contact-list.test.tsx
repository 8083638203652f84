import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeBook, idOf } from './support/fake-book.ts';
import { activeName, grid, gridElement, names, openWindow, row, rowElements, violations } from './support/window.tsx';

const search = page.getByRole('searchbox', { name: 'Search contacts' });

describe('a list of 100,000 contacts', () => {
  test('has no more rows in the page at any place of it than at its start, and shows every place it is scrolled to', async () => {
    await openWindow(fakeBook(100_000));
    const atStart = rowElements().length;
    const height = gridElement().scrollHeight;
    for (const part of [0.1, 0.35, 0.5, 0.75, 1]) {
      gridElement().scrollTop = height * part;
      await expect.poll(() => {
        const shown = names();
        const first = Number(rowElements()[0]?.dataset['index']);
        return shown.length > 0 && !shown.includes('') && Math.abs(first / 100_000 - part) < 0.01;
      }).toBe(true);
      expect(rowElements().length).toBeLessThanOrEqual(atStart + 14);
    }
    expect(gridElement().getAttribute('aria-rowcount')).toBe('100001');
  });

  test('reads only the pages around what is shown', async () => {
    const book = fakeBook(100_000);
    await openWindow(book);
    gridElement().scrollTop = gridElement().scrollHeight / 2;
    await expect.poll(() => names().every((name) => name !== '') && Number(rowElements()[0]?.dataset['index']) > 40_000).toBe(true);
    expect(book.bridge.inputs('contact.page').length).toBeLessThan(12);
  });

  test('is walked from end to end by keyboard', async () => {
    await openWindow(fakeBook(100_000));
    gridElement().focus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => document.querySelector('[data-active]')?.getAttribute('aria-rowindex')).toBe('100001');
    await expect.poll(activeName).toBeTruthy();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowDown}{ArrowUp}');
    await expect.poll(() => document.querySelector('[data-active]')?.getAttribute('aria-rowindex')).toBe('3');
    await userEvent.keyboard('{PageDown}');
    await expect.poll(() => Number(document.querySelector('[data-active]')?.getAttribute('aria-rowindex'))).toBeGreaterThan(12);
    expect(gridElement().getAttribute('aria-activedescendant')).toBe(document.querySelector('[data-active]')?.id);
  });
});

test('the titles of the columns stay above the rows, and the row that the keyboard is on is never under them', async () => {
  await openWindow(fakeBook(300));
  const top = (element: Element | null | undefined): number => element?.getBoundingClientRect().top ?? Number.NaN;
  const titles = page.getByRole('columnheader', { name: /^Name/ }).element().parentElement;
  gridElement().focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => document.querySelector('[data-active]')?.getAttribute('aria-rowindex')).toBe('301');
  expect(gridElement().scrollTop).toBeGreaterThan(1000);
  expect(top(titles)).toBe(top(gridElement()));
  await userEvent.keyboard('{PageUp}{PageUp}{ArrowUp}');
  const bottomOfTitles = titles?.getBoundingClientRect().bottom ?? Number.NaN;
  await expect.poll(() => top(document.querySelector('[data-active]'))).toBeGreaterThanOrEqual(bottomOfTitles);
});

test('a contact that was just made is shown and marked, however far down the list it belongs', async () => {
  await openWindow(fakeBook(100_000));
  gridElement().focus();
  for (const made of ['zzz Last of all', 'Middle Of The List']) {
    await userEvent.keyboard('n');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(made);
    await userEvent.keyboard('{Control>}s{/Control}');
    await expect.poll(activeName).toBe(made);
    const shown = () => document.querySelector('[data-active]')?.getBoundingClientRect() ?? new DOMRect(0, -1);
    const frame = gridElement().getBoundingClientRect();
    await expect.poll(() => shown().top >= frame.top && shown().bottom <= frame.bottom).toBe(true);
    gridElement().focus();
  }
});

describe('search as you type', () => {
  test('marks what matched, whatever the diacritics', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('/ang');
    await expect.element(row('Åsa Ångström').getByText('Ång', { exact: true })).toBeVisible();
    expect([...document.querySelectorAll('mark')].every((mark) => /^[åa]ng$/i.test(mark.textContent))).toBe(true);
  });

  test('finds a phone by its digits and marks them over the blanks and brackets between', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('/02214567');
    await expect.element(row('Müller & Söhne GmbH')).toBeVisible();
    expect(document.querySelector('[data-column=primaryPhone] mark')?.textContent).toBe('0221) 45 67');
  });

  test('never shows the answer to a text that was typed over, and no empty list meanwhile', async () => {
    const late: (() => void)[] = [];
    const quick = fakeBook(300);
    const book = fakeBook(300, {
      'contact.page': async (input) => {
        if (input.query === 'a') await new Promise<void>((resolve) => late.push(resolve));
        const envelope = await quick.bridge.call('contact.page', input);
        if (!envelope.ok) throw new Error(envelope.error.message);
        return envelope.value;
      },
    });
    await openWindow(book);
    const before = names().slice(0, 10);
    await userEvent.keyboard('/a');
    await expect.poll(() => late.length).toBe(1);
    expect(names().slice(0, 10)).toEqual(before);
    await userEvent.keyboard('nn');
    await expect.poll(() => names()).toEqual(['Ann Lee']);
    late.forEach((answer) => answer());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(names()).toEqual(['Ann Lee']);
  });

  test('says so when nothing is found, and shows everything again with one press', async () => {
    await openWindow(fakeBook(300));
    await userEvent.keyboard('/zzzz');
    await expect.element(page.getByRole('heading', { name: 'Nothing found for “zzzz”' })).toBeVisible();
    await page.getByRole('button', { name: 'Show all contacts' }).click();
    await expect.element(page.getByRole('row').nth(5)).toBeVisible();
  });
});

describe('sorting and filtering', () => {
  test('sorts by a column, and turns round at the second press', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const header = page.getByRole('columnheader', { name: 'E-mail' });
    await header.getByRole('button').click();
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await header.getByRole('button').click();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    expect(book.bridge.inputs('contact.page').at(-1)).toMatchObject({ sort: 'primaryEmail', descending: true });
  });

  test('sorts what a search found, turns round, and goes back to the best matches; the list keeps its own order', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const header = page.getByRole('columnheader', { name: 'E-mail' });
    const asked = () => book.bridge.inputs('contact.page').at(-1);
    await header.getByRole('button').click();
    await userEvent.keyboard('/an');
    await expect.poll(asked).toMatchObject({ query: 'an' });
    expect(asked()).not.toHaveProperty('sort');
    await expect.element(header).not.toHaveAttribute('aria-sort');
    await expect.element(page.getByText(/found, best matches first$/)).toBeVisible();
    await header.getByRole('button').click();
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await expect.element(page.getByText(/\d found$/)).toBeVisible();
    expect(asked()).toMatchObject({ query: 'an', sort: 'primaryEmail', descending: false });
    await header.getByRole('button').click();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await header.getByRole('button').click();
    await expect.element(header).not.toHaveAttribute('aria-sort');
    expect(asked()).not.toHaveProperty('sort');
    await search.fill('');
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
  });

  test('says why what a search found cannot be sorted when it is too much', async () => {
    const whole = fakeBook(300);
    const book = fakeBook(300, {
      'contact.page': async (input) => {
        const answer = await whole.bridge.call('contact.page', input);
        if (!answer.ok) throw new Error('no page');
        return input.query ? { ...answer.value, total: null } : answer.value;
      },
    });
    await openWindow(book);
    await userEvent.keyboard('/a');
    const sort = page.getByRole('columnheader', { name: 'E-mail' }).getByRole('button');
    await expect.element(sort).toHaveAttribute('aria-disabled', 'true');
    await expect.element(sort).toHaveAttribute('title', 'Too many results to sort: type more until 1,000 or fewer are left');
    const asked = book.bridge.inputs('contact.page').length;
    await sort.click({ force: true });
    expect(book.bridge.inputs('contact.page')).toHaveLength(asked);
    expect(await violations()).toEqual([]);
  });

  test('shows only the chosen types', async () => {
    await openWindow(fakeBook(300));
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Type' }).click();
    await page.getByRole('checkbox', { name: 'Vendor' }).click();
    await expect.poll(() => {
      const types = [...document.querySelectorAll('[data-column=contactType]')].map((cell) => cell.textContent);
      return types.length > 0 && types.every((type) => type === 'Vendor');
    }).toBe(true);
    await expect.element(page.getByText('60 found')).toBeVisible();
  });
});

describe('choosing several contacts', () => {
  test('takes a range with Shift and single ones with Ctrl, and changes them as one step', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const [a, b, c, d, e] = names();
    await row(a ?? '').click();
    await row(c ?? '').click({ modifiers: ['Shift'] });
    await expect.element(page.getByText('3 selected')).toBeVisible();
    await row(e ?? '').click({ modifiers: ['Control'] });
    await row(b ?? '').click({ modifiers: ['Control'] });
    await expect.element(page.getByText('3 selected')).toBeVisible();
    await page.getByRole('toolbar').getByRole('button', { name: 'Type' }).click();
    await page.getByRole('menuitem', { name: 'Partner' }).click();
    await expect.element(page.getByText('Changed 3 contacts')).toBeVisible();
    const partners = [...book.rows.values()].filter((each) => [a, c, e].includes(each.name));
    expect(partners.map((each) => each.contactType)).toEqual(['PARTNER', 'PARTNER', 'PARTNER']);
    expect(names().slice(0, 5)).toEqual([a, b, c, d, e]);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => partners.map(({ id, contactType }) => book.rows.get(id)?.contactType === contactType)).toContain(false);
  });

  test('takes all with Ctrl+A, also those that are not on the screen, and none with Escape', async () => {
    await openWindow(fakeBook(1200));
    gridElement().focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByText('1,200 selected')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('toolbar')).not.toBeInTheDocument();
  });

  test('extends with Shift and the arrows', async () => {
    await openWindow(fakeBook(300));
    gridElement().focus();
    await userEvent.keyboard('{Home}{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.element(page.getByText('3 selected')).toBeVisible();
  });
});

describe('tags of several contacts', () => {
  test('are given and taken in place, show what only some have, and can be made', async () => {
    const book = fakeBook(300, { 'tag.create': ({ name, color }) => ({ id: idOf(77), name, color }) as never });
    await openWindow(book);
    gridElement().focus();
    await userEvent.keyboard('{Home}{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.element(page.getByText('4 selected')).toBeVisible();
    await page.getByRole('toolbar').getByRole('button', { name: 'Tag' }).click();
    const find = page.getByRole('textbox', { name: 'Find in tags' });
    await expect.element(find).toHaveFocus();
    const harbour = page.getByRole('checkbox', { name: 'Harbour' });
    expect((harbour.element() as HTMLInputElement).indeterminate).toBe(true);
    expect(await violations()).toEqual([]);
    await harbour.click();
    await expect.element(harbour).toBeChecked();
    await harbour.click();
    await expect.element(harbour).not.toBeChecked();
    await expect.poll(() => book.bridge.inputs('contact.changeMany').map(({ addTags, removeTags }) => [addTags?.length, removeTags?.length]))
      .toEqual([[1, undefined], [undefined, 1]]);
    // An accent makes another tag, though it is found without.
    await find.fill('Hárbour');
    await expect.element(harbour).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Create “Hárbour”' })).toBeVisible();
    await find.fill('Regatta');
    await page.getByRole('button', { name: 'Create “Regatta”' }).click();
    await expect.poll(() => book.bridge.inputs('contact.changeMany').at(-1)).toMatchObject({ addTags: [{ id: idOf(77) }] });
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(gridElement());
    await expect.element(page.getByText('4 selected')).toBeVisible();
  });
});

test('filters stand in a line of their own that keeps the rest of the toolbar in its place', async () => {
  await openWindow(fakeBook(300), 800, 600);
  const height = () => document.querySelector('header')?.getBoundingClientRect().height;
  const before = height();
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Type' }).click();
  for (const type of ['Vendor', 'Partner', 'Lead']) await page.getByRole('checkbox', { name: type }).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText(/found$/)).toBeVisible();
  expect(height()).toBe(before);
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Without the filter Vendor' }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.element(page.getByText(/found$/)).not.toBeInTheDocument();
});

describe('a change by somebody else', () => {
  test('is shown without touching focus, active row, choice or scroll', async () => {
    const book = fakeBook(300);
    await openWindow(book);
    const third = names()[2] ?? '';
    const id = [...book.rows.values()].find((each) => each.name === third)?.id ?? '';
    await row(third).click();
    await expect.element(page.getByRole('heading', { name: third })).toBeVisible();
    gridElement().focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('1 selected')).toBeVisible();
    gridElement().scrollTop = 30;

    book.change(id, { primaryPhone: '+1 555 0100' });

    await expect.element(row(third).getByText('+1 555 0100')).toBeVisible();
    await expect.element(page.getByRole('complementary').getByText('+1 555 0100')).toBeVisible();
    expect(document.activeElement).toBe(gridElement());
    expect(activeName()).toBe(third);
    expect(gridElement().scrollTop).toBe(30);
    await expect.element(page.getByText('1 selected')).toBeVisible();
  });

  test('keeps the same contact under the eye when contacts above it come or go', async () => {
    const book = fakeBook(3000);
    await openWindow(book);
    const firstName = names()[0];
    const firstId = [...book.rows.values()].find((each) => each.name === firstName)?.id ?? '';
    gridElement().scrollTop = 38 * 60;
    await expect.poll(() => rowElements()[0]?.dataset['index']).toBe('54');
    const atTop = (): string | undefined =>
      rowElements().find((each) => each.getBoundingClientRect().bottom > gridElement().getBoundingClientRect().top + 36)
        ?.querySelector('[data-column=name]')?.textContent;
    const before = atTop();
    expect(before).toBeTruthy();
    book.change(firstId, { deletedAt: '2026-11-02T00:00:00.000Z' }, 'deleted');
    await expect.poll(() => gridElement().scrollTop).toBe(38 * 59);
    expect(atTop()).toBe(before);
  });
});

test('a window in which the host stops answering says so and keeps what it shows', async () => {
  const book = fakeBook(300);
  await openWindow(book);
  const shown = names();
  book.bridge.call = () => Promise.reject(new Error('gone'));
  book.announce({ type: 'bulk' });
  await expect.element(page.getByText(/Fieldbook is not answering/)).toBeVisible();
  expect(names()).toEqual(shown);
  await expect.element(grid).toBeVisible();
  await expect.element(search).toBeVisible();
});
