import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * One POST to a host on this computer, however long it takes to answer: Node's `fetch` gives up after five minutes, and a
 * first sync may take longer. Answers when the head of the answer has come.
 */
export function httpPost(
  url: string,
  headers: Record<string, string>,
  body: string | AsyncIterable<Uint8Array> = '',
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: 'POST', headers, ...(signal ? { signal } : {}) }, resolve);
    outgoing.on('error', reject);
    if (typeof body === 'string') outgoing.end(body);
    // A refusal may come before all was read; then nobody waits for the rest.
    else pipeline(Readable.from(body), outgoing).catch(reject);
  });
}

/** The whole answer as text. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const piece of answer) text += String(piece);
  return text;
}
