import type { HostEvent } from '../shared/events.ts';

export type Listener = (event: HostEvent) => void;

/** Announcements after the commit, to whoever listens: windows, event streams, sync. */
export interface EventHub {
  publish(event: HostEvent): void;
  /** Returns the way to stop listening. */
  subscribe(listener: Listener): () => void;
}

/** A listener that throws is reported and does not keep the others from hearing. */
export function createEventHub(report: (error: unknown) => void): EventHub {
  const listeners = new Set<Listener>();
  return {
    publish(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
