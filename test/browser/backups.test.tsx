import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../shared/errors.ts';
import type { Backup, Notice } from '../../shared/operations/backups.ts';
import type { Settings } from '../../shared/operations/book.ts';
import { DataNotices } from '../../renderer/app/data-notices.tsx';
import { SettingsScreen } from '../../renderer/settings/settings-screen.tsx';
import { formBridge, type Answers } from './support/form-bridge.ts';
import { importBook } from './support/import-book.ts';
import { show } from './support/show.tsx';
import { violations } from './support/window.tsx';

const backup = (number: number, changes: Partial<Backup> = {}): Backup => ({
  id: `00000${number}`, madeAt: `2026-11-${String(number).padStart(2, '0')}T09:00:00Z`, kind: 'daily', bytes: 3_400_000, contacts: 1200 + number, ...changes,
});

function open(more: Answers = {}, theme: Settings['theme'] = 'light') {
  const world = { backups: [backup(9), backup(8, { kind: 'manual' }), backup(7, { contacts: null }), ...[6, 5, 4, 3].map((day) => backup(day))] };
  const bridge = formBridge(importBook({
    'settings.get': () => ({ apiEnabled: true, apiPort: 4780, theme, phoneRegion: 'PT', updates: 'off' }),
    'token.list': () => ({ items: [], total: 0 }),
    'backup.list': () => ({ items: world.backups, total: world.backups.length }),
    'backup.make': () => {
      const made = backup(23, { kind: 'manual' });
      world.backups = [made, ...world.backups];
      queueMicrotask(() => bridge.announce({ type: 'backups' }));
      return made;
    },
    'backup.restore': () => ({ contacts: 1208, trashed: 0 }),
    'profile.export': () => true,
    'profile.restore': () => ({ contacts: 77, trashed: 1 }),
    ...more,
  }));
  return { bridge, world };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const dialog = page.getByRole('dialog');

describe('backups', () => {
  test('are listed newest first, with what is in them, the older ones folded away', async () => {
    const { bridge } = open();
    show(bridge, <SettingsScreen />);
    await expect.element(page.getByText('1,209 contacts, 3.4 MB')).toBeVisible();
    await expect.element(page.getByText('1,203 contacts, 3.4 MB')).not.toBeVisible();
    await page.getByText('2 older').click();
    await expect.element(page.getByText('1,203 contacts, 3.4 MB')).toBeVisible();
  });

  test('can be made at any time, and a failure says why', async () => {
    const full = new AppError('diskFull', 'The disk is full. Nothing was changed; free some space and try again.');
    const { bridge } = open({ 'backup.make': () => Promise.reject(full) });
    show(bridge, <SettingsScreen />);
    await button('Back up now').click();
    await expect.element(page.getByText(full.message)).toBeVisible();
  });

  test('that are made appear at once', async () => {
    const { bridge } = open();
    show(bridge, <SettingsScreen />);
    await button('Back up now').click();
    await expect.element(page.getByText('1,223 contacts, 3.4 MB')).toBeVisible();
  });

  test('are restored after a question, and one that cannot be read is not offered', async () => {
    const { bridge } = open();
    show(bridge, <SettingsScreen />);
    const restores = page.getByRole('button', { name: /^Restore the backup/ });
    await expect.element(restores.nth(2)).toBeDisabled();
    await restores.nth(1).click();
    await expect.element(dialog.getByText(/becomes a backup, so you can come back/)).toBeVisible();
    expect(bridge.inputs('backup.restore')).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect.poll(() => bridge.inputs('backup.restore')).toEqual([{ id: '000008' }]);
    await expect.element(page.getByText(/^Restored 1,208 contacts of/)).toBeVisible();
  });

  test('can be a file: saved, and restored after a question', async () => {
    const { bridge } = open();
    show(bridge, <SettingsScreen />);
    await button('Save as a file…').click();
    await expect.poll(() => bridge.inputs('profile.export')).toEqual([{}]);
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a book'], 'mine.fieldbook'));
    if (!input) throw new Error('no file input');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect.element(page.getByText('Restored 77 contacts from mine.fieldbook')).toBeVisible();
  });

  test.each(['light', 'dark'] as const)('have no accessibility violation, %s', async (theme) => {
    const { bridge } = open({}, theme);
    show(bridge, <SettingsScreen />);
    await expect.element(page.getByText('1,209 contacts, 3.4 MB')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

const notice = (changes: Partial<Notice>): Notice => ({ id: 'n', kind: 'lowDisk', title: 'The disk is nearly full', message: 'Free some space.', hasReport: false, ...changes });

describe('notices about the data', () => {
  test('stay until they are dismissed', async () => {
    let items = [notice({})];
    const { bridge } = open({
      'notice.list': () => ({ items, total: items.length }),
      'notice.dismiss': () => {
        items = [];
        queueMicrotask(() => bridge.announce({ type: 'notices' }));
        return null;
      },
    });
    show(bridge, <DataNotices />);
    await expect.element(page.getByText('The disk is nearly full')).toBeVisible();
    await button('Dismiss').click();
    await expect.element(page.getByText('The disk is nearly full')).not.toBeInTheDocument();
  });

  test.each(['light', 'dark'] as const)('of a repair lead to the report of what is missing, %s', async (theme) => {
    const recovered = notice({ id: 'recovered:x', kind: 'recovered', title: 'The address book was repaired', message: '38 contacts could be saved; 2 contacts could not be read.', hasReport: true });
    const { bridge } = open({
      'notice.list': () => ({ items: [recovered], total: 1 }),
      'notice.report': () => ({ text: 'In the backup, but not in what could be read:\n  Zoë Ångström\n  山田 太郎' }),
    }, theme);
    show(bridge, <DataNotices />);
    await button('Read the report').click();
    await expect.element(dialog.getByText(/山田 太郎/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('of damage cannot be dismissed, only repaired', async () => {
    let items = [notice({ id: 'damaged', kind: 'damaged', title: 'The address book is damaged', message: 'Nothing is saved until it is repaired.' })];
    const { bridge } = open({
      'notice.list': () => ({ items, total: items.length }),
      'book.repair': () => {
        items = [];
        queueMicrotask(() => bridge.announce({ type: 'bulk' }));
        return null;
      },
    });
    show(bridge, <DataNotices />);
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(button('Dismiss')).not.toBeInTheDocument();
    await button('Repair now').click();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });
});
