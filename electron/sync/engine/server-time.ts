import type { Engine } from './engine.ts';

/** Now, by the server's clock as far as it is known, in milliseconds since 1970. */
export function serverNow({ api, world }: Pick<Engine, 'api' | 'world'>): number {
  return world.now().getTime() + (api.clockOffset() ?? 0);
}

/** A time of the server, or now where it lies in the future: clients can write any time there, and all later ones would be missed. */
export function notLaterThanNow(engine: Pick<Engine, 'api' | 'world'>, time: string): string {
  const now = new Date(serverNow(engine)).toISOString();
  return time < now ? time : now;
}
