import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, createDesktopApp, freePort, type DesktopApp } from './desktop-app.ts';
import { firstDay } from './journey.ts';

/* The built application in its real shell: main, preload and page together. */

declare global {
  interface Window {
    policyViolations: string[];
  }
}

let desktop: DesktopApp;
beforeEach(() => {
  desktop = createDesktopApp();
});
afterEach(() => desktop.remove());

test('a contact made in the window is there for a program over REST, and the other way round', async () => {
  const page = await desktop.launch();
  await call(page, 'settings.update', { apiPort: await freePort() });
  const { apiUrl } = await call(page, 'host.info', {}) as { apiUrl: string };
  const { secret } = await call(page, 'token.create', { name: 'e2e', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] }) as { secret: string };
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };

  const created = await fetch(`${apiUrl}/api/organization-contact`, { method: 'POST', headers, body: JSON.stringify({ name: 'Rosa from REST' }) });
  expect(created.status).toBe(201);
  await page.getByText('Rosa from REST').first().waitFor();

  await call(page, 'contact.create', { name: 'Wim from the window' });
  const found = await fetch(`${apiUrl}/api/organization-contact/search?q=wim`, { headers });
  expect(((await found.json()) as { items: object[] }).items).toMatchObject([{ name: 'Wim from the window' }]);
});

test('a first day in the desktop window, without once offending the policy of the page', async () => {
  const page = await desktop.launch();
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample, sourceFile, blockedURI }) => {
      window.policyViolations.push([effectiveDirective, blockedURI, sample, sourceFile].join(' '));
    });
  });
  await page.reload();
  await firstDay(page);
  expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
});

test('what was made is still there after a restart', async () => {
  await call(await desktop.launch(), 'contact.create', { name: 'Keep Me' });
  await desktop.quit();
  const page = await desktop.launch();
  await page.getByText('Keep Me').first().waitFor();
});
