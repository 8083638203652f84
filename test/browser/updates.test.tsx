import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/operations/book.ts';
import type { UpdateStatus } from '../../shared/operations/updates.ts';
import { SettingsScreen } from '../../renderer/settings/settings-screen.tsx';
import { UpdateNotices } from '../../renderer/updates/update-notices.tsx';
import { formBridge, type Answers } from './support/form-bridge.ts';
import { importBook } from './support/import-book.ts';
import { show } from './support/show.tsx';
import { violations } from './support/window.tsx';

const status = (changes: Partial<UpdateStatus>): UpdateStatus => ({ state: 'off', version: null, lookedAt: null, problem: null, ...changes });
const ready = status({ state: 'ready', version: '0.3.0', lookedAt: '2026-11-23T14:00:00.000Z' });
const releases = [
  { version: '0.2.0', date: '2026-12-01', groups: [{ title: 'New', items: ['Contacts can be printed as labels'] }, { title: 'Better', items: ['A large import takes half the time'] }] },
];

interface World {
  status: UpdateStatus;
  isUnseen: boolean;
  settings: Settings;
}

function open(changes: Partial<World> = {}, more: Answers = {}) {
  const world: World = {
    status: status({}), isUnseen: false, settings: { apiEnabled: true, apiPort: 4780, theme: 'light', phoneRegion: 'PT', updates: 'off' }, ...changes,
  };
  const bridge = formBridge(importBook({
    'settings.get': () => world.settings,
    'settings.update': ({ updates = 'off' }) => {
      world.settings = { ...world.settings, updates };
      world.status = status({ state: updates === 'off' ? 'off' : 'newest', lookedAt: '2026-11-23T14:00:00.000Z' });
      queueMicrotask(() => bridge.announce({ type: 'settings' }, { type: 'updates' }));
      return world.settings;
    },
    'token.list': () => ({ items: [], total: 0 }),
    'backup.list': () => ({ items: [], total: 0 }),
    'update.status': () => world.status,
    'update.install': () => null,
    'news.get': () => ({ version: '0.2.0', isUnseen: world.isUnseen, releases }),
    'news.seen': () => {
      world.isUnseen = false;
      queueMicrotask(() => bridge.announce({ type: 'updates' }));
      return null;
    },
    ...more,
  }));
  return bridge;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const dialog = page.getByRole('dialog');

describe('updates in the settings', () => {
  test('are off until a channel is chosen, and looked for from then on', async () => {
    const bridge = open();
    show(bridge, <SettingsScreen />);
    await expect.element(page.getByRole('radio', { name: 'Off' })).toBeChecked();
    await expect.element(button('Check now')).not.toBeInTheDocument();
    await page.getByText('Stable', { exact: true }).click();
    await expect.element(page.getByText(/^This is the newest version/)).toBeVisible();
    expect(bridge.inputs('settings.update')).toEqual([{ updates: 'stable' }]);
    await expect.element(page.getByRole('radio', { name: 'Stable' })).toBeChecked();
  });

  test('say why it could not be looked', async () => {
    const settings: Settings = { apiEnabled: true, apiPort: 4780, theme: 'light', phoneRegion: 'PT', updates: 'beta' };
    show(open({ settings, status: status({ state: 'failed', problem: 'net::ERR_INTERNET_DISCONNECTED' }) }), <SettingsScreen />);
    await expect.element(page.getByText('It could not be looked: net::ERR_INTERNET_DISCONNECTED')).toBeVisible();
    await expect.element(button('Check now')).toBeEnabled();
  });

  test('are no choice where the program is not updated by itself, but what is new can be read', async () => {
    show(open({ status: status({ state: 'unsupported' }) }), <SettingsScreen />);
    await expect.element(page.getByText(/^This Fieldbook does not update itself/)).toBeVisible();
    await expect.element(page.getByText('Check for updates')).not.toBeInTheDocument();
    await button('What’s new in 0.2.0').click();
    await expect.element(dialog.getByText('Contacts can be printed as labels')).toBeVisible();
  });
});

describe('a version that is ready', () => {
  test('is restarted into when the person asks for it', async () => {
    const bridge = open({ status: ready });
    show(bridge, <UpdateNotices />);
    await expect.element(page.getByText('Fieldbook 0.3.0 is ready.')).toBeVisible();
    expect(bridge.inputs('update.install')).toEqual([]);
    await button('Restart and update').click();
    await expect.poll(() => bridge.inputs('update.install')).toEqual([{}]);
  });

  test('waits for a running import, and says so', async () => {
    const message = 'An import is running. Restart Fieldbook when it is done.';
    show(open({ status: ready }, { 'update.install': () => Promise.reject(new AppError('conflict', message)) }), <UpdateNotices />);
    await button('Restart and update').click();
    await expect.element(page.getByText(message)).toBeVisible();
  });

  test('is not spoken of again when the person wants it later', async () => {
    const bridge = open({ status: ready });
    show(bridge, <UpdateNotices />);
    await button('Later').click();
    await expect.element(page.getByText('Fieldbook 0.3.0 is ready.')).not.toBeInTheDocument();
    expect(bridge.inputs('update.install')).toEqual([]);
  });
});

describe('what is new after an update', () => {
  test('is told once, and read from the notice', async () => {
    const bridge = open({ isUnseen: true });
    show(bridge, <UpdateNotices />);
    await button('What’s new').click();
    await expect.element(dialog.getByText('A large import takes half the time')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByText('Fieldbook is now 0.2.0.')).not.toBeInTheDocument();
    expect(bridge.inputs('news.seen')).toEqual([{}]);
  });

  test('can be put aside unread', async () => {
    show(open({ isUnseen: true }), <UpdateNotices />);
    await button('Dismiss').click();
    await expect.element(page.getByText('Fieldbook is now 0.2.0.')).not.toBeInTheDocument();
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const settings: Settings = { apiEnabled: true, apiPort: 4780, theme, phoneRegion: 'PT', updates: 'stable' };

  test.each([[1280, 800], [800, 600]])('notices and dialog have no accessibility violation, %d × %d', async (width, height) => {
    await page.viewport(width, height);
    show(open({ settings, status: ready, isUnseen: true }), <UpdateNotices />);
    await expect.element(button('Restart and update')).toBeVisible();
    expect(await violations()).toEqual([]);
    await button('What’s new').click();
    await expect.element(dialog.getByText('Contacts can be printed as labels')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('the settings have no accessibility violation', async () => {
    show(open({ settings, status: ready }), <SettingsScreen />);
    await expect.element(button('Restart and update')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
