import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { emptyFilter } from '../../renderer/app/app-store.ts';
import { ExportDialog } from '../../renderer/import/export-dialog.tsx';
import { ImportProgressChip } from '../../renderer/import/import-progress-chip.tsx';
import { ImportScreen } from '../../renderer/import/import-screen.tsx';
import { formBridge, type Answers } from './support/form-bridge.ts';
import { importBook, importId, importReport, staged } from './support/import-book.ts';
import { show } from './support/show.tsx';

function openImport(more: Answers = {}) {
  const bridge = formBridge(importBook(more));
  show(bridge, <ImportScreen />);
  return bridge;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const csv = (name = 'people.csv') => new File(['First Name\nZoë\n'], name, { type: 'text/csv' });

async function choose(file: File): Promise<void> {
  await expect.element(button('Choose a file…')).toBeVisible();
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const zone = page.getByRole('region', { name: 'Choose a file' }).element();
  zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
}

async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

describe('importing a file', () => {
  test('goes from a dropped file over its columns and a preview to the contacts, and back', async () => {
    const bridge = openImport();
    await expectAccessible();
    await choose(csv());
    await expect.element(page.getByText(/from Google Contacts; 5 columns separated by comma/)).toBeVisible();
    await expect.element(page.getByText(/kept with the contact\.$/)).toBeVisible();
    await page.getByRole('button', { name: 'Show them' }).click();
    await expect.element(page.getByText('1990-02-01')).toBeVisible();
    await expectAccessible();
    await page.getByLabelText('Field for Birthday').selectOptions('Notes');
    await page.getByLabelText('Phone', { exact: true }).click();
    await button('Preview').click();

    await expect.element(page.getByText('What will happen with people.csv')).toBeVisible();
    expect(bridge.inputs('import.run')).toEqual([
      { id: importId, match: 'phone', dryRun: true, mapping: { ...staged.csv?.mapping, Birthday: 'notes' } },
    ]);
    await expect.element(page.getByText('zoe@example.org · +46 70 123 45 67 · Malmö').first()).toBeVisible();
    await expectAccessible();
    await page.getByText('Update 37').click();
    await expect.element(page.getByText('030 1234').first()).toBeVisible();
    await page.getByText('Error 5').click();
    await expect.element(page.getByText('E-mail 1 - Value: "bo@" must be an email').first()).toBeVisible();

    await button('Import 449 contacts').click();
    await expect.element(page.getByText('Imported 449 contacts')).toBeVisible();
    await expect.element(page.getByText('people.csv: 412 new, 37 updated, 18 unchanged, 5 failed.')).toBeVisible();
    await button('Download failed rows').click();
    await expect.poll(() => bridge.inputs('import.failures')).toEqual([{ id: importId }]);
    await button('Undo import').click();
    await expect.element(page.getByText(/^Undone: new contacts are in the trash/)).toBeVisible();
  });

  test('draws only the visible rows of a preview', async () => {
    openImport();
    await choose(csv());
    await button('Preview').click();
    await expect.element(page.getByText('Zoë Ångström').first()).toBeVisible();
    expect(document.querySelectorAll('[data-index]').length).toBeLessThan(60);
  });

  test('shows how far a long import is, and lets it be cancelled', async () => {
    const running = importReport({ dryRun: false, status: 'running', processed: 100 });
    const bridge = formBridge(importBook({
      'import.run': ({ dryRun }) => (dryRun === true ? importReport() : running),
    }));
    show(bridge, <ImportScreen />);
    await choose(csv());
    await button('Preview').click();
    await button('Import 449 contacts').click();
    await expect.element(page.getByText(/^100 of 472 rows/)).toBeVisible();
    bridge.announce({ type: 'import', report: { ...running, processed: 300 } });
    await expect.element(page.getByText(/^300 of 472 rows/)).toBeVisible();
    await expect.element(page.getByRole('progressbar', { name: 'Importing' })).toHaveAttribute('aria-valuenow', expect.stringMatching(/^63/));
    await button('Cancel').click();
    await expect.element(page.getByText('Cancelled: your book is as it was before')).toBeVisible();
  });

  test('shows a running import in the status line while another page is open', async () => {
    const running = importReport({ dryRun: false, status: 'running', processed: 118 });
    let now = running;
    const bridge = formBridge(importBook({ 'import.list': () => ({ items: [now], total: 1 }) }));
    show(bridge, <ImportProgressChip onOpen={() => undefined} />);
    await expect.element(button(/Importing people.csv 25%/)).toBeVisible();
    now = { ...running, status: 'done' };
    bridge.announce({ type: 'import', report: now });
    await expect.element(button(/Importing/)).not.toBeInTheDocument();
  });

  test.each([
    ['photo.png', 'x', '“photo.png” is not a CSV, vCard or JSON file (.csv, .tsv, .txt, .vcf, .vcard, .json).'],
    ['empty.csv', '', '“empty.csv” is empty.'],
  ])('refuses %s at once, and says why', async (name, content, message) => {
    const bridge = openImport();
    await choose(new File([content], name));
    await expect.element(page.getByText(message)).toBeVisible();
    expect(bridge.inputs('import.stage')).toEqual([]);
  });

  test('says why a file cannot be read', async () => {
    openImport({ 'import.stage': () => Promise.reject(new Error('broken')) });
    await choose(csv());
    await expect.element(page.getByText(/“people.csv” cannot be read/)).toBeVisible();
    await expect.element(button('Choose a file…')).toBeVisible();
  });

  test('lists earlier imports, each to be undone', async () => {
    const done = importReport({ dryRun: false });
    const bridge = openImport({ 'import.list': () => ({ items: [done], total: 1 }) });
    await expect.element(page.getByText('Imported: 412 new, 37 updated, 18 unchanged, 5 failed')).toBeVisible();
    await expectAccessible();
    await button('Undo').click();
    await expect.poll(() => bridge.inputs('import.undo')).toEqual([{ id: importId }]);
  });
});

describe('exporting', () => {
  const filter = { ...emptyFilter, query: 'zoe', types: ['CLIENT' as const] };

  test('saves what the list shows, in the chosen format', async () => {
    const bridge = formBridge(importBook({ 'contact.export': () => true }));
    show(bridge, <ExportDialog ids={[]} filter={filter} onClose={() => undefined} />);
    await page.getByLabelText('vCard 4.0').click();
    await expectAccessible();
    await button('Export').click();
    await expect.poll(() => bridge.inputs('contact.export')).toEqual([
      { format: 'vcf', version: '4.0', q: 'zoe', contactType: 'CLIENT' },
    ]);
  });

  test('saves the chosen contacts by keyboard alone', async () => {
    const bridge = formBridge(importBook({ 'contact.export': () => true }));
    show(bridge, <ExportDialog ids={[importId]} filter={filter} onClose={() => undefined} />);
    await expect.element(button('Export')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bridge.inputs('contact.export')).toEqual([{ format: 'csv', ids: [importId] }]);
  });
});
