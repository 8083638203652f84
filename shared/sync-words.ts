import type { SyncProgress, SyncStatus } from './operations/sync.ts';

const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

type Told = Pick<SyncStatus, 'state' | 'waiting' | 'conflicts' | 'parked' | 'lastSuccessAt' | 'pauseReason' | 'progress'>;

/** Where sync stands, in one short line: the same words in the status line, the tray and everywhere else. */
export function syncWords(status: Told, now: Date): string {
  switch (status.state) {
    case 'unlinked':
      return 'No server';
    case 'synced':
      return syncedWords(status, now);
    case 'syncing':
      return progressWords(status.progress);
    case 'offline':
      return joined('Offline', waitingWords(status.waiting));
    case 'attention':
      return `Needs attention: ${attentionWords(status)}`;
    case 'signedOut':
      return joined('Signed out', waitingWords(status.waiting));
    case 'paused':
      return status.pauseReason === undefined ? 'Paused' : `Paused (${withoutFullStop(status.pauseReason)})`;
  }
}

function syncedWords({ lastSuccessAt, waiting }: Told, now: Date): string {
  if (lastSuccessAt === null) return 'Not synced yet';
  return joined(`Synced ${whenWords(lastSuccessAt, now)}`, waitingWords(waiting));
}

/** '14:05' of today, '21 Nov' of another day. */
function whenWords(at: string, now: Date): string {
  const then = new Date(at);
  return (then.toDateString() === now.toDateString() ? clock : dayAndMonth).format(then);
}

function waitingWords(waiting: number): string {
  return waiting === 0 ? '' : `${counted(waiting, 'change')} waiting`;
}

/** '2 conflicts, 1 refused'. */
export function attentionWords({ conflicts, parked }: Pick<SyncStatus, 'conflicts' | 'parked'>): string {
  const refused = parked === 0 ? '' : `${parked.toLocaleString()} refused`;
  return joined(conflicts === 0 ? '' : counted(conflicts, 'conflict'), refused);
}

/** 'Syncing 120 of 3,400'; before anything is known to count, what is being done. */
export function progressWords(progress: SyncProgress | undefined): string {
  if (progress === undefined || progress.phase === 'connecting') return 'Connecting to the server';
  const { phase, done, total } = progress;
  if (total !== null && total > 0) return `Syncing ${Math.min(done, total).toLocaleString()} of ${total.toLocaleString()}`;
  return phase === 'sending' ? `Syncing, ${done.toLocaleString()} sent` : `Syncing, ${done.toLocaleString()} checked`;
}

/** '1 change', '12 changes'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}
