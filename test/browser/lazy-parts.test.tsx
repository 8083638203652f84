import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { lazy } from '../../renderer/app/lazy.ts';

test('a part of the window that cannot be fetched is waited for, and takes nothing else down', async () => {
  let tries = 0;
  const Part = lazy(async () => {
    tries += 1;
    if (tries < 3) throw new TypeError('Failed to fetch dynamically imported module');
    return { default: () => <p>Here it is</p> };
  });
  const root = document.createElement('div');
  document.body.append(root);
  const app = createRoot(root);
  onTestFinished(() => {
    app.unmount();
    root.remove();
  });
  app.render(<><input aria-label="Name" defaultValue="Rosa" /><Suspense fallback={null}><Part /></Suspense></>);
  await expect.poll(() => tries, { timeout: 30_000 }).toBeGreaterThan(1);
  await expect.element(page.getByLabelText('Name')).toHaveValue('Rosa');
  await expect.element(page.getByText('Here it is'), { timeout: 30_000 }).toBeVisible();
});
