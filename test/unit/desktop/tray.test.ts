import { expect, test } from 'vitest';
import { keepEach } from '../../../electron/desktop/keep-each.ts';
import { dotOf, type TrayStatus } from '../../../electron/desktop/tray-menu.ts';

test('the sign in the tray is drawn once for each of its colours, however often sync tells how it stands', () => {
  let drawn = 0;
  const imageOf = keepEach(() => (drawn += 1));
  const states: TrayStatus['state'][] = ['synced', 'syncing', 'offline', 'attention', 'signedOut', 'paused'];
  for (let round = 0; round < 100; round += 1) {
    for (const state of states) imageOf(dotOf({ state, waiting: round, conflicts: 0 }));
  }
  expect(drawn).toBe(5);
});
