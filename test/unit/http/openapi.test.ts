import { describe, expect, it } from 'vitest';
import { createOpenApi } from '../../../electron/http/openapi.ts';
import { restRoutes } from '../../../electron/http/operation-routes.ts';
import { startServer } from './support/server.ts';

const document = createOpenApi('1.2.3');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every object inside a value, with the way to it. */
function* objectsIn(value: unknown, way = '#'): Generator<[way: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [way, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${way}/${key}`);
}

function at(pointer: string): unknown {
  const keys = pointer.slice(2).split('/');
  return keys.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
}

describe('the OpenAPI document', () => {
  it('has every route of the table, with its method, status and permission', () => {
    for (const { name, operation, rest } of restRoutes()) {
      const path = `/api${rest.path.replace(/:(\w+)/g, '{$1}')}`;
      const described = document.paths[path]?.[rest.method.toLowerCase()];
      expect(described, `${rest.method} ${path}`).toMatchObject({ operationId: name, summary: operation.summary });
      expect(Object.keys(described?.responses ?? {})).toContain(String(rest.status));
      expect(described?.security).toEqual(operation.access === 'public' ? [] : [{ bearer: [] }]);
    }
    const others = ['events', 'openapi.json', 'docs'];
    expect(operations).toHaveLength(restRoutes().length + others.length);
  });

  it('says how what is no plain value travels: JSON text, filters with and without a number, files, forms', () => {
    const get = (path: string) => document.paths[path]?.['get'];
    const parameter = (path: string, name: string) => get(path)?.parameters.find((each) => 'name' in each && each.name === name);
    for (const path of ['/api/organization-contact', '/api/organization-contact/{id}']) {
      expect(parameter(path, 'data'), path).toMatchObject({ content: { 'application/json': { schema: { type: 'object' } } } });
    }
    expect(parameter('/api/organization-contact/pagination', 'where')).toMatchObject({
      style: 'deepObject', schema: { anyOf: [{ type: 'object' }, { type: 'array' }] },
    });
    const exported = get('/api/organization-contact/export')?.responses['200'] as { content: object };
    expect(Object.keys(exported.content)).toEqual(['text/csv', 'text/vcard', 'application/json']);
    const form = document.paths['/api/imports']?.['post']?.requestBody?.content['multipart/form-data']?.schema.properties;
    expect(Object.keys(form ?? {})).toEqual(expect.arrayContaining(['file', 'format', 'dryRun', 'match', 'mapping']));
  });

  it('says where an ETag is given and what it is good for', () => {
    for (const { rest, operation } of restRoutes()) {
      const described = document.paths[`/api${rest.path.replace(/:(\w+)/g, '{$1}')}`]?.[rest.method.toLowerCase()];
      const isTagged = rest.method === 'GET' ? operation.produces === undefined : rest.revisioned === true;
      expect(Object.keys(described?.responses[String(rest.status)] ?? {}).includes('headers'), rest.path).toBe(isTagged);
      expect(Object.keys(described?.responses ?? {}).includes('304'), rest.path).toBe(isTagged && rest.method === 'GET');
    }
  });

  it('has no operation that is for the window only', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    for (const name of ['token.create', 'contact.page', 'import.stage']) expect(ids).not.toContain(name);
  });

  it('keeps the rules of OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: '1.2.3' });
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);

    for (const { path, method, operation } of operations) {
      const where = `${method} ${path}`;
      expect(path, where).toMatch(/^\/[\w\-/.{}]+$/);
      const parameters = operation.parameters.map((parameter) =>
        '$ref' in parameter ? (at(parameter.$ref) as { name: string; in: string; required: boolean }) : parameter,
      );
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`), where).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(inPath.every(({ required }) => required), where).toBe(true);
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size, where).toBe(names.length);
      if (method === 'get' || method === 'delete') expect(operation.requestBody, where).toBeUndefined();
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status, where).toMatch(/^[2-5]\d\d$/);
        const resolved = '$ref' in (response as object) ? at((response as { $ref: string }).$ref) : response;
        expect(resolved, where).toMatchObject({ description: expect.any(String), ...(status !== '304' && { content: expect.any(Object) }) });
      }
    }
  });

  it('points only to what it holds, and holds only schemas that JSON Schema knows', () => {
    const types: unknown[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
    for (const [way, object] of objectsIn(document)) {
      if (typeof object['$ref'] === 'string') expect(at(object['$ref']), `${way} -> ${object['$ref']}`).toBeDefined();
      expect(object, way).not.toHaveProperty('$defs');
      expect(object, way).not.toHaveProperty('$schema');
      const isSchema = /\/schema(s\/\w+)?$|\/items$|\/properties\/\w+$|\/anyOf\/\d+$/.test(way);
      if (!isSchema || object['type'] === undefined) continue;
      for (const type of [object['type']].flat()) expect(types, way).toContain(type);
      if (object['type'] === 'object' && object['required']) {
        const properties = Object.keys((object['properties'] ?? {}) as object);
        expect(properties, way).toEqual(expect.arrayContaining(object['required'] as string[]));
      }
    }
  });

  it('names the fields of a contact, the filters of a page and what a body must hold', () => {
    expect(at('#/components/schemas/Contact/properties/primaryEmail')).toEqual({ type: ['string', 'null'] });
    const page = document.paths['/api/organization-contact/pagination']?.['get'];
    expect(page?.parameters).toContainEqual(expect.objectContaining({ name: 'where', in: 'query', style: 'deepObject' }));
    const create = document.paths['/api/organization-contact']?.['post'];
    expect(create?.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { required: ['name'], properties: { budget: { type: ['number', 'null'] } } } } },
    });
    expect(create?.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
  });

  it('is served to anybody on this computer, as data and as a page to read', async () => {
    const { ask } = await startServer();
    const data = await ask('GET', '/api/openapi.json', { token: null });
    expect(data.json()).toEqual(JSON.parse(JSON.stringify(document)));
    const page = await ask('GET', '/api/docs', { token: null });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const { path, operation } of operations) {
      expect(page.text).toContain(`<code>${path}</code>`);
      expect(page.text).toContain(operation.summary.replaceAll('"', '&quot;'));
    }
  });

  it('is a page that loads nothing and runs nothing', async () => {
    const { ask } = await startServer();
    const { text, headers } = await ask('GET', '/api/docs', { token: null });
    expect(text).not.toMatch(/<script|<link|<img|<iframe| src=| on\w+=|style="/);
    const nonce = /<style nonce="([^"]+)">/.exec(text)?.[1];
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(headers['content-security-policy']).toContain(`default-src 'none'`);
    expect((await ask('GET', '/api/docs', { token: null })).text).not.toContain(String(nonce));
  });
});
