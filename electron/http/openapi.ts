import { errorKinds, type ErrorKind } from '../../shared/errors.ts';
import { pathParameters } from '../../shared/operation.ts';
import { createSchemaWriter, type JsonSchema, type SchemaWriter } from './openapi-schemas.ts';
import { restRoutes, type RestRoute } from './operation-routes.ts';

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema?: JsonSchema;
  content?: Record<string, { schema: JsonSchema }>;
  style?: 'deepObject';
  explode?: boolean;
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: (OpenApiParameter | { $ref: string })[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, unknown>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: Record<string, Record<string, unknown>>;
}

const needs = {
  public: 'Needs no token.',
  token: 'Needs any valid token.',
  view: 'Needs ALL_ORG_VIEW or ORG_CONTACT_VIEW.',
  edit: 'Needs ALL_ORG_EDIT or ORG_CONTACT_EDIT.',
  owner: 'For the window only.',
} as const;

/** Headers that many routes understand. */
const headers = {
  IfMatch: { name: 'If-Match', description: 'The strong ETag that the contact must still have, or *.' },
  IfNoneMatch: { name: 'If-None-Match', description: 'ETags already known: answers 304 when one is current.' },
  IdempotencyKey: { name: 'Idempotency-Key', description: 'The same key and body get the same answer for 24 hours.' },
  TenantId: { name: 'Tenant-Id', description: 'Optional; another tenant than the profile’s is refused.' },
  LastEventId: { name: 'Last-Event-ID', description: 'The last event heard: what came after it is sent first.' },
} as const;

/** OpenAPI 3.1 of everything under `/api` that a program may call, made from the table of operations. */
export function createOpenApi(version: string): OpenApiDocument {
  const schemas = createSchemaWriter();
  const paths: OpenApiDocument['paths'] = {};
  const add = (path: string, method: string, operation: OpenApiOperation) => {
    paths[path] = { ...paths[path], [method]: operation };
  };

  for (const route of restRoutes()) {
    const path = `/api${route.rest.path.replace(/:(\w+)/g, '{$1}')}`;
    add(path, route.rest.method.toLowerCase(), describe(route, schemas));
  }
  add('/api/events', 'get', eventsOperation());
  add('/api/openapi.json', 'get', pageOperation('openapi.json', 'This document.', 'application/json'));
  add('/api/docs', 'get', pageOperation('docs', 'This document as a page to read.', 'text/html'));

  return {
    openapi: '3.1.0',
    info: {
      title: 'Fieldbook',
      version,
      description:
        'The contacts of an organisation, on this computer. The contact routes are those of Ever Gauzy. ' +
        'Every error has statusCode, message and error; message is a list when fields were refused.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A token made in the settings.' } },
      schemas: { Error: errorSchema, ...schemas.components },
      parameters: Object.fromEntries(
        Object.entries(headers).map(([key, header]) => [
          key,
          { ...header, in: 'header', required: false, schema: { type: 'string' } },
        ]),
      ),
      headers: {
        ETag: {
          description: 'Strong, the rev of a contact without relations; else weak, of what was answered.',
          schema: { type: 'string' },
        },
      },
      responses: {
        NotModified: { description: 'What If-None-Match names is still what would be answered.' },
        ...Object.fromEntries(
          Object.entries(errorKinds).map(([kind, { error }]) => [
            kind,
            { description: error, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
          ]),
        ),
      },
    },
  };
}

const errorSchema = {
  type: 'object',
  properties: {
    statusCode: { type: 'integer' },
    message: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    error: { type: 'string' },
  },
  required: ['statusCode', 'message', 'error'],
};

function describe(route: RestRoute, schemas: SchemaWriter): OpenApiOperation {
  const { name, operation, rest, takesQuery } = route;
  const inPath = pathParameters(rest);
  const input = schemas.write(operation.input);
  const { ifMatch: _ifMatch, ...properties } = input.properties ?? {};
  const required = input.required ?? [];
  const fields = Object.entries(properties).filter(([field]) => !inPath.includes(field));
  const takesFile = operation.stream === 'up';
  const takesBody = (rest.method === 'POST' || rest.method === 'PUT') && !takesFile && fields.length > 0;

  const parameters: OpenApiOperation['parameters'] = inPath.map((field) => ({
    name: field,
    in: 'path',
    required: true,
    schema: properties[field] ?? {},
  }));
  if (takesQuery && !takesBody) {
    parameters.push(...fields.map(([field, schema]) => queryParameter(field, schema, required.includes(field))));
  }
  if (rest.method === 'GET' && hasTag(route)) parameters.push(header('IfNoneMatch'));
  if (rest.method === 'POST') parameters.push(header('IdempotencyKey'));
  if (rest.ifMatch) parameters.push(header('IfMatch'));
  parameters.push(header('TenantId'));

  return {
    operationId: name,
    summary: operation.summary,
    description: needs[operation.access],
    tags: [rest.path.split('/')[1] ?? ''],
    security: operation.access === 'public' ? [] : [{ bearer: [] }],
    parameters,
    ...(takesBody && { requestBody: jsonBody(Object.fromEntries(fields), required) }),
    ...(takesFile && { requestBody: fileBody(Object.keys(operation.accepts?.types ?? {}), Object.fromEntries(fields)) }),
    responses: {
      [rest.status]: {
        description: 'Done.',
        ...(hasTag(route) && { headers: { ETag: { $ref: '#/components/headers/ETag' } } }),
        content: operation.produces ? wholes(operation.produces) : { 'application/json': { schema: schemas.write(operation.output) } },
      },
      ...(rest.method === 'GET' && hasTag(route) && { 304: { $ref: '#/components/responses/NotModified' } }),
      ...errors(errorsOf(route)),
    },
  };
}

/** Whether the answer carries an ETag: everything that is read as JSON, and a contact that was written. */
function hasTag({ operation, rest }: RestRoute): boolean {
  return rest.method === 'GET' ? operation.produces === undefined : rest.revisioned === true;
}

/** Some parameters are JSON text, a nested object is asked for as `where[name]=…`, the rest is plain. */
function queryParameter(name: string, schema: JsonSchema, required: boolean): OpenApiParameter {
  const { contentMediaType, ...rest } = schema;
  if (contentMediaType === 'application/json') {
    return { name, in: 'query', required, content: { 'application/json': { schema: rest } } };
  }
  if (name !== 'where' && name !== 'order' && name !== 'select') return { name, in: 'query', required, schema };
  // Several groups of filters are alternatives; one needs no number.
  const either = schema['type'] === 'array' ? { anyOf: [schema['items'], schema] } : schema;
  return { name, in: 'query', required, schema: either as JsonSchema, style: 'deepObject', explode: true };
}

function header(key: keyof typeof headers): { $ref: string } {
  return { $ref: `#/components/parameters/${key}` };
}

type JsonBody = NonNullable<OpenApiOperation['requestBody']>;

function jsonBody(properties: Record<string, JsonSchema>, required: readonly string[]): JsonBody {
  const needed = required.filter((field) => Object.hasOwn(properties, field));
  const schema = { type: 'object', properties, ...(needed.length > 0 && { required: needed }) };
  return { required: needed.length > 0, content: { 'application/json': { schema } } };
}

const binary = { type: 'string', contentMediaType: 'application/octet-stream' };

/** The file as the field `file` of a form, behind the options that may also be in the query, or as the whole body. */
function fileBody(types: readonly string[], options: Record<string, JsonSchema>): JsonBody {
  const form = { type: 'object', properties: { ...options, file: binary }, required: ['file'] };
  return { required: true, content: { 'multipart/form-data': { schema: form }, ...wholes(types) } };
}

/** Files of these types. */
function wholes(types: readonly string[]): Record<string, { schema: JsonSchema }> {
  const whole = (type: string) => (type === 'application/json' ? {} : type.startsWith('text/') ? { type: 'string' } : binary);
  return Object.fromEntries(types.map((type) => [type, { schema: whole(type) }]));
}

function errorsOf({ operation, rest }: RestRoute): ErrorKind[] {
  const kinds: ErrorKind[] = ['invalid'];
  if (operation.access !== 'public') kinds.push('unauthorized', 'tooMany');
  kinds.push('forbidden');
  if (pathParameters(rest).length > 0) kinds.push('notFound', 'malformedId');
  if (rest.ifMatch) kinds.push('stale');
  if (rest.method === 'POST') kinds.push('conflict', 'unprocessable');
  if (rest.method !== 'GET') kinds.push('tooLarge', 'unsupported');
  if (rest.path === '/changes') kinds.push('gone');
  return kinds;
}

function errors(kinds: readonly ErrorKind[]): Record<string, { $ref: string }> {
  return Object.fromEntries(kinds.map((kind) => [errorKinds[kind].status, { $ref: `#/components/responses/${kind}` }]));
}

function eventsOperation(): OpenApiOperation {
  return {
    operationId: 'events',
    summary: 'The change feed as Server-Sent Events named change; id is the sequence number, data a Change.',
    description: needs.view,
    tags: ['changes'],
    security: [{ bearer: [] }],
    parameters: [header('LastEventId'), header('TenantId')],
    responses: {
      200: { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      ...errors(['invalid', 'unauthorized', 'forbidden', 'gone', 'tooMany', 'unavailable']),
    },
  };
}

function pageOperation(operationId: string, summary: string, mediaType: string): OpenApiOperation {
  return {
    operationId,
    summary,
    description: needs.public,
    tags: ['docs'],
    security: [],
    parameters: [],
    responses: {
      200: { description: 'The document.', content: { [mediaType]: { schema: {} } } },
      ...errors(['invalid', 'forbidden']),
    },
  };
}
