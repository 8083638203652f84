import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createAppStore } from '../../renderer/app/app-store.ts';
import { FirstStart } from '../../renderer/first-start/first-start.tsx';
import { formBridge } from './support/form-bridge.ts';
import { importBook } from './support/import-book.ts';
import { show } from './support/show.tsx';

function openFirstStart() {
  const store = createAppStore();
  const bridge = formBridge(importBook({
    'book.seed': ({ contacts }) => ({ contacts, group: 'g1' }),
    'undo.undo': () => ({ group: 'g1', label: 'Sample data', contacts: 200, kept: [] }),
  }));
  show(bridge, <FirstStart />, store);
  return { store, bridge };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('an empty book offers four ways to begin, and asks nothing', async () => {
  openFirstStart();
  await expect.element(page.getByRole('heading', { name: 'Your book is empty' })).toBeVisible();
  expect(page.getByRole('button').elements().length).toBe(4);
  expect(page.getByRole('textbox').elements()).toEqual([]);
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('sample data comes with one click and goes with another', async () => {
  const { bridge } = openFirstStart();
  await button(/Try with sample data/).click();
  await expect.element(page.getByText('Added 200 sample contacts')).toBeVisible();
  expect(bridge.inputs('book.seed')).toEqual([{ contacts: 200 }]);
  await button('Undo').click();
  await expect.poll(() => bridge.inputs('undo.undo')).toEqual([{ group: 'g1' }]);
});

test('the other ways lead to the import, to a new contact and to a server', async () => {
  const { store } = openFirstStart();
  await button(/Import your address book/).click();
  expect(store.getState().screen).toBe('imports');
  await button(/New contact/).click();
  expect(store.getState().form).toMatch(/^new:/);
  await button(/Connect a server/).click();
  expect(store.getState().dialog).toBe('connect');
});
