import type { HostEvent } from '../../shared/events.ts';
import type { Change } from '../../shared/operations/book.ts';

/** One message of a stream of Server-Sent Events. */
export interface StreamMessage {
  name: string;
  id: string | null;
  data: string;
}

/**
 * Cuts the text of an event stream into messages as it arrives.
 * Pass each piece of text; complete messages come back, an incomplete one waits for the next piece.
 */
export function createStreamReader(): (text: string) => StreamMessage[] {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).replace(/\r\n?/g, '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map(readMessage).filter((message) => message.data !== '');
  };
}

function readMessage(block: string): StreamMessage {
  const message: StreamMessage = { name: 'message', id: null, data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (value === undefined) continue;
    if (field === 'event') message.name = value;
    if (field === 'id') message.id = value;
    if (field === 'data') data.push(value);
  }
  return { ...message, data: data.join('\n') };
}

/** What a message announces: a `change` is one change, `host` a batch of everything else. */
export function eventsOf(message: StreamMessage): HostEvent[] {
  if (message.name === 'change') return [{ type: 'change', change: JSON.parse(message.data) as Change }];
  if (message.name === 'host') return JSON.parse(message.data) as HostEvent[];
  return [];
}
