import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { Change } from '../../shared/operations/book.ts';
import { assertStillLive, gate, queryOf, sessionOf, type HttpContext } from './context.ts';
import { drained } from './download.ts';
import { parseQuery } from './query-string.ts';
import { assertTenantHeader } from './scope.ts';
import type { Session } from './sessions.ts';

const pageSize = 1000;
/** What a client waits before it connects again, in milliseconds. */
const retry = 2000;

/** The open event streams, to be ended when the server stops. */
export interface EventStreams {
  endAll(): void;
}

/**
 * `GET /api/events`: the change feed as Server-Sent Events named `change`, their `id` the sequence number.
 * `Last-Event-ID` first gets what was missed, from the journal (410 when that is pruned). The owner's window also
 * gets everything else the host announces, as events named `host`, each a JSON array.
 */
export function addEventStream(app: FastifyInstance, context: HttpContext): EventStreams {
  const streams = new Set<EventStream>();

  app.route({
    method: 'GET',
    url: '/api/events',
    exposeHeadRoute: false,
    onRequest: gate(context, 'view', '/api/events'),
    handler: async (request, reply) => {
      const session = sessionOf(request);
      assertTenantHeader(request.headers['tenant-id'], context.profile());
      const [unknown] = Object.keys(parseQuery(queryOf(request)));
      if (unknown !== undefined) throw invalidField(unknown, 'is not known here');
      const others = [...streams].filter((stream) => !stream.isOwner).length;
      if (session.caller.kind !== 'owner' && others >= context.limits.eventStreams) {
        throw new AppError('unavailable', 'There are too many event streams');
      }
      const since = lastEventId(request.headers['last-event-id']);
      // A first page before the stream begins: what is pruned is an ordinary 410.
      if (since !== undefined) await changesSince(context, session, since, 1);

      reply.header('content-type', 'text/event-stream; charset=utf-8');
      reply.hijack();
      reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
      const stream = openStream(context, session, reply.raw, since);
      streams.add(stream);
      reply.raw.on('close', () => {
        stream.stop();
        streams.delete(stream);
      });
      return reply;
    },
  });

  return { endAll: () => streams.forEach((stream) => stream.end()) };
}

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const id = /^\d{1,15}$/.test(String(header)) ? Number(header) : NaN;
  if (Number.isNaN(id)) throw invalidField('Last-Event-ID', 'must be the id of an event');
  return id;
}

async function changesSince(
  { dispatch }: HttpContext,
  { caller }: Session,
  since: number,
  limit: number,
): Promise<{ items: Change[]; next: number }> {
  return (await dispatch('change.list', { since, limit }, caller)) as { items: Change[]; next: number };
}

interface EventStream {
  isOwner: boolean;
  /** Tells the client that this is the end. */
  end(): void;
  /** Lets go of everything, once the connection is closed. */
  stop(): void;
}

function openStream(
  context: HttpContext,
  session: Session,
  response: ServerResponse,
  since: number | undefined,
): EventStream {
  const { events, head, limits, report } = context;
  const isOwner = session.caller.kind === 'owner';
  let last = Math.min(since ?? Infinity, head());
  let isReplaying = false;
  let hasMissed = false;
  let batch: HostEvent[] = [];
  let wasStuck = false;

  function send(text: string): void {
    if (response.destroyed) return;
    if (!isStillAllowed()) {
      response.end();
      return;
    }
    response.write(text);
    if (response.writableLength > limits.streamBacklogBytes) response.destroy();
  }

  function isStillAllowed(): boolean {
    try {
      assertStillLive(context, session);
      return true;
    } catch {
      return false;
    }
  }

  function sendChange(change: Change): void {
    if (change.seq <= last) return;
    last = change.seq;
    send(`event: change\nid: ${change.seq}\ndata: ${JSON.stringify(change)}\n\n`);
  }

  /** Reads on in the journal to its end, as fast as the client takes it. */
  async function replay(): Promise<void> {
    hasMissed = true;
    if (isReplaying) return;
    isReplaying = true;
    try {
      while (hasMissed && !response.destroyed) {
        hasMissed = false;
        let page = await changesSince(context, session, last, pageSize);
        while (page.items.length > 0 && !response.destroyed) {
          page.items.forEach(sendChange);
          if (response.writableNeedDrain) await drained(response);
          else await nextTurn();
          page = await changesSince(context, session, last, pageSize);
        }
      }
    } catch (error) {
      // The client comes back with its Last-Event-ID and then hears the reason.
      if (!(error instanceof AppError)) report(error);
      response.end();
    } finally {
      isReplaying = false;
    }
  }

  function onEvent(event: HostEvent): void {
    if (event.type === 'change') {
      if (isReplaying) hasMissed = true;
      else sendChange(event.change);
      return;
    }
    if ((event.type === 'tokens' || event.type === 'settings') && !isStillAllowed()) {
      response.end();
      return;
    }
    if (isOwner) {
      if (batch.length === 0) setImmediate(sendBatch);
      batch.push(event);
    } else if (event.type === 'bulk') void replay();
  }

  function sendBatch(): void {
    const full = batch;
    batch = [];
    try {
      // After a bulk change the window reads everything again; what led to it is of no more interest.
      if (!isReplaying && full.some((event) => event.type === 'bulk')) last = Math.max(last, head());
    } catch (error) {
      // A book that cannot be read: the client comes back and hears why.
      report(error);
      response.end();
      return;
    }
    send(`event: host\nid: ${last}\ndata: ${JSON.stringify(full)}\n\n`);
  }

  function beat(): void {
    if (response.writableNeedDrain && wasStuck) response.destroy();
    wasStuck = response.writableNeedDrain;
    send(':\n\n');
  }

  const unsubscribe = events.subscribe(onEvent);
  const heartbeat = setInterval(beat, limits.heartbeat);
  send(`retry: ${retry}\nid: ${last}\n\n`);
  if (since !== undefined) void replay();

  return {
    isOwner,
    end: () => void response.end(),
    stop() {
      clearInterval(heartbeat);
      unsubscribe();
    },
  };
}
