import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorBody } from '../../shared/errors.ts';
import { commonHeaders, errorHeaders, jsonType } from './answer.ts';
import type { LoggedResponse } from './logged-response.ts';

/** Refuses a request that no route has seen. */
export function refuse(response: ServerResponse, error: AppError, requestId: string): void {
  const refusal = errorBody(error);
  const body = JSON.stringify(refusal);
  response.writeHead(refusal.statusCode, {
    ...commonHeaders(requestId),
    ...errorHeaders(error),
    'content-type': jsonType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Refuses a request whose body turned out to be no HTTP after its header was understood, and closes the connection. */
export function refuseBody(response: LoggedResponse, code: string | undefined): void {
  const status = statuses[code ?? ''] ?? 400;
  const kind = status === 408 ? 'timeout' : status === 413 ? 'tooLarge' : 'invalid';
  const { socket } = response;
  response.shouldKeepAlive = false;
  response.once('finish', () => socket?.destroySoon());
  refuse(response, new AppError(kind, messages[status]), response.requestId);
}

/** Answers bytes that are no HTTP, came too slowly or have too long a header, and closes the connection. */
export function answerMalformed(socket: Duplex, code: string | undefined, requestId: string): void {
  const status = statuses[code ?? ''] ?? 400;
  const body = JSON.stringify({ statusCode: status, message: messages[status], error: STATUS_CODES[status] });
  const headers = {
    ...commonHeaders(requestId),
    'content-type': jsonType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

const messages = {
  400: 'The request is not valid HTTP',
  408: 'The request took too long',
  413: 'The request has too many chunk extensions',
  431: 'The request header is too large',
} as const;

/** Node's names for what is wrong, where it is more than bad syntax. */
const statuses: Readonly<Record<string, keyof typeof messages>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
