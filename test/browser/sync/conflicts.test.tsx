import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../../shared/errors.ts';
import { idOf } from '../support/fake-book.ts';
import { nameOf } from '../support/people.ts';
import { conflict, syncBook } from '../support/sync-book.ts';
import { openWindow } from '../support/window.tsx';

const view = page.getByRole('region', { name: 'Conflict' });
const list = page.getByRole('grid', { name: 'Conflicts' });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const activeRow = () => document.querySelector('[role=row][aria-selected=true]')?.textContent ?? '';

async function openConflicts(book: ReturnType<typeof syncBook>): Promise<void> {
  await openWindow(book);
  await userEvent.keyboard('{Control>}4{/Control}');
}

describe('a conflict', () => {
  test('shows mine, theirs and what both started from, whose they are, and what differs inside a long text', async () => {
    await openConflicts(syncBook({
      conflicts: [conflict(1, {
        field: 'notes', base: 'Met at the boat fair.', mine: 'Met at the boat fair. Call in the morning.',
        theirs: 'Met at the boat fair. Call in the afternoon.',
      })],
    }));
    await expect.element(view.getByText('Met at the boat fair.', { exact: true })).toBeVisible();
    await expect.element(view.getByText('You, on this computer')).toBeVisible();
    await expect.element(view.getByText('Someone at Quay 7 Boats')).toBeVisible();
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['morning', 'afternoon']);
  });

  test('is answered by a key, gives way to the next one, and comes back when that is undone', async () => {
    const book = syncBook({ conflicts: [conflict(1), conflict(2), conflict(3)] });
    await openConflicts(book);
    await expect.element(list).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}m');
    await expect.element(page.getByText(`Kept your phone: ${nameOf(2)}`)).toBeVisible();
    await expect.poll(activeRow).toContain(nameOf(3));
    expect(book.bridge.inputs('sync.resolveMany')).toEqual([{ ids: [conflict(2).id], choice: 'mine' }]);
    await expect.element(page.getByRole('tab', { name: 'Conflicts 2' })).toBeVisible();

    await button('Undo').click();
    await expect.element(page.getByRole('tab', { name: 'Conflicts 3' })).toBeVisible();
    expect(book.bridge.inputs('undo.undo')).toEqual([{ group: idOf(950) }]);
    expect(book.bridge.inputs('sync.reopen')).toEqual([{ ids: [conflict(2).id] }]);
  });

  test('takes only the answers that make sense', async () => {
    const book = syncBook({ conflicts: [conflict(1, { kind: 'editedHereDeletedThere', field: null, choices: ['mine', 'theirs'] })] });
    await openConflicts(book);
    await expect.element(view.getByText(/It is still in your book, and nothing is sent until you answer/)).toBeVisible();
    await userEvent.keyboard('b');
    expect(book.bridge.inputs('sync.resolveMany')).toEqual([]);
    await button(/Delete it here too/).click();
    await expect.poll(() => book.bridge.inputs('sync.resolveMany')).toMatchObject([{ choice: 'theirs' }]);
    await expect.element(page.getByRole('heading', { name: 'No conflicts' })).toBeVisible();
  });

  test('about a possible duplicate shows both contacts side by side, and opens either', async () => {
    await openConflicts(syncBook({
      conflicts: [conflict(1, { kind: 'possibleDuplicate', field: null, otherId: idOf(3), otherName: nameOf(3) })],
    }));
    await expect.element(view.getByRole('columnheader', { name: 'On the server' })).toBeVisible();
    await expect.element(view.getByRole('cell', { name: 'asa.angstrom@nordljus.example' })).toBeVisible();
    await button(`Open ${nameOf(3)} of the server`).click();
    await expect.element(page.getByRole('complementary').getByRole('heading', { name: nameOf(3) })).toBeVisible();
  });

  test('that was answered elsewhere leaves by itself', async () => {
    const book = syncBook({ conflicts: [conflict(1), conflict(2)] });
    await openConflicts(book);
    await expect.element(view.getByRole('heading', { name: nameOf(1) })).toBeVisible();
    book.tell({ conflicts: [conflict(2)] });
    await expect.element(view.getByRole('heading', { name: nameOf(2) })).toBeVisible();
  });

  test('that is answered by its button leaves the keyboard in the list, and at the tab when it was the last', async () => {
    await openConflicts(syncBook({ conflicts: [conflict(1), conflict(2)] }));
    await view.getByRole('button', { name: /Use theirs/ }).click();
    await expect.element(view.getByRole('heading', { name: nameOf(2) })).toBeVisible();
    await expect.element(list).toHaveFocus();
    await view.getByRole('button', { name: /Use theirs/ }).click();
    await expect.element(page.getByRole('heading', { name: 'No conflicts' })).toBeVisible();
    await expect.element(page.getByRole('tab', { name: 'Conflicts' })).toHaveFocus();
  });

  test('whose answer is refused stays, and the reason is told', async () => {
    const refuse = () => Promise.reject(new AppError('diskFull', 'The disk is full.'));
    await openConflicts(syncBook({ conflicts: [conflict(1)] }, { more: { 'sync.resolveMany': refuse } }));
    await button(/Use theirs/).click();
    await expect.element(page.getByText('The disk is full.')).toBeVisible();
    await expect.element(view.getByRole('heading', { name: nameOf(1) })).toBeVisible();
  });
});

describe('many conflicts', () => {
  const many = [
    ...Array.from({ length: 500 }, (_, number) => conflict(number)),
    conflict(501, { field: 'notes' }), conflict(502, { kind: 'massDelete', contactId: null, name: null, field: null, mine: 312, choices: ['mine', 'theirs'] }),
  ];

  test('exist only where they are seen, and are reached by the keyboard', async () => {
    await openConflicts(syncBook({ conflicts: many }));
    await expect.element(list).toHaveFocus();
    expect(document.querySelectorAll('[role=row]').length).toBeLessThan(40);
    await userEvent.keyboard('{End}');
    await expect.element(view.getByText(/312 contacts that were on the server are not there any more/)).toBeVisible();
    await expect.poll(() => list.element().getAttribute('aria-activedescendant')).not.toBeNull();
  });

  test('of one field are answered at once, and the others stay', async () => {
    const book = syncBook({ conflicts: many });
    await openConflicts(book);
    await page.getByLabelText('Which conflicts').selectOptions('Phone (500)');
    await page.getByRole('group', { name: 'Answer all: Phone' }).getByRole('button', { name: 'Use theirs' }).click();
    await expect.element(page.getByText('Answered 500 conflicts')).toBeVisible();
    await expect.element(page.getByRole('tab', { name: 'Conflicts 2' })).toBeVisible();
    expect(book.bridge.inputs('sync.resolveMany').map(({ ids }) => ids?.length)).toEqual([500]);
    await button('Undo').click();
    await expect.element(page.getByRole('tab', { name: 'Conflicts 502' })).toBeVisible();
  });
});

test('conflicts that cannot be read say why, and are read again', async () => {
  let isBroken = true;
  await openConflicts(syncBook({}, {
    more: { 'sync.conflicts': () => (isBroken ? Promise.reject(new AppError('unavailable', 'The book is busy.')) : { items: [], total: 0 }) },
  }));
  await expect.element(page.getByText('The book is busy.')).toBeVisible();
  isBroken = false;
  await button('Try again').click();
  await expect.element(page.getByRole('heading', { name: 'No conflicts' })).toBeVisible();
});
