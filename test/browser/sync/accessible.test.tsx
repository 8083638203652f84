import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { idOf } from '../support/fake-book.ts';
import { conflict, queued, refused, syncBook, today } from '../support/sync-book.ts';
import { openWindow, violations } from '../support/window.tsx';

const long = 'José María Fernández de la Vega y Ortiz-Santillana, formerly of the Sociedad Española de Construcciones Navales';
const sizes = [[1280, 800], [800, 600]] as const;

describe.each(['light', 'dark'] as const)('in %s colours', (theme) => {
  test.each(sizes)('all of sync can be read and used by everybody at %i × %i', async (width, height) => {
    const book = syncBook({
      conflicts: [
        conflict(1, { name: long, field: 'notes', mine: `${long}. Call in the morning.`, theirs: `${long}. Call in the afternoon.` }),
        conflict(2, { kind: 'possibleDuplicate', field: null, otherId: idOf(3), otherName: long }), conflict(4), conflict(5),
      ],
      parked: [refused(6, { name: long, message: `${long} is not taken` })],
      outbox: [queued(7, { state: 'held', name: long })],
      quarantined: [{ remoteId: idOf(77), name: long, reason: 'The type is "PROSPECT" there', at: today('10:00') }],
      contacts: { [idOf(0)]: { state: 'refused', notes: [long] }, [idOf(1)]: { state: 'conflict' } },
      away: {
        since: '2026-11-16T08:00:00.000Z', until: '2026-11-23T08:00:00.000Z', created: 1, updated: 0, deleted: 0,
        contacts: [{ id: idOf(3), name: long, kind: 'created', at: today('08:00') }],
      },
      leave: { ready: false, checks: [{ name: 'conflicts', ok: false, text: long }, { name: 'reachable', ok: true, text: long }] },
    });
    book.settings.theme = theme;
    await openWindow(book, width, height);
    await expect.poll(() => document.documentElement.dataset['mantineColorScheme']).toBe(theme);
    await page.getByRole('button', { name: 'Show them' }).click();
    await expect.element(page.getByRole('img', { name: 'In conflict with the server' })).toBeVisible();
    expect(await violations()).toEqual([]);

    await userEvent.keyboard('{Control>}4{/Control}');
    await expect.element(page.getByRole('region', { name: 'Conflict' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('columnheader', { name: 'On the server' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Control>}5{/Control}');
    await expect.element(page.getByRole('button', { name: `Fix ${long}` })).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.getByRole('tab', { name: 'Not taken 1' }).click();
    await expect.element(page.getByText('The type is "PROSPECT" there')).toBeVisible();
    expect(await violations()).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);

    await userEvent.keyboard('l');
    await expect.element(page.getByRole('button', { name: 'Answer them' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}{Control>}{Shift>}S{/Shift}{/Control}');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.element(page.getByText('Enter the password.')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
