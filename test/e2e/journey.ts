import { expect } from 'vitest';
import type { Page } from 'playwright-core';

const googleCsv = [
  '\uFEFFFirst Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City,Birthday',
  'Zoë,Ångström,Nordlicht AB,Friends ::: * myContacts,Work,zoe@nordlicht.example,Mobile,+46 70 123 45 67,Umeå,1980-02-01',
  'Jörg,Müller,,Friends,Home,joerg@mueller.example,Work,0171 2345678,Köln,',
  'Bad,Address,,,Work,not-an-address,,,,',
].join('\r\n');

/**
 * What a person does on the first day: imports the address book they have, finds, edits, deletes and restores a
 * contact, and takes the import back. The same in the desktop window and in a browser.
 */
export async function firstDay(page: Page): Promise<void> {
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  await page.getByRole('heading', { name: 'Your book is empty' }).waitFor();

  await page.getByText('Import', { exact: true }).first().click();
  await page.locator('input[type=file]').first().setInputFiles({ name: 'google.csv', mimeType: 'text/csv', buffer: Buffer.from(googleCsv) });
  await page.getByText(/from Google Contacts/).first().waitFor();
  await button(/preview/i).click();
  await page.getByText('What will happen with google.csv').waitFor();
  await button(/^Import 2 contacts/).click();
  await page.getByText(/2 new.*1 failed/).first().waitFor();

  await page.getByText('All contacts').first().click();
  await page.keyboard.press('/');
  await page.keyboard.type('0171 23');
  await page.getByRole('row', { name: /Jörg Müller/ }).waitFor();
  await expect.poll(() => page.getByRole('row', { name: /Zoë/ }).count()).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('angstrom');
  await page.getByRole('row', { name: /Zoë Ångström/ }).click();
  await page.getByText('1980-02-01').first().waitFor(); // what has no column is kept and shown

  await button('Edit').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Zoë Lindqvist');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: 'Zoë Lindqvist' }).waitFor();

  await button(/^Delete/).click();
  await expect.poll(() => page.getByRole('row', { name: /Zoë/ }).count()).toBe(0);
  await page.getByText('Trash', { exact: true }).first().click();
  await page.getByRole('row', { name: /Zoë Lindqvist/ }).click();
  await button(/^Restore/).click();
  await page.getByText('All contacts').first().click();
  await page.getByRole('row', { name: /Zoë Lindqvist/ }).waitFor();
}
