import { ServerResponse } from 'node:http';

/** An answer that carries its id, and what its line in the log needs. The server makes all its answers from it. */
export class LoggedResponse extends ServerResponse {
  requestId = '';
  /** The pattern of the route that the request took. */
  route = 'none';
  startedAt = 0;
}
