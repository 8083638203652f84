import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { syncAfterSleep } from '../../../../electron/desktop/wake.ts';
import { owner } from '../../support/book.ts';

test('when the computer wakes up, the host is told once each time; a host that does not answer is only noted', async () => {
  const power = new EventEmitter();
  const dispatch = vi.fn<(name: string, input: unknown) => unknown>(() => Promise.resolve(null));
  const faults = vi.fn();
  syncAfterSleep(power, dispatch, owner, faults);
  expect(dispatch).not.toHaveBeenCalled();
  power.emit('resume');
  power.emit('resume');
  expect(dispatch.mock.calls.map(([name, input]) => [name, input])).toEqual([
    ['sync.nudge', { reason: 'resume' }], ['sync.nudge', { reason: 'resume' }],
  ]);
  dispatch.mockImplementation(() => {
    throw new Error('closed');
  });
  power.emit('resume');
  await expect.poll(() => faults.mock.calls).toHaveLength(1);
});
