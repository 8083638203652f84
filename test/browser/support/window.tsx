import axe from 'axe-core';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../../renderer/app/app.tsx';
import { notifications } from '@mantine/notifications';
import type { FakeBook } from './fake-book.ts';

/**
 * Shows the whole window on top of a book, with its first rows read. It is taken away after the test, or by the
 * function that this answers with.
 */
export async function openWindow(book: FakeBook, width = 1280, height = 800): Promise<() => void> {
  await page.viewport(width, height);
  localStorage.clear();
  sessionStorage.clear();
  return loadWindow(book);
}

/** The window of a tab that is loaded anew: what the tab remembers is there. */
export async function loadWindow(book: FakeBook): Promise<() => void> {
  const root = document.createElement('div');
  root.style.height = '100vh';
  document.body.append(root);
  const app = createRoot(root);
  app.render(<App bridge={book.bridge} />);
  const close = (): void => {
    notifications.clean();
    app.unmount();
    root.remove();
  };
  onTestFinished(close);
  await expect.element(page.getByRole('grid')).toBeVisible();
  await expect.poll(() => document.querySelector('[data-column=name] bdi')).not.toBeNull();
  return close;
}

export const grid = page.getByRole('grid');

export function gridElement(): HTMLElement {
  return grid.element() as HTMLElement;
}

/** The rows that exist, whether they are visible or just outside. */
export function rowElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-index]')];
}

/** The names in the rows that exist, from top to bottom. */
export function names(): string[] {
  return rowElements().map((row) => row.querySelector('[data-column=name]')?.textContent ?? '');
}

/** The row that the keyboard is on. */
export function activeName(): string | null | undefined {
  return document.querySelector('[data-active] [data-column=name]')?.textContent;
}

export function row(name: string) {
  return page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }).first();
}

/** What axe finds wrong with the page, shortly. */
export async function violations(): Promise<string[]> {
  // Colours in the middle of a transition have a contrast of their own.
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  const result = await axe.run(document.body, { rules: { region: { enabled: false } } });
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`));
}
