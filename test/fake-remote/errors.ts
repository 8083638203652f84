/** An error with a status: the answer is `status` and `body` as they are. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * An error of the object mapper, the driver or the language. It has no status, and where nobody wraps it the real
 * server answers with the route's success status and `{"message":…}`.
 */
export class StatuslessError extends Error {
  /** `property`: the mapper does not know a name; `query`: the database refused a statement. */
  readonly origin: 'property' | 'query' | 'language';

  constructor(origin: StatuslessError['origin'], message: string) {
    super(message);
    this.origin = origin;
  }
}

export const badRequest = (message: string | string[], error = 'Bad Request'): HttpError =>
  new HttpError(400, { message, error, statusCode: 400 });

export const unauthorized = (message = 'Unauthorized'): HttpError => new HttpError(401, { message, statusCode: 401 });

export const forbidden = (): HttpError =>
  new HttpError(403, { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 });

export const notFound = (message = 'The requested record was not found'): HttpError =>
  new HttpError(404, { statusCode: 404, message });

/** How `PUT` and the paged lists wrap an error of the database: the statement in the body, no `statusCode`. */
export const wrappedQueryError = (message: string): HttpError =>
  new HttpError(400, {
    response: { query: 'SELECT …', parameters: [], driverError: { name: 'error', severity: 'ERROR' } },
    status: 400,
    options: {},
    message,
    name: 'BadRequestException',
  });

export const unknownProperty = (name: string, entity: string): StatuslessError =>
  new StatuslessError('property', `Property "${name}" was not found in "${entity}". Make sure your query is correct.`);
