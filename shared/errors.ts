/** The closed list of ways an operation can refuse, with the HTTP status and the phrase of each. */
export const errorKinds = {
  invalid: { status: 400, error: 'Bad Request' },
  unauthorized: { status: 401, error: 'Unauthorized' },
  forbidden: { status: 403, error: 'Forbidden' },
  notFound: { status: 404, error: 'Not Found' },
  methodNotAllowed: { status: 405, error: 'Method Not Allowed' },
  malformedId: { status: 406, error: 'Not Acceptable' },
  timeout: { status: 408, error: 'Request Timeout' },
  conflict: { status: 409, error: 'Conflict' },
  gone: { status: 410, error: 'Gone' },
  stale: { status: 412, error: 'Precondition Failed' },
  tooLarge: { status: 413, error: 'Payload Too Large' },
  unsupported: { status: 415, error: 'Unsupported Media Type' },
  unprocessable: { status: 422, error: 'Unprocessable Entity' },
  tooMany: { status: 429, error: 'Too Many Requests' },
  internal: { status: 500, error: 'Internal Server Error' },
  unavailable: { status: 503, error: 'Service Unavailable' },
  diskFull: { status: 507, error: 'Insufficient Storage' },
} as const;

export type ErrorKind = keyof typeof errorKinds;

/** One refused field: `field` is its path in the input ('contact.website'), `message` the whole sentence. */
export interface Issue {
  field: string;
  message: string;
}

/** The error that every operation throws. `issues` name the refused fields, `detail` is data for the caller. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly issues: readonly Issue[];

  constructor(kind: ErrorKind, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'AppError';
    this.kind = kind;
    this.issues = issues;
  }
}

/** A refused input, one issue per field. */
export function invalid(issues: readonly Issue[]): AppError {
  return new AppError('invalid', issues.map((issue) => issue.message).join('; '), issues);
}

/** A refused single field: `invalidField('take', 'must not be greater than 100')`. */
export function invalidField(field: string, problem: string): AppError {
  return invalid([{ field, message: `${field} ${problem}` }]);
}

/** The body of an error answer, in the shape of Ever Gauzy (`remote-gauzy`): message is a list when fields were refused. */
export interface ErrorBody {
  statusCode: number;
  message: string | string[];
  error: string;
}

/** What crosses a transport: enough to rebuild the AppError on the other side. */
export interface WireError {
  kind: ErrorKind;
  message: string;
  issues: Issue[];
}

/** What SQLite and Node call the troubles of disks, and how a person is told. */
const diskTroubles: readonly [RegExp, ErrorKind, string][] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)$/, 'diskFull', 'The disk is full. Nothing was changed; free some space and try again.'],
  [/^(SQLITE_READONLY|EROFS|EACCES|EPERM)/, 'unavailable', 'Fieldbook may not write there. Nothing was changed.'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'unavailable', 'The address book is damaged. Nothing was changed.'],
  [/^SQLITE_IOERR/, 'unavailable', 'The disk is not responding as it should. Nothing was changed; check the disk and try again.'],
];

/** Any thrown value as an AppError; what is not ours becomes `internal` and keeps its detail out of the answer. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  const told = typeof code === 'string' ? diskTroubles.find(([pattern]) => pattern.test(code)) : undefined;
  if (told) return new AppError(told[1], told[2]);
  return new AppError('internal', 'Internal server error');
}

export function toWire(error: AppError): WireError {
  return { kind: error.kind, message: error.message, issues: [...error.issues] };
}

export function fromWire(wire: WireError): AppError {
  return new AppError(wire.kind, wire.message, wire.issues);
}

export function errorBody(error: AppError): ErrorBody {
  const { status, error: phrase } = errorKinds[error.kind];
  const message = error.issues.length > 0 ? error.issues.map((issue) => issue.message) : error.message;
  return { statusCode: status, message, error: phrase };
}

/** For the end of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
