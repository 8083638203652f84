import type { HostEvent } from '../../shared/events.ts';

/** How long announcements are gathered before they go to the windows, in milliseconds. */
const gatherMs = 16;
/** Above this many changes in one batch, windows are told to read again instead. */
const manyChanges = 200;

/** Gathers announcements, so that an import of 100,000 contacts is a few messages and not 100,000. */
export function createEventBatches(send: (events: HostEvent[]) => void): (event: HostEvent) => void {
  let waiting: HostEvent[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    const batch = condense(waiting);
    waiting = [];
    send(batch);
  }

  return (event) => {
    waiting.push(event);
    timer ??= setTimeout(flush, gatherMs);
  };
}

/** At most one announcement of each kind of list, the last report of each import, and `bulk` for very many changes. */
export function condense(events: readonly HostEvent[]): HostEvent[] {
  const kept = new Map<string, HostEvent>();
  let changes = 0;
  for (const event of events) {
    if (event.type === 'change') {
      changes += 1;
      kept.set(`change ${event.change.seq}`, event);
    } else {
      kept.set(event.type === 'import' ? `import ${event.report.id}` : event.type, event);
    }
  }
  if (changes <= manyChanges) return [...kept.values()];
  return [{ type: 'bulk' }, ...[...kept.values()].filter(({ type }) => type !== 'change' && type !== 'bulk')];
}
