import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import electron from 'electron';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, createDesktopApp, type DesktopApp } from './desktop-app.ts';

/* What the desktop does around the windows of the built application. */

declare global {
  var shownMenus: Electron.Menu[];
  var draggedFile: string;
  var shownNotices: string[];
}

let desktop: DesktopApp;
let folder: string;
beforeEach(() => {
  desktop = createDesktopApp();
  folder = dirname(desktop.env['FIELDBOOK_DATA_DIR'] ?? '');
});
afterEach(() => desktop.remove());

const signature = 'Niamh O’Brien, Sales Director\nHarbour Supplies Ltd\nT +44 20 7946 0958\nniamh@harbour.example';

async function create(page: Page, contact: object): Promise<string> {
  const { id } = (await call(page, 'contact.create', contact)) as { id: string };
  return id;
}

/** Clicks an item of the menu bar, by the id it has there. */
function clickMenu(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, itemId) => {
    Menu.getApplicationMenu()?.getMenuItemById(itemId)?.click();
  }, id);
}

/** Keeps menus that pop up instead of showing them, so that a test can choose from them. */
function keepMenus(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ Menu }) => {
    globalThis.shownMenus = [];
    Menu.prototype.popup = function popup(this: Electron.Menu) {
      globalThis.shownMenus.push(this);
    };
  });
}

/** Starts the program a second time with more arguments, as the desktop does for a link or a file. */
async function startAgain(...more: string[]): Promise<void> {
  const second = spawn(electron as unknown as string, [...desktop.args, ...more], { env: desktop.env, stdio: 'ignore' });
  await new Promise((resolve) => second.once('exit', resolve));
}

test('a link opens its contact, at the start of the program and while it runs', async () => {
  const id = await create(await desktop.launch(), { name: 'Ann Lee' });
  const other = await create(desktop.electron().windows()[0] as Page, { name: 'Rosa Costa' });
  await desktop.quit();
  desktop.args.push(`fieldbook://contact/${id}`);
  const page = await desktop.launch();
  await page.getByRole('heading', { name: 'Ann Lee' }).waitFor();

  desktop.args.pop();
  await startAgain(`fieldbook://contact/${other}`);
  await page.getByRole('heading', { name: 'Rosa Costa' }).waitFor();
  expect(desktop.electron().windows().length).toBe(1);
});

test('a link fills in a new contact and saves nothing; a bad one is refused in words', async () => {
  const page = await desktop.launch();
  await startAgain('fieldbook://new?name=Zo%C3%AB+%C3%85ngstr%C3%B6m&phone=%2B46701234567');
  const form = page.getByRole('dialog', { name: 'Quick capture' });
  await expect.poll(() => form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Zoë Ångström');
  expect(await call(page, 'contact.count', {})).toBe(0);
  await form.getByRole('button', { name: /^Save(?! and)/ }).click();
  await page.getByRole('heading', { name: 'Zoë Ångström' }).waitFor();
  expect(await call(page, 'contact.count', {})).toBe(1);

  await startAgain('fieldbook://delete?all=true');
  await page.getByRole('alert').filter({ hasText: 'cannot open this link' }).waitFor();
  expect(await call(page, 'contact.count', {})).toBe(1);
});

test('a file opened with the program is shown by the import screen, and nothing is imported yet', async () => {
  const file = join(folder, 'from the desktop.vcf');
  writeFileSync(file, 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEND:VCARD\r\n');
  const page = await desktop.launch();
  await startAgain(file);
  await page.getByText('from the desktop.vcf').first().waitFor();
  expect(await call(page, 'contact.count', {})).toBe(0);
  await startAgain(join(folder, 'not there.vcf'));
  await page.getByRole('alert').filter({ hasText: 'not there.vcf' }).waitFor();
});

test('a file dropped on the window is shown by the import screen, and the page stays', async () => {
  const page = await desktop.launch();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['name,email\nAnn Lee,ann@quay7.example\n'], 'dropped.csv', { type: 'text/csv' }));
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  await page.getByText('dropped.csv').first().waitFor();
  expect(await call(page, 'contact.count', {})).toBe(0);
});

test('the menu bar runs the window’s commands, and opens more windows', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  await clickMenu(app, 'go.settings');
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  await clickMenu(app, 'contact.caller');
  await page.getByRole('dialog', { name: 'Who is calling?' }).waitFor();

  const opened = app.waitForEvent('window');
  await clickMenu(app, 'app.new-window');
  const second = await opened;
  await second.getByText('All contacts').first().waitFor();
  await create(page, { name: 'Seen in both' });
  await second.getByText('Seen in both').first().waitFor();
  // A command goes to the window that was used last.
  await clickMenu(app, 'go.imports');
  await second.getByRole('heading', { name: 'Import' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Import' }).count()).toBe(0);
});

test('the tray searches from any page, and its menu is drawn anew when the desktop turns dark', async () => {
  const page = await desktop.launch();
  await create(page, { name: 'Ann Lee' });
  const app = desktop.electron();
  await clickMenu(app, 'go.settings');
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  const labels = await app.evaluate(({ Tray, nativeTheme }) => {
    globalThis.shownMenus = [];
    Tray.prototype.setContextMenu = (menu) => {
      if (menu) globalThis.shownMenus.push(menu);
    };
    nativeTheme.emit('updated');
    const [menu] = globalThis.shownMenus;
    menu?.getMenuItemById('search')?.click();
    return menu?.items.map((item) => item.label).filter((label) => label !== '');
  });
  expect(labels).toEqual(['Open Fieldbook', 'Search…', 'Who is calling?', 'Quick capture', 'Quit']);
  await page.getByRole('searchbox').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search contacts');
});

test('a key pressed in another program reads a copied signature into a form, and leaves a copied password alone', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  // Taken anew, so that what the keys do can be seen; given back when they are turned off.
  const press = (copied: string) =>
    app.evaluate(async ({ clipboard, globalShortcut, Menu }, text) => {
      await clipboard.writeText(text);
      let pressed: (() => void) | undefined;
      globalShortcut.register = (key: string, callback: () => void) => {
        if (key.endsWith('Y')) pressed = callback;
        return true;
      };
      const item = Menu.getApplicationMenu()?.getMenuItemById('global-shortcuts');
      item?.click();
      item?.click();
      pressed?.();
    }, copied);
  const form = page.getByRole('dialog', { name: 'Quick capture' });

  await press('hunter2 is my password');
  await form.waitFor();
  expect(await form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
  expect(await form.getByRole('textbox', { name: /^Paste/ }).inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await expect.poll(() => form.count()).toBe(0);

  await press(signature);
  await expect.poll(() => form.getByRole('textbox', { name: 'Company' }).inputValue()).toBe('Harbour Supplies Ltd');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Niamh O’Brien' }).waitFor();
});

test('a contact’s own menu edits it; a field’s menu has cut, copy and paste', async () => {
  const page = await desktop.launch();
  await create(page, { name: 'Ann Lee', primaryPhone: '+351 21 123 4567', primaryEmail: 'ann@quay7.example' });
  const app = desktop.electron();
  await keepMenus(app);
  await page.getByRole('row', { name: /Ann Lee/ }).click({ button: 'right' });
  const labelsOf = () => app.evaluate(() => globalThis.shownMenus.at(-1)?.items.map((item) => item.label || item.role || '-'));
  await expect.poll(labelsOf).toContain('Call +351 21 123 4567');
  await app.evaluate(() => globalThis.shownMenus.at(-1)?.getMenuItemById('edit')?.click());
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.waitFor();
  await name.click({ button: 'right' });
  await expect.poll(async () => (await labelsOf())?.map((label) => label.toLowerCase())).toContain('paste');
});

test('a contact is dragged out as a vCard', async () => {
  const page = await desktop.launch();
  await create(page, { name: 'Ann: Lee/Quay', primaryPhone: '+351 21 123 4567' });
  const app = desktop.electron();
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.startDrag = ({ file }) => {
      globalThis.draggedFile = file;
    };
  });
  await page.getByRole('row', { name: /Ann: Lee/ }).dispatchEvent('dragstart');
  await expect.poll(() => app.evaluate(() => globalThis.draggedFile)).toMatch(/Ann Lee Quay\.vcf$/);
  const file = await app.evaluate(() => globalThis.draggedFile);
  expect(readFileSync(file, 'utf8')).toContain('FN:Ann: Lee/Quay');
  await desktop.quit();
  expect(existsSync(file)).toBe(false);
});

test('the list and one contact are saved as PDF files', async () => {
  const page = await desktop.launch();
  await call(page, 'book.seed', { contacts: 120 });
  const id = await create(page, { name: 'Ann Lee', notes: 'Met at the boat fair.' });
  const app = desktop.electron();
  const saveAs = (file: string) =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
  const pagesOf = (file: string) => readFileSync(file, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

  const list = join(folder, 'list.pdf');
  await saveAs(list);
  await clickMenu(app, 'app.pdf');
  await page.getByText('The PDF is saved').first().waitFor();
  expect(readFileSync(list, 'latin1').slice(0, 5)).toBe('%PDF-');
  expect(pagesOf(list)).toBeGreaterThan(2);

  const one = join(folder, 'one.pdf');
  await saveAs(one);
  await startAgain(`fieldbook://contact/${id}`);
  await page.getByRole('heading', { name: 'Ann Lee' }).waitFor();
  await clickMenu(app, 'app.pdf');
  await expect.poll(() => existsSync(one)).toBe(true);
  expect(pagesOf(one)).toBe(1);
  // The sheet is gone from the page again.
  await expect.poll(() => page.locator('body > [aria-hidden] h1').count()).toBe(0);
});

test('a window opens where it was, and on a display that is there', async () => {
  await desktop.launch();
  const place = { x: 120, y: 90, width: 900, height: 620 };
  await desktop.electron().evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await desktop.quit();
  await desktop.launch();
  const bounds = () => desktop.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(await bounds()).toEqual(place);

  await desktop.quit();
  const file = join(folder, 'book', 'desktop.json');
  writeFileSync(file, JSON.stringify({ window: { x: 9000, y: 9000, width: 900, height: 620, maximized: false } }));
  await desktop.launch();
  const { x = 0, y = 0 } = (await bounds()) ?? {};
  expect([x < 1920, y < 1080]).toEqual([true, true]);
});

test('no dictionary is fetched before a person agreed to it', async () => {
  await desktop.launch();
  const app = desktop.electron();
  const enabled = () => app.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  const answer = (response: number) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showMessageBox = async () => ({ response: chosen, checkboxChecked: false });
    }, response);
  expect(await enabled()).toBe(false);
  await answer(1);
  await clickMenu(app, 'spelling.de');
  expect(await enabled()).toBe(false);
  await answer(0);
  await clickMenu(app, 'spelling.de');
  await expect.poll(enabled).toBe(true);
  expect(await app.evaluate(({ session }) => session.defaultSession.getSpellCheckerLanguages())).toEqual(['de']);
});
