import type { Socket } from 'node:net';

/** Time for a request that is already on its way to arrive before a connection counts as idle, in milliseconds. */
const grace = 100;
/** Time for an answer to a client that came when all others were being served, before it is turned away. */
const patience = 5_000;
/** So many times the limit may wait to be sorted out; what comes beyond is closed at once. */
const overshoot = 16;

interface Connection {
  serving: number;
  hasServed: boolean;
  openedAt: number;
  idleSince: number;
}

/** Who is connected, so that idle connections can make room for one that wants something. */
export interface Connections {
  add(socket: Socket): void;
  /** A request of this connection has arrived, and its answer has ended. Everything between is never cut off. */
  begin(socket: Socket): void;
  end(socket: Socket): void;
  isServing(socket: Socket): boolean;
  readonly size: number;
  /** Closes idle connections now, and each other one when its answer has been sent. */
  closeWhenIdle(): void;
  closeAll(): void;
}

/**
 * Keeps at most `limit` connections. When there are more, those go first that have never completed a request
 * (also when half of one has arrived), then those idle longest; when all are being served for long, the newest.
 */
export function createConnections(limit: number, now: () => number = () => performance.now()): Connections {
  const connections = new Map<Socket, Connection>();
  let trimming: NodeJS.Timeout | undefined;
  let isClosing = false;

  function trim(): void {
    trimming = undefined;
    const excess = connections.size - limit;
    if (excess <= 0) return;
    const all = [...connections];
    const at = now();
    const idle = all.filter(([, connection]) => connection.serving === 0).toSorted(byWorth).slice(0, excess);
    const newest = all.filter(([, connection]) => connection.serving > 0).toReversed().slice(0, excess - idle.length);
    const leaving = [
      ...idle.filter(([, { idleSince }]) => at - idleSince >= grace),
      ...newest.filter(([, { openedAt }]) => at - openedAt >= patience),
    ];
    for (const [socket] of leaving) socket.destroy();
    if (leaving.length < excess) trimLater();
  }

  /** After the grace, and after what has arrived by then was read: a busy thread must not make a client look idle. */
  function trimLater(): void {
    trimming ??= setTimeout(() => setImmediate(trim), grace);
  }

  return {
    add(socket) {
      if (connections.size >= limit * overshoot) {
        socket.destroy();
        return;
      }
      const at = now();
      connections.set(socket, { serving: 0, hasServed: false, openedAt: at, idleSince: at });
      socket.once('close', () => connections.delete(socket));
      if (connections.size > limit) trimLater();
    },
    begin(socket) {
      const connection = connections.get(socket);
      if (connection) connection.serving += 1;
    },
    end(socket) {
      const connection = connections.get(socket);
      if (!connection) return;
      connection.serving -= 1;
      connection.hasServed = true;
      connection.idleSince = now();
      if (isClosing && connection.serving === 0) socket.end();
    },
    isServing: (socket) => (connections.get(socket)?.serving ?? 0) > 0,
    get size() {
      return connections.size;
    },
    closeWhenIdle() {
      isClosing = true;
      for (const [socket, { serving }] of connections) if (serving === 0) socket.destroy();
    },
    closeAll() {
      clearTimeout(trimming);
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}

function byWorth([, a]: [Socket, Connection], [, b]: [Socket, Connection]): number {
  return Number(a.hasServed) - Number(b.hasServed) || a.idleSince - b.idleSince;
}
