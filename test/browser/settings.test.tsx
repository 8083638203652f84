import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../shared/errors.ts';
import type { Bridge } from '../../shared/bridge.ts';
import type { Settings, Token } from '../../shared/operations/book.ts';
import { SettingsScreen } from '../../renderer/settings/settings-screen.tsx';
import { formBridge, type Answers } from './support/form-bridge.ts';
import { importBook } from './support/import-book.ts';
import { show } from './support/show.tsx';

const backup: Token = {
  name: 'backup script', permissions: ['ORG_CONTACT_VIEW'], rate: 6000, createdAt: '2026-11-01T08:00:00.000Z',
  expiresAt: null, lastUsedAt: '2026-11-23T03:00:00.000Z', revokedAt: null,
};

function openSettings(more: Answers = {}, theme: Settings['theme'] = 'light', shell: Bridge['shell'] = 'desktop') {
  const world = {
    settings: { apiEnabled: true, apiPort: 4780, theme, phoneRegion: 'PT', updates: 'off' } as Settings,
    tokens: [backup],
  };
  const bridge = formBridge(importBook({
    'settings.get': () => world.settings,
    'settings.update': (changes) => {
      world.settings = { ...world.settings, ...(changes as Partial<Settings>) };
      queueMicrotask(() => bridge.announce({ type: 'settings' }));
      return world.settings;
    },
    'token.list': () => ({ items: world.tokens, total: world.tokens.length }),
    'token.create': ({ name, permissions }) => {
      if (world.tokens.some((token) => token.name === name)) throw new AppError('conflict', 'The name is taken');
      const token: Token = { ...backup, name, permissions, lastUsedAt: null };
      world.tokens = [...world.tokens, token];
      queueMicrotask(() => bridge.announce({ type: 'tokens' }));
      return { ...token, secret: 'fbk_secret-shown-once' };
    },
    'token.revoke': ({ name }) => {
      world.tokens = world.tokens.map((token) => (token.name === name ? { ...token, revokedAt: backup.createdAt } : token));
      queueMicrotask(() => bridge.announce({ type: 'tokens' }));
      return world.tokens.find((token) => token.name === name) ?? backup;
    },
    ...more,
  }));
  show({ ...bridge, shell }, <SettingsScreen />);
  return { world, bridge };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

describe('settings', () => {
  test('take effect as they are chosen', async () => {
    const { world } = openSettings();
    await page.getByText('Dark', { exact: true }).click();
    await expect.poll(() => world.settings.theme).toBe('dark');
    await expect.poll(() => document.documentElement.dataset['mantineColorScheme']).toBe('dark');
    await page.getByLabelText('Let programs on this computer connect').click();
    await expect.poll(() => world.settings.apiEnabled).toBe(false);
  });

  test('the country of phone numbers is found by typing its name', async () => {
    const { world } = openSettings();
    const country = page.getByRole('combobox', { name: 'Country of your phone numbers' });
    await expect.element(country).toHaveValue('Portugal (+351)');
    await country.fill('icelan');
    await page.getByRole('option', { name: 'Iceland (+354)' }).click();
    await expect.poll(() => world.settings.phoneRegion).toBe('IS');
  });

  test('a port that cannot be is refused at its field, and a good one is used', async () => {
    const { world, bridge } = openSettings();
    await page.getByLabelText('Port').fill('70000');
    await button('Use this port').click();
    await expect.element(page.getByText('Enter a whole number between 1 and 65535.')).toBeVisible();
    expect(bridge.inputs('settings.update')).toEqual([]);
    await page.getByLabelText('Port').fill('4790');
    await button('Use this port').click();
    await expect.poll(() => world.settings.apiPort).toBe(4790);
  });

  test('say in a browser window, which comes from the same port, that another one counts from the next start', async () => {
    openSettings({}, 'light', 'browser');
    await expect.element(page.getByText(/another port counts from the next start/)).toBeVisible();
  });

  test('say where the API listens, or why it does not', async () => {
    const info = await importBook()['host.info']?.({}, []);
    if (!info) throw new Error('no info');
    openSettings({ 'host.info': () => ({ ...info, apiUrl: null, apiError: 'Port 4780 is used by another program.' }) });
    await expect.element(page.getByText('Port 4780 is used by another program.')).toBeVisible();
  });

  test('a port that another program has is refused at its field, and the window stays in touch', async () => {
    const message = 'Port 4791 is used by another program.';
    openSettings({ 'settings.update': () => Promise.reject(new AppError('unavailable', message)) });
    await page.getByLabelText('Port').fill('4791');
    await button('Use this port').click();
    await expect.element(page.getByLabelText('Port')).toHaveAccessibleDescription(message);
  });

  test('show the data folder and the versions', async () => {
    openSettings();
    await expect.element(page.getByText('/home/ann/.config/Fieldbook')).toBeVisible();
    await expect.element(page.getByText('3.54.1')).toBeVisible();
  });

  test.each(['light', 'dark'] as const)('have no accessibility violation, %s', async (theme) => {
    openSettings({}, theme);
    await expect.element(page.getByText('backup script')).toBeVisible();
    await expectAccessible();
  });
});

describe('tokens', () => {
  test('are made with what they may do, and shown once', async () => {
    const { bridge } = openSettings();
    await button('New token').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('CRM bridge');
    await page.getByLabelText('Change contacts').click();
    await page.getByLabelText('Expires').selectOptions('After 30 days');
    await expectAccessible();
    await button('Make token').click();
    await expect.element(page.getByText('fbk_secret-shown-once')).toBeVisible();
    expect(bridge.inputs('token.create')).toEqual([
      { name: 'CRM bridge', permissions: ['ORG_CONTACT_VIEW', 'ORG_CONTACT_EDIT'], expiresIn: 2_592_000 },
    ]);
    await expect.element(button('Copy the token')).toHaveFocus();
    await button('Done').click();
    await expect.element(page.getByRole('alert').filter({ hasText: 'You have not copied it.' })).toBeVisible();
    await expect.element(page.getByText('fbk_secret-shown-once')).toBeVisible();
    await button('Close without copying').click();
    await expect.element(page.getByText('fbk_secret-shown-once')).not.toBeInTheDocument();
    await expect.element(page.getByText('CRM bridge')).toBeVisible();
  });

  test('keep their names apart', async () => {
    openSettings();
    await button('New token').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('backup script');
    await button('Make token').click();
    await expect.element(page.getByText('There is already a token “backup script”.')).toBeVisible();
  });

  test('are ended after a question', async () => {
    const { bridge } = openSettings();
    await button('Revoke backup script').click();
    expect(bridge.inputs('token.revoke')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect.poll(() => bridge.inputs('token.revoke')).toEqual([{ name: 'backup script' }]);
    await expect.element(page.getByText('1 ended token')).toBeVisible();
  });
});
