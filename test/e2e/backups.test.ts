import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, createDesktopApp, type DesktopApp } from './desktop-app.ts';

let desktop: DesktopApp;
beforeEach(() => {
  desktop = createDesktopApp();
});
afterEach(() => desktop.remove());

test('a backup is made and restored in the settings of the built application, whose window stays open', async () => {
  const page = await desktop.launch();
  await call(page, 'contact.create', { name: 'Kept in the backup' });
  await page.getByText('Settings').first().click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByText('manual').waitFor();
  expect(readdirSync(join(desktop.dataDir, 'backups'))).toHaveLength(1);

  await call(page, 'contact.create', { name: 'Added after it' });
  await page.getByRole('button', { name: /^Restore the backup/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('the book before another was restored').waitFor();
  await page.getByText('All contacts').first().click();
  await page.getByText('Kept in the backup').first().waitFor();
  expect(await page.getByText('Added after it').count()).toBe(0);

  await desktop.quit();
  const again = await desktop.launch();
  expect(await call(again, 'contact.count', {})).toBe(1);
});
