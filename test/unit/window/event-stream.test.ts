import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreamReader, eventsOf } from '../../../renderer/host/event-stream.ts';

const change = { seq: 7, at: '2026-11-23T10:00:00.000Z', contactId: 'a', kind: 'updated', actor: 'ui', name: 'Ännchen 漢字' };
const stream = [
  'retry: 1000\n\n',
  ': still here\n\n',
  `event: change\nid: 7\ndata: ${JSON.stringify(change)}\n\n`,
  'event: host\nid: 7\ndata: [{"type":"lists"},{"type":"bulk"}]\n\n',
].join('');

test('announcements arrive whole, wherever the network cuts the stream', () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 12 }), (cuts) => {
    const read = createStreamReader();
    const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
    const events = places.slice(1).flatMap((end, index) => read(stream.slice(places[index], end)).flatMap(eventsOf));
    expect(events).toEqual([{ type: 'change', change }, { type: 'lists' }, { type: 'bulk' }]);
  }));
});
