import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { idOf } from '../support/fake-book.ts';
import { nameOf } from '../support/people.ts';
import { queued, refused, syncBook, today } from '../support/sync-book.ts';
import { openWindow } from '../support/window.tsx';

const button = (name: string | RegExp) => page.getByRole('button', { name });

async function openOutbox(book: ReturnType<typeof syncBook>): Promise<void> {
  await openWindow(book);
  await userEvent.keyboard('{Control>}5{/Control}');
}

test('what will be sent is listed in words, with what keeps it back', async () => {
  await openOutbox(syncBook({
    outbox: [
      queued(1), queued(2, { kind: 'create', fields: ['name'] }), queued(4, { kind: 'delete', fields: [] }),
      queued(5, { state: 'held' }), queued(7, { state: 'retrying', lastMessage: 'The server did not answer.' }),
    ],
  }));
  await expect.element(page.getByRole('heading', { name: '5 contacts to send' })).toBeVisible();
  const entry = (number: number) => page.getByRole('listitem').filter({ has: page.getByText(nameOf(number), { exact: true }) });
  await expect.element(entry(1)).toMatchTextContent(/Change E-mail, Notes/);
  await expect.element(entry(2)).toMatchTextContent(/Create on the server/);
  await expect.element(entry(4)).toMatchTextContent(/Delete on the server/);
  await expect.element(entry(5)).toMatchTextContent(/Waits for your answer to a conflict/);
  await expect.element(entry(7)).toMatchTextContent(/Tried again with the next sync: The server did not answer\./);
});

test('an empty outbox says that all is sent', async () => {
  await openOutbox(syncBook());
  await expect.element(page.getByText('Every change you made here is on the server.')).toBeVisible();
});

test('a refused contact says why, and is put right in the form, at the field', async () => {
  await openOutbox(syncBook({ parked: [refused(1)] }));
  await expect.element(page.getByText('E-mail: must be an email')).toBeVisible();
  await button(`Fix ${nameOf(1)}`).click();
  await expect.element(page.getByRole('form', { name: 'Edit contact' })).toBeVisible();
  const field = page.getByRole('textbox', { name: 'E-mail' });
  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveAccessibleDescription(/This is not an e-mail address/);
  await expect.element(page.getByText('The server did not take this contact.')).toBeVisible();
});

test('the form says nothing of a refusal when it is opened later for another reason', async () => {
  await openOutbox(syncBook({ parked: [refused(1)] }));
  await button(`Fix ${nameOf(1)}`).click();
  await expect.element(page.getByRole('form', { name: 'Edit contact' })).toBeVisible();
  await userEvent.keyboard('{Escape}e');
  await expect.element(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveFocus();
  expect(page.getByText('The server did not take this contact.').elements()).toEqual([]);
});

test('a refused contact is sent again', async () => {
  const book = syncBook({ parked: [refused(1), refused(2)] });
  await openOutbox(book);
  await button(`Send again: ${nameOf(1)}`).click();
  await expect.element(page.getByText('It will be sent again.')).toBeVisible();
  expect(book.bridge.inputs('sync.retry')).toEqual([{ id: refused(1).id }]);
  await expect.element(page.getByRole('heading', { name: '1 contact refused by the server' })).toBeVisible();
});

test('a change is given up only after a question', async () => {
  const book = syncBook({ parked: [refused(1)] });
  await openOutbox(book);
  await button(`Discard my change of ${nameOf(1)}`).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(book.bridge.inputs('sync.discard')).toEqual([]);
  await button(`Discard my change of ${nameOf(1)}`).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
  await expect.element(page.getByText(`${nameOf(1)} is as on the server again`)).toBeVisible();
  await expect.element(page.getByText('Every change you made here is on the server.')).toBeVisible();
});

test('what could not be taken from the server is listed with the reason', async () => {
  const reason = 'The type is "PROSPECT" there, which this book cannot hold';
  await openOutbox(syncBook({ quarantined: [{ remoteId: idOf(77), name: 'Iñigo', reason, at: today('10:00') }] }));
  await page.getByRole('tab', { name: 'Not taken 1' }).click();
  await expect.element(page.getByText(reason)).toBeVisible();
});
