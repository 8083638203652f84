import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Bridge } from '../../shared/bridge.ts';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { ShellAction, ShellRequest } from '../../shared/shell.ts';
import { fakeBook, idOf, type FakeBook } from './support/fake-book.ts';
import type { Answers } from './support/form-bridge.ts';
import { names, openWindow, row, violations } from './support/window.tsx';

const capture = page.getByRole('dialog', { name: 'Quick capture' });
const caller = page.getByRole('dialog', { name: 'Who is calling?' });
const pane = page.getByRole('complementary', { name: 'Contact' });
const signature = 'Best regards\nNiamh O’Brien, Sales Director\nHarbour Supplies Ltd\nT +44 20 7946 0958\nniamh@harbour.example';

function book(more: Answers = {}): FakeBook {
  const made = fakeBook(300, {
    'contact.similar': ({ email }) => {
      const [contact] = [...made.rows.values()].filter((each) => each.primaryEmail === email && email !== undefined);
      return { items: contact ? [{ contact, by: ['email'] }] : [] };
    },
    'contact.caller': ({ number }) => {
      const contact = made.rows.get(idOf(1));
      return { items: contact && number.endsWith('4567') ? [{ contact, phone: '+351 21 123 4567' }] : [] };
    },
    ...more,
  });
  return made;
}

/** The desktop around the window, as far as the page can see it. */
function withDesktop(made: FakeBook): { asked: ShellRequest[]; act: (action: ShellAction) => void; book: FakeBook } {
  const asked: ShellRequest[] = [];
  const listeners = new Set<(action: ShellAction) => void>();
  const native: NonNullable<Bridge['native']> = {
    ask: async (request) => {
      asked.push(request);
      return { ok: true, value: (request.kind === 'menu' ? 'edit' : null) as never };
    },
    onAction(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const bridge = Object.assign(made.bridge, { native });
  return { asked, act: (action) => listeners.forEach((listener) => listener(action)), book: { ...made, bridge } };
}

async function fill(label: string, text: string): Promise<void> {
  await capture.getByRole('textbox', { name: label }).fill(text);
}

test('a pasted signature becomes a contact, without typing any of it', async () => {
  const created: unknown[] = [];
  const made = book({
    'contact.create': (input) => {
      created.push(input);
      return { ...made.rows.get(idOf(1)), ...input } as never;
    },
  });
  await openWindow(made);
  await userEvent.keyboard('c');
  await fill('Paste a signature, a vCard or a number', signature);
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('Niamh O’Brien');
  await expect.element(capture.getByRole('textbox', { name: 'Company' })).toHaveValue('Harbour Supplies Ltd');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(capture).not.toBeInTheDocument();
  expect(created).toMatchObject([{
    name: 'Niamh O’Brien', primaryEmail: 'niamh@harbour.example', primaryPhone: '+44 20 7946 0958',
    extra: { columns: { Company: 'Harbour Supplies Ltd', 'Job title': 'Sales Director' } },
  }]);
});

test('who may be the same person is shown and opened from there', async () => {
  const made = book();
  await openWindow(made);
  const known = [...made.rows.values()].find((each) => each.primaryEmail !== null);
  await userEvent.keyboard('c');
  await fill('Paste a signature, a vCard or a number', `Somebody New\n${known?.primaryEmail}`);
  const duplicates = capture.getByRole('complementary', { name: 'Possible duplicates' });
  await expect.element(duplicates.getByText('Same e-mail')).toBeVisible();
  expect(await violations()).toEqual([]);
  await duplicates.getByRole('button').click();
  await expect.element(pane.getByRole('heading', { level: 2 })).toHaveTextContent(known?.name ?? '');
});

test('what a person wrote is not overwritten by another paste, and is there again after the dialog was closed', async () => {
  await openWindow(book());
  await userEvent.keyboard('c');
  await fill('Name', 'My own name');
  await fill('Paste a signature, a vCard or a number', signature);
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('My own name');
  await userEvent.keyboard('{Escape}');
  await expect.element(capture).not.toBeInTheDocument();
  await userEvent.keyboard('c');
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('My own name');
  await expect.element(capture.getByRole('textbox', { name: 'Company' })).toHaveValue('Harbour Supplies Ltd');
});

test('what is typed outlives a command from a menu and a link from outside, and is kept in the book', async () => {
  const { act, book: made } = withDesktop(book());
  await openWindow(made);
  await userEvent.keyboard('c');
  await fill('Name', 'Half typed');
  act({ type: 'command', id: 'list.search' });
  await expect.element(capture).not.toBeInTheDocument();
  await expect.element(page.getByText('1 unsaved contact')).toBeVisible();
  act({ type: 'capture', fields: { name: 'From a link' } });
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('Half typed');
  await fill('Company', 'Quay 7');
  await expect.poll(() => made.bridge.inputs('draft.save').at(-1))
    .toMatchObject({ key: 'capture', values: { mine: { name: 'Half typed', company: 'Quay 7' } } });
});

test('what was typed before a crash is there when the dialog is opened again, and gone once it is saved', async () => {
  const draft = { key: 'capture', baseRev: null, values: { text: '', mine: { name: 'Half typed', phone: 7 } }, updatedAt: '2026-11-23T14:05:00.000Z' };
  const made = book({ 'draft.list': () => [draft], 'contact.create': () => made.rows.get(idOf(1)) as never });
  await openWindow(made);
  await page.getByRole('button', { name: '1 unsaved contact' }).click();
  await page.getByRole('button', { name: /^Half typed/ }).click();
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('Half typed');
  await expect.element(capture.getByRole('textbox', { name: 'Phone' })).toHaveValue('');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => made.bridge.inputs('draft.discard')).toEqual([{ key: 'capture' }]);
});

test('a refused field says why, with the cursor in it, and nothing typed is lost', async () => {
  const made = book({ 'contact.create': () => Promise.reject(invalidField('primaryEmail', 'must be an email')) });
  await openWindow(made);
  await userEvent.keyboard('c');
  await fill('Name', 'Ann');
  await fill('E-mail', 'ann@');
  await capture.getByRole('button', { name: /^Save(?! and)/ }).click();
  await expect.element(capture.getByText('This is not an e-mail address.', { exact: false })).toBeVisible();
  await expect.element(capture.getByRole('textbox', { name: 'E-mail' })).toHaveFocus();
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('Ann');
});

test('a caller is found by the last digits and opened with Enter', async () => {
  const made = book();
  await openWindow(made);
  await userEvent.keyboard('w');
  await userEvent.keyboard('45 67');
  await expect.element(caller.getByRole('button', { name: /4567/ })).not.toBeInTheDocument();
  await caller.getByRole('textbox', { name: 'Number' }).fill('+351 21 1234567');
  await expect.element(caller.getByText('123 4567', { exact: false })).toBeVisible();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.element(pane.getByRole('heading', { level: 2 })).toHaveTextContent(made.rows.get(idOf(1))?.name ?? '');
});

test('an unknown number becomes a new contact, and a refusal is told', async () => {
  await openWindow(book());
  await userEvent.keyboard('w');
  await caller.getByRole('textbox', { name: 'Number' }).fill('0000 0000');
  await caller.getByRole('button', { name: 'New contact with this number' }).click();
  await expect.element(capture.getByRole('textbox', { name: 'Phone' })).toHaveValue('0000 0000');
});

test('a host that does not answer is told in the dialog', async () => {
  await openWindow(book({ 'contact.caller': () => Promise.reject(new AppError('unavailable', 'Fieldbook is not answering.')) }));
  await userEvent.keyboard('w');
  await caller.getByRole('textbox', { name: 'Number' }).fill('12345');
  await expect.element(caller.getByText('Fieldbook is not answering.')).toBeVisible();
});

test('a file dropped anywhere opens the import with it, and the drop is announced while it hovers', async () => {
  const made = book({
    'import.stage': ({ name }) => ({ id: idOf(9), name, size: 10, format: 'vcf' }),
  });
  await openWindow(made);
  const files = new DataTransfer();
  files.items.add(new File(['BEGIN:VCARD'], 'ann.vcf', { type: 'text/vcard' }));
  const drag = (type: string) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
  drag('dragover');
  await expect.element(page.getByText('Drop to see what would be imported')).toBeVisible();
  drag('drop');
  await expect.element(page.getByRole('heading', { name: 'Import' })).toBeVisible();
  await expect.poll(() => made.bridge.inputs('import.stage')).toEqual([{ name: 'ann.vcf' }]);
  await expect.element(page.getByText('Drop to see what would be imported')).not.toBeInTheDocument();
});

test('in a browser there is no menu, no drag and no command that only the desktop can do', async () => {
  await openWindow(book());
  expect(document.querySelector('[draggable=true]')).toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByPlaceholder('Find a command or a contact…')).toHaveFocus();
  await userEvent.keyboard('as pdf');
  await expect.element(page.getByText('Nothing found')).toBeVisible();
});

test('the desktop’s menu on a contact does what was chosen, and a row is dragged out as a file', async () => {
  const { asked, book: made } = withDesktop(book());
  await openWindow(made);
  const [name = ''] = names();
  await row(name).click({ button: 'right' });
  await expect.element(page.getByRole('form', { name: 'Edit contact' })).toBeVisible();
  const [, menu] = asked;
  const ids = menu?.kind === 'menu' ? menu.items.map((item) => (item === 'separator' ? '-' : item.id)) : [];
  expect(ids).toEqual(expect.arrayContaining(['open', 'edit', 'delete']));
  document.querySelector('[data-index="2"]')?.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true }));
  await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'drag', ids: [expect.any(String)] });
});

test('links, menus and opened files of the desktop reach the right place', async () => {
  const { asked, act, book: made } = withDesktop(book());
  await openWindow(made);
  expect(asked).toEqual([{ kind: 'ready' }]);
  act({ type: 'openContact', id: idOf(1) });
  await expect.element(pane.getByRole('heading', { level: 2 })).toHaveTextContent(made.rows.get(idOf(1))?.name ?? '');
  act({ type: 'command', id: 'go.settings' });
  await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  act({ type: 'command', id: 'list.search' });
  await expect.element(page.getByRole('searchbox')).toHaveFocus();
  act({ type: 'import', file: { id: idOf(9), name: 'opened.vcf', size: 10, format: 'vcf' } });
  await expect.element(page.getByText('opened.vcf').first()).toBeVisible();
  act({ type: 'problem', message: 'Fieldbook cannot open this link.' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('Fieldbook cannot open this link.');
  act({ type: 'capture', fields: { name: 'From a link' } });
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('From a link');
  act({ type: 'capture', text: signature });
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('From a link');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Start over with the new one' }).click();
  await expect.element(capture.getByRole('textbox', { name: 'Name' })).toHaveValue('Niamh O’Brien');
});
