import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../shared/errors.ts';
import { ContactForm } from '../../renderer/contact-form/contact-form.tsx';
import { formBridge, type Answers } from './support/form-bridge.ts';
import { ann, annId, formBook, tag } from './support/form-book.ts';
import { show } from './support/show.tsx';

function openForm(contactKey: string, more: Answers = {}, contact = contactKey === 'new' ? null : ann()) {
  const { book, answers } = formBook(contact);
  const bridge = formBridge({ ...answers, ...more });
  const onClose = vi.fn<(savedId?: string) => void>();
  show(bridge, <ContactForm contactKey={contactKey} onClose={onClose} />);
  return { book, bridge, onClose };
}

const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('the form', () => {
  test('edits a contact and sends only what was changed, on top of the revision it read', async () => {
    const { bridge, onClose } = openForm(annId);
    await field('Phone').fill('+351 912 345 678');
    await field('City').fill('Porto');
    await page.getByRole('combobox', { name: 'Tags' }).fill('Supp');
    await page.getByRole('option', { name: 'Supplier' }).click();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls).toEqual([[annId]]);
    expect(bridge.inputs('contact.update')).toEqual([{
      id: annId,
      ifMatch: '"3"',
      primaryPhone: '+351 912 345 678',
      contact: { city: 'Porto' },
      tags: [{ id: '30000000-0000-4000-8000-000000000001' }, { id: '30000000-0000-4000-8000-000000000002' }],
    }]);
  });

  test('edits company, job title and further details in the card they came with, and nothing else of it', async () => {
    const properties = [
      { name: 'ORG', params: [['LANGUAGE', ['en']]], value: 'Quay 7;Research' },
      { name: 'EMAIL', params: [], value: 'ann@lee.example' },
      { group: 'item1', name: 'TEL', params: [['TYPE', ['work']]], value: '+351 1' },
      { name: 'X-PET', params: [], value: 'Cat' },
    ];
    const { bridge, onClose } = openForm(annId, {}, ann({ extra: { vcard: { version: '3.0', properties } } }));
    await field('Company').fill('Pier 9');
    await field('Job title').fill('Head of boats');
    await button('Add e-mail').click();
    await expect.element(field('Further e-mail')).toHaveFocus();
    await userEvent.keyboard('ann@home.example');
    await field('Label').fill('home');
    await button('Remove Pet').click();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('contact.update')).toEqual([{
      id: annId, ifMatch: '"3"',
      extra: {
        vcard: {
          version: '3.0',
          properties: [
            { name: 'ORG', params: [['LANGUAGE', ['en']]], value: 'Pier 9;Research' }, ...properties.slice(1, 3),
            { name: 'TITLE', params: [], value: 'Head of boats' },
            { name: 'EMAIL', params: [['TYPE', ['home']]], value: 'ann@home.example' },
          ],
        },
      },
    }]);
  });

  test('sends a first e-mail to the contact’s own field, and warns of a phone without a digit without refusing it', async () => {
    const { bridge, onClose } = openForm('new');
    await field('Name').fill('Ann');
    await button('Add e-mail').click();
    await expect.element(field('E-mail')).toHaveFocus();
    await field('Phone').fill('abc');
    await expect.element(field('Phone')).toHaveAccessibleDescription('There is no digit in it, so it cannot be called.');
    await field('Company').fill('Quay 7');
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('contact.create')).toMatchObject([{ name: 'Ann', primaryPhone: 'abc', extra: { columns: { Company: 'Quay 7' } } }]);
  });

  test('says at once what is wrong with a draft that it brought back', async () => {
    const draft = { key: annId, baseRev: 3, updatedAt: '2026-11-23T14:05:00.000Z', values: { id: annId, base: { primaryEmail: '' }, mine: { primaryEmail: 'ann@' } } };
    openForm(annId, { 'draft.list': () => [draft] });
    await expect.element(field('E-mail')).toHaveAccessibleDescription(/This is not an e-mail address/);
  });

  test('creates a contact by keyboard alone, starting in the name', async () => {
    const { book, onClose } = openForm('new');
    await expect.element(field('Name')).toHaveFocus();
    await userEvent.keyboard('Søren Kierkegaard');
    await userEvent.keyboard('{Control>}s{/Control}');
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(book.contact?.name).toBe('Søren Kierkegaard');
    expect(book.drafts).toEqual([]);
  });

  test('says at the field what is wrong, on leaving it, and goes to the first such field on saving', async () => {
    const { bridge, onClose } = openForm('new');
    await field('E-mail').fill('ann@');
    await userEvent.tab();
    const message = 'This is not an e-mail address. It should look like ann@example.org.';
    await expect.element(page.getByText(message)).toBeVisible();
    await expect.element(field('E-mail')).toHaveAccessibleDescription(message);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Give the contact a name.')).toBeVisible();
    await expect.element(field('Name')).toHaveFocus();
    expect(bridge.inputs('contact.create')).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  test('shows what only the host knows to be wrong at its field', async () => {
    const refuse = () => {
      throw new AppError('invalid', 'no', [{ field: 'contact.country', message: 'contact.country is not known' }]);
    };
    openForm(annId, { 'contact.update': refuse });
    await field('Country').fill('Atlantis');
    await button(/^Save/).click();
    await expect.element(field('Country')).toHaveAccessibleDescription('Country is not known.');
    await expect.element(field('Country')).toHaveFocus();
    await expect.element(field('Country')).toHaveValue('Atlantis');
  });

  test('keeps everything typed when the host cannot save, and says why', async () => {
    const fail = () => {
      throw new AppError('diskFull', 'The disk is full. Nothing was changed; free some space and try again.');
    };
    const { onClose } = openForm(annId, { 'contact.update': fail });
    await field('Name').fill('Ann B. Lee');
    await button(/^Save/).click();
    await expect.element(page.getByRole('alert').filter({ hasText: 'The disk is full.' })).toBeVisible();
    await expect.element(field('Name')).toHaveValue('Ann B. Lee');
    expect(onClose).not.toHaveBeenCalled();
  });

  test('shows how a phone number reads internationally and leaves it as typed', async () => {
    const { bridge } = openForm(annId);
    await field('Phone').fill('21 987 65 43');
    await expect.element(page.getByText('Reads as +351 21 987 6543')).toBeVisible();
    await button(/^Save/).click();
    await expect.poll(() => bridge.inputs('contact.update')[0]?.primaryPhone).toBe('21 987 65 43');
  });

  test('makes a tag in place, with a colour, and puts it on the contact', async () => {
    const { book, bridge, onClose } = openForm(annId);
    await page.getByRole('combobox', { name: 'Tags' }).fill('Winter fair');
    await page.getByRole('option', { name: 'Create “Winter fair”' }).click();
    await expect.element(page.getByRole('combobox', { name: 'Tags' })).toHaveAttribute('aria-description', 'Selected: Harbour, Winter fair');
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(bridge.inputs('tag.create')[0]?.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(book.contact?.tags?.map((tag) => tag.name)).toEqual(['Harbour', 'Winter fair']);
  });

  test('takes with Enter the tag that is typed, new or known, while another one is still being made', async () => {
    let make = (): void => undefined;
    const { book, onClose } = openForm(annId, {
      'tag.create': async ({ name, color }) => {
        await new Promise<void>((resolve) => {
          make = resolve;
        });
        const made = tag(3, name, color);
        book.tags.push(made);
        return made;
      },
    });
    await page.getByRole('combobox', { name: 'Tags' }).click();
    await userEvent.keyboard('Winter fair{Enter}');
    await expect.element(page.getByRole('combobox', { name: 'Tags' })).toHaveValue('');
    await userEvent.keyboard('supp{Enter}');
    make();
    await expect.element(page.getByRole('combobox', { name: 'Tags' }))
      .toHaveAttribute('aria-description', 'Selected: Harbour, Supplier, Winter fair');
    await userEvent.keyboard('{Control>}s{/Control}');
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(book.contact?.tags?.map((tag) => tag.name)).toEqual(['Harbour', 'Supplier', 'Winter fair']);
  });

  test('Esc closes an open list of choices first, and the form next', async () => {
    const { onClose } = openForm(annId);
    await page.getByRole('combobox', { name: 'Members' }).click();
    await expect.element(page.getByRole('option', { name: 'Mia Chen' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('option', { name: 'Mia Chen' })).not.toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  test('gives the contact a pasted picture, refuses one that is too large, and takes it away again', async () => {
    const { book, onClose } = openForm(annId);
    await expect.element(field('Name')).toBeVisible();
    paste(new File([new Uint8Array(6 * 1024 * 1024)], 'big.png', { type: 'image/png' }));
    await expect.element(page.getByText('This picture has 6 MB. It can have up to 5 MB.')).toBeVisible();
    paste(new File([new Uint8Array([1, 2, 3])], 'small.png', { type: 'image/png' }));
    await expect.element(button('Change picture')).toBeVisible();
    await button(/^Save/).click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(book.image).toEqual({ mediaType: 'image/png', base64: 'AQID' });
  });

  test.each(['light', 'dark'] as const)('has no accessibility violation, %s', async (theme) => {
    const settings = { apiEnabled: true, apiPort: 4780, theme, phoneRegion: 'PT', updates: 'off' as const };
    openForm(annId, { 'settings.get': () => settings });
    await field('E-mail').fill('wrong');
    await button(/^Save/).click();
    await expect.element(page.getByText(/This is not an e-mail address/)).toBeVisible();
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});

function paste(file: File): void {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
}
