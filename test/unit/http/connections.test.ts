import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnections } from '../../../electron/http/connections.ts';

const sockets = (count: number) => Array.from({ length: count }, () => new Socket());
const open = (list: Socket[]) => list.map((socket) => !socket.destroyed);

describe('connections beyond the limit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const connections = (limit: number) => createConnections(limit, () => Date.now());

  it('wait a moment, so that one whose request is on its way is not taken for idle', () => {
    const all = connections(2);
    const [early, ...burst] = sockets(5) as [Socket, ...Socket[]];
    all.add(early);
    burst.forEach((socket) => all.add(socket));
    expect(open([early, ...burst])).toEqual([true, true, true, true, true]);
    all.begin(early);
    vi.advanceTimersByTime(200);
    expect(open([early, ...burst])).toEqual([true, false, false, false, true]);
  });

  it('go in this order: those that never asked anything, then those idle longest', () => {
    const all = connections(2);
    const [first, second, third, silent] = sockets(4) as [Socket, Socket, Socket, Socket];
    [first, second, third, silent].forEach((socket) => all.add(socket));
    for (const socket of [second, first, third]) {
      all.begin(socket);
      vi.advanceTimersByTime(1);
      all.end(socket);
    }
    vi.advanceTimersByTime(1000);
    expect(open([first, second, third, silent])).toEqual([true, false, true, false]);
  });

  it('when all are being served, newcomers get their answer too, unless it takes long', () => {
    const all = connections(2);
    const list = sockets(4) as [Socket, Socket, Socket, Socket];
    list.forEach((socket) => {
      all.add(socket);
      all.begin(socket);
    });
    vi.advanceTimersByTime(2000);
    expect(open(list)).toEqual([true, true, true, true]);
    all.end(list[2]);
    vi.advanceTimersByTime(1000);
    expect(open(list)).toEqual([true, true, false, true]);
    vi.advanceTimersByTime(5000);
    expect(open(list)).toEqual([true, true, false, false]);
  });

  it('are closed at once when there are very many', () => {
    const all = connections(2);
    const list = sockets(100);
    list.forEach((socket) => all.add(socket));
    expect(open(list).filter(Boolean)).toHaveLength(32);
  });
});
