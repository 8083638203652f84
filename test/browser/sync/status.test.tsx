import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { idOf } from '../support/fake-book.ts';
import { nameOf } from '../support/people.ts';
import { conflict, queued, refused, syncBook, today } from '../support/sync-book.ts';
import { openWindow, row } from '../support/window.tsx';

const statusLine = page.getByRole('contentinfo');
const button = (name: string | RegExp) => page.getByRole('button', { name });

test('the status line follows every announcement, in numbers, and leads to what needs attention', async () => {
  const book = syncBook();
  await openWindow(book);
  await expect.element(statusLine.getByText(/^Synced /)).toBeVisible();
  book.tell({ status: { state: 'syncing', progress: { phase: 'pulling', done: 120, total: 3400 } } });
  await expect.element(statusLine.getByText('Syncing 120 of 3,400')).toBeVisible();
  book.tell({ status: { state: 'offline', waiting: 12 } });
  await expect.element(statusLine.getByText('Offline, 12 changes waiting')).toBeVisible();
  book.tell({ status: {}, parked: [refused(1)] });
  await statusLine.getByText('Needs attention: 1 refused').click();
  await expect.element(page.getByRole('tab', { name: 'Outbox 1' })).toHaveAttribute('aria-selected', 'true');
  book.tell({ conflicts: [conflict(2)] });
  await statusLine.getByText('Needs attention: 1 conflict, 1 refused').click();
  await expect.element(page.getByRole('tab', { name: 'Conflicts 1' })).toHaveAttribute('aria-selected', 'true');
});

test('a running sync shows how far it is, and can be stopped', async () => {
  const book = syncBook({ status: { state: 'syncing', progress: { phase: 'sweeping', done: 850, total: 3400 } } });
  await openWindow(book);
  await statusLine.getByText('Syncing 850 of 3,400').click();
  await expect.element(page.getByRole('progressbar', { name: 'Synced so far' })).toHaveAttribute('aria-valuenow', '25');
  await button('Stop').click();
  await expect.poll(() => book.bridge.inputs('sync.cancel').length).toBe(1);
});

test('sync is run by a key, and tells what came of it', async () => {
  const book = syncBook();
  await openWindow(book);
  await userEvent.keyboard('s');
  await expect.element(page.getByText('Synced: 3 contacts came, 1 contact sent')).toBeVisible();
  expect(book.bridge.inputs('sync.run').length).toBe(1);
});

test('a book without a server offers one instead of syncing', async () => {
  const book = syncBook({ isLinked: false });
  await openWindow(book);
  await userEvent.keyboard('s');
  await expect.element(page.getByRole('dialog', { name: 'Connect a server' })).toBeVisible();
  expect(book.bridge.inputs('sync.run')).toEqual([]);
});

test('contacts that are not as on the server are marked in the list, and only those', async () => {
  const book = syncBook({
    outbox: [queued(0)],
    contacts: { [idOf(0)]: { state: 'waiting' }, [idOf(1)]: { state: 'conflict' } },
  });
  await openWindow(book);
  await expect.element(row(nameOf(0)).getByRole('img', { name: 'Waits to be sent' })).toBeVisible();
  await expect.element(row(nameOf(1)).getByRole('img', { name: 'In conflict with the server' })).toBeVisible();
  expect(document.querySelectorAll('[data-mark]').length).toBe(2);
  book.tell({ outbox: [] });
  await expect.poll(() => document.querySelectorAll('[data-mark]').length).toBe(0);
});

test('a contact says how it stands, when it was checked, and what the server cannot hold of it', async () => {
  const notes = ['The server holds the type as CLIENT, with the tag type:vendor.'];
  const twoHours = new Date(Date.now() - 2.2 * 3_600_000).toISOString();
  await openWindow(syncBook({ contacts: { [idOf(0)]: { state: 'conflict', checkedAt: twoHours, notes } } }));
  await row(nameOf(0)).click();
  const pane = page.getByRole('complementary');
  await expect.element(pane.getByText('In conflict with the server')).toBeVisible();
  await expect.element(pane.getByText('checked 2 h ago')).toBeVisible();
  await expect.element(pane.getByText(notes[0] ?? '')).toBeVisible();
  await pane.getByRole('button', { name: 'Answer' }).click();
  await expect.element(page.getByRole('tab', { name: 'Conflicts' })).toBeVisible();
});

test('ready to leave is one line, or what is missing with the way to it', async () => {
  const book = syncBook();
  await openWindow(book);
  await userEvent.keyboard('l');
  await expect.element(page.getByRole('dialog').getByText('You can leave')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  book.tell({
    conflicts: [conflict(1)],
    leave: {
      ready: false,
      checks: [
        { name: 'reachable', ok: true, text: 'The server answers.' },
        { name: 'conflicts', ok: false, text: '1 conflict waits for your answer.' },
      ],
    },
  });
  await userEvent.keyboard('l');
  await expect.element(page.getByText('1 conflict waits for your answer.')).toBeVisible();
  await button('Answer them').click();
  await expect.element(page.getByRole('region', { name: 'Conflict' })).toBeVisible();
});

test('after a long absence the changes of others are summed up, lead to the contacts, and are told once', async () => {
  const book = syncBook({
    away: {
      since: '2026-11-16T08:00:00.000Z', until: '2026-11-23T08:00:00.000Z', created: 12, updated: 3, deleted: 1,
      contacts: [{ id: idOf(3), name: nameOf(3), kind: 'updated', at: today('08:00') }],
    },
  });
  await openWindow(book);
  await expect.element(page.getByText('others added 12 contacts, changed 3 and deleted 1.')).toBeVisible();
  await button('Show them').click();
  await button(nameOf(3)).click();
  await expect.element(page.getByRole('complementary').getByRole('heading', { name: nameOf(3) })).toBeVisible();
  await button('Close this notice').click();
  await expect.element(page.getByText('While you were away')).not.toBeInTheDocument();
  expect(book.bridge.inputs('sync.awaySeen').length).toBe(1);
});

test('the host hears when the window comes to the front and when the network is back', async () => {
  const book = syncBook();
  await openWindow(book);
  window.dispatchEvent(new Event('focus'));
  window.dispatchEvent(new Event('online'));
  await expect.poll(() => book.bridge.inputs('sync.nudge')).toEqual(
    expect.arrayContaining([{ reason: 'focus' }, { reason: 'online' }]),
  );
});
