import type { Caller } from '../../shared/permissions.ts';
import type { Dispatch } from '../dispatch.ts';

/** What of Electron's `powerMonitor` is used. */
export interface PowerEvents {
  on(event: 'resume', listener: () => void): unknown;
}

/** Lets sync go on when the computer has slept: its timers stood still, and requests on their way get no answer. */
export function syncAfterSleep(power: PowerEvents, dispatch: Dispatch, caller: Caller, onFault: (error: unknown, what: string) => void): void {
  async function nudge(): Promise<void> {
    try {
      await dispatch('sync.nudge', { reason: 'resume' }, caller);
    } catch (error) {
      onFault(error, 'sync could not be told that the computer woke up');
    }
  }
  power.on('resume', () => void nudge());
}
