import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError, invalidField } from '../../../shared/errors.ts';
import type { Output } from '../../../shared/operations/index.ts';
import type { SyncReport } from '../../../shared/operations/sync.ts';
import { idOf } from '../support/fake-book.ts';
import type { Answers } from '../support/form-bridge.ts';
import { linked, syncBook } from '../support/sync-book.ts';
import { openWindow } from '../support/window.tsx';

const found: Output<'sync.inspect'> = {
  url: 'https://crm.quay7.example', server: 'gauzy', userName: 'Ann Lee', contactsHere: 40, replaces: null,
  organizations: [{ id: idOf(901), name: 'Quay 7 Boats', contacts: 3400 }, { id: idOf(902), name: 'Quay 7 Rentals', contacts: null }],
};
const button = (name: string | RegExp) => page.getByRole('button', { name });
const dialog = page.getByRole('dialog');

/** A book without a server, whose first sync ends when `finish` is called. */
async function openWizard(more: Answers = {}) {
  const run = Promise.withResolvers<SyncReport>();
  const book = syncBook({ isLinked: false }, {
    more: {
      'sync.inspect': () => found,
      'sync.connect': () => {
        book.tell({ isLinked: true, status: { state: 'syncing', progress: { phase: 'pulling', done: 120, total: 3400 } } });
        return book.statusNow();
      },
      'sync.run': () => run.promise,
      ...more,
    },
  });
  await openWindow(book);
  await userEvent.keyboard('{Control>}{Shift>}S{/Shift}{/Control}');
  await expect.element(dialog).toBeVisible();
  const report: SyncReport = {
    ok: true, pulled: 3400, pushed: 40, deleted: 0, conflicts: 2, parked: 0, waiting: 0, requests: 90, writes: 40, durationMs: 9000,
  };
  return { book, finish: (values: Partial<SyncReport> = {}) => run.resolve({ ...report, ...values }) };
}

async function signIn(): Promise<void> {
  await dialog.getByLabelText('Address of the server').fill('https://crm.quay7.example');
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('ann@quay7.example');
  await dialog.getByRole('textbox', { name: 'Password' }).fill('secret');
  await userEvent.keyboard('{Enter}');
}

describe('connecting a server', () => {
  test('goes from the sign-in over what will come and go to the end of the first sync', async () => {
    const { book, finish } = await openWizard();
    await signIn();
    await expect.element(dialog.getByText('3,400 contacts', { exact: true }).first()).toBeVisible();
    await expect.element(dialog.getByText('40 contacts')).toBeVisible();
    expect(book.bridge.inputs('sync.connect')).toEqual([]);
    await button('Connect').click();
    await expect.element(dialog.getByText('Syncing 120 of 3,400')).toBeVisible();
    expect(book.bridge.inputs('sync.connect')).toEqual([
      { url: 'https://crm.quay7.example', email: 'ann@quay7.example', password: 'secret', organizationId: idOf(901) },
    ]);
    finish();
    await expect.element(dialog.getByText('The book is connected')).toBeVisible();
    await button('Done').click();
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test('can be left while the first sync runs', async () => {
    const { finish } = await openWizard();
    await signIn();
    await button('Connect').click();
    await button('Continue in the background').click();
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(page.getByRole('contentinfo').getByText('Syncing 120 of 3,400')).toBeVisible();
    finish();
  });

  test('says what is wrong at the field, and keeps what was typed', async () => {
    await openWizard({ 'sync.inspect': () => Promise.reject(invalidField('password', 'or e-mail is wrong')) });
    await button('Go on').click();
    await expect.element(dialog.getByText('Enter the address of the server.')).toBeVisible();
    await signIn();
    await expect.element(dialog.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription('The password or e-mail is wrong.');
    await expect.element(dialog.getByRole('textbox', { name: 'E-mail' })).toHaveValue('ann@quay7.example');
  });

  test('asks for a token where the server wants one', async () => {
    await openWizard({ 'sync.inspect': () => Promise.reject(invalidField('token', 'is needed: this server is a Fieldbook')) });
    await signIn();
    await expect.element(dialog.getByLabelText('Access token').last()).toHaveAccessibleDescription(/The token is needed/);
  });

  test('tells when the first sync does not come to its end', async () => {
    const { finish } = await openWizard();
    await signIn();
    await button('Connect').click();
    finish({ ok: false, error: 'The server did not answer.' });
    await expect.element(dialog.getByText('The server did not answer. It goes on by itself where it stopped.')).toBeVisible();
  });

  test('tells when the server cannot be reached', async () => {
    await openWizard({ 'sync.inspect': () => Promise.reject(new AppError('unavailable', 'The server could not be reached.')) });
    await signIn();
    await expect.element(dialog.getByRole('alert').getByText('The server could not be reached.')).toBeVisible();
  });
});

test('a book that has a server says what it leaves before it gets another', async () => {
  const book = syncBook({}, { more: { 'sync.inspect': () => found, 'sync.connect': () => linked } });
  await openWindow(book);
  await userEvent.keyboard('{Control>}{Shift>}S{/Shift}{/Control}');
  await expect.element(dialog.getByLabelText('Address of the server')).toHaveValue('https://crm.quay7.example');
  await signIn();
  await expect.element(dialog.getByText('The book is already linked here: syncing continues where it stopped.')).toBeVisible();
  await dialog.getByText('Quay 7 Rentals').click();
  await expect.element(dialog.getByText('The book moves to another server')).toBeVisible();
  await button('Connect here instead').click();
  await expect.poll(() => book.bridge.inputs('sync.connect')).toMatchObject([{ organizationId: idOf(902), replace: true }]);
});

test('settings show the server, and disconnect it only after a question', async () => {
  const book = syncBook();
  await openWindow(book);
  await userEvent.keyboard('{Control>},{/Control}');
  await expect.element(page.getByText('https://crm.quay7.example (Ever Gauzy)')).toBeVisible();
  await page.getByLabelText('Sync automatically').click();
  await expect.poll(() => book.bridge.inputs('sync.pause')).toEqual([{ paused: true }]);
  await button('Disconnect').click();
  expect(book.bridge.inputs('sync.disconnect')).toEqual([]);
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect.element(page.getByText('This book has no server.')).toBeVisible();
});
