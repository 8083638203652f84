import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { SafeModeNotice } from '../../renderer/app/safe-mode-notice.tsx';
import { AboutSection } from '../../renderer/settings/about-section.tsx';
import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import { AppError } from '../../shared/errors.ts';
import { formBridge } from './support/form-bridge.ts';
import { importBook } from './support/import-book.ts';
import { show } from './support/show.tsx';

const info: HostInfo = {
  version: '1.0.0', sqliteVersion: '3.54.1', dataDir: '/home/ann/Fieldbook', tenantId: 't', organizationId: 'o', userId: 'u',
  apiUrl: null, apiError: null, safeMode: true, contacts: 7, trashed: 0,
};

test.each(['light', 'dark'] as const)('safe mode is said in every screen, readable by everyone, %s', async (theme) => {
  const settings: Settings = { apiEnabled: true, apiPort: 4780, theme, phoneRegion: 'PT', updates: 'off' };
  show(formBridge(importBook({ 'host.info': () => info, 'settings.get': () => settings })), <SafeModeNotice />);
  await expect.element(page.getByText(/contacts are all here; the local API and sync are off/)).toBeVisible();
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('without safe mode nothing is said of it', async () => {
  show(formBridge(importBook({ 'host.info': () => ({ ...info, safeMode: false }) })), <><SafeModeNotice /><p>The book</p></>);
  await expect.element(page.getByText('The book')).toBeVisible();
  expect(page.getByRole('status').elements()).toEqual([]);
});

test('diagnostics that cannot be saved say why', async () => {
  const bridge = formBridge(importBook({
    'host.diagnostics': () => {
      throw new AppError('diskFull', 'The disk is full.');
    },
  }));
  show(bridge, <AboutSection info={info} />);
  await page.getByRole('button', { name: 'Save diagnostics…' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
});
