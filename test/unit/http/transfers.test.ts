import { get } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../electron/dispatch.ts';
import { contactId, otherId, scope, startServer } from './support/server.ts';

const exportPath = '/api/organization-contact/export?format=csv';

describe('a download', () => {
  it('comes as a file with its type and name', async () => {
    const { ask } = await startServer({
      handlers: { 'contact.export': () => ({ mediaType: 'text/csv; charset=utf-8', fileName: 'Käufer "A".csv', chunks: ['name\n', 'Ann\n'] }) },
    });
    const answer = await ask('GET', exportPath);
    expect(answer.text).toBe('name\nAnn\n');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="K_ufer _A_.csv"; filename*=UTF-8''K%C3%A4ufer%20%22A%22.csv`,
    );
  });

  it('of bare JSON that is short has a weak ETag, like any list', async () => {
    const { ask } = await startServer({
      handlers: { 'contact.find': () => ({ mediaType: 'application/json', chunks: ['{"items":[', '],"total":0}'] }) },
    });
    const answer = await ask('GET', '/api/organization-contact');
    expect([answer.text, answer.headers['content-length']]).toEqual(['{"items":[],"total":0}', '22']);
    const again = await ask('GET', '/api/organization-contact', { headers: { 'if-none-match': answer.headers.etag ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('of bare JSON that is long has a weak ETag, which another one follows as soon as anything is written', async () => {
    const book = { changes: 1 };
    const chunks = ['{"items":["', 'x'.repeat(200_000), '"],"total":1}'];
    const { ask } = await startServer({
      deps: { changes: () => book.changes },
      handlers: { 'contact.find': () => ({ mediaType: 'application/json', chunks }) },
    });
    const first = await ask('GET', '/api/organization-contact');
    const known = { headers: { 'if-none-match': first.headers.etag ?? '' } };
    const again = await ask('GET', '/api/organization-contact', known);
    expect([first.text, first.headers.etag, again.status, again.text]).toEqual([chunks.join(''), expect.stringMatching(/^W\/"/), 304, '']);
    book.changes += 1;
    const later = await ask('GET', '/api/organization-contact', known);
    expect([later.status, later.text]).toEqual([200, first.text]);
  });

  it('that is long arrives whole, text and bytes alike', async () => {
    const chunks = Array.from({ length: 5000 }, (_, index) => (index % 2 ? `line ${index} ü\n` : Buffer.from(`bytes ${index}\n`)));
    const { ask } = await startServer({ handlers: { 'contact.export': () => ({ mediaType: 'text/csv', fileName: 'a.csv', chunks }) } });
    expect((await ask('GET', exportPath)).text).toBe(chunks.map(String).join(''));
  });

  it('waits for the client, and stops when the client hangs up', async () => {
    let made = 0;
    let ended = false;
    async function* chunks() {
      try {
        for (;;) {
          made += 1;
          yield 'x'.repeat(64 * 1024);
        }
      } finally {
        ended = true;
      }
    }
    const { port, all } = await startServer({
      handlers: { 'contact.export': () => ({ mediaType: 'text/csv', fileName: 'a.csv', chunks: chunks() }) },
    });
    const request = get({ host: '127.0.0.1', port, path: exportPath, headers: { authorization: `Bearer ${all}` } });
    request.on('error', () => undefined);
    await new Promise((resolve) => request.on('response', (response) => resolve(response.pause())));
    let before = -1;
    await expect.poll(() => [before === made, (before = made)], { interval: 100 }).toEqual([true, expect.any(Number)]);
    expect(made).toBeLessThan(2000);
    request.destroy();
    await expect.poll(() => ended).toBe(true);
  });

  it('that fails before its first byte is an ordinary error, and later breaks off visibly', async () => {
    async function* failing(after: number) {
      for (let count = 0; count < after; count += 1) yield 'x'.repeat(64 * 1024);
      throw new Error('secret');
    }
    const counts = [0, 10];
    const { ask, logged } = await startServer({
      handlers: { 'contact.export': () => ({ mediaType: 'text/csv', fileName: 'a.csv', chunks: failing(counts.shift() ?? 0) }) },
    });
    const early = await ask('GET', exportPath);
    expect([early.status, early.headers['content-disposition']]).toEqual([500, undefined]);
    await expect(ask('GET', exportPath)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });

  it('answers HEAD with its type and no body', async () => {
    const { ask } = await startServer({
      handlers: { 'contact.export': () => ({ mediaType: 'text/csv', fileName: 'a.csv', chunks: ['x'.repeat(200_000)] }) },
    });
    const answer = await ask('HEAD', exportPath);
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '', 'text/csv']);
  });
});

/** A server that takes files in and keeps their text. */
async function takingFiles(options: Parameters<typeof startServer>[0] = {}) {
  const files: string[] = [];
  const server = await startServer({
    ...options,
    handlers: {
      'import.start': async (_input: unknown, { file }: Context) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of file ?? []) chunks.push(chunk);
        files.push(Buffer.concat(chunks).toString());
        return { id: contactId };
      },
    },
  });
  return { ...server, files };
}

const formHeaders = { 'content-type': 'multipart/form-data; boundary=edge' };
const formField = (name: string, value: string) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const formFile = (content: string, { name = 'file', fileName = 'book.csv', type = 'text/csv' } = {}) =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;

function form(...parts: string[]) {
  return { body: `${parts.join('')}--edge--\r\n`, headers: formHeaders };
}

describe('a file', () => {
  it.each([['text/csv', 'csv'], ['text/vcard; charset=utf-8', 'vcf'], ['application/json', 'json']])(
    'comes in as a raw body of type %s',
    async (type, format) => {
      const { ask, calls, files } = await takingFiles();
      const answer = await ask('POST', '/api/imports?dryRun=true', { body: 'the file', headers: { 'content-type': type } });
      expect(answer.status).toBe(202);
      expect([files, calls[0]?.input]).toEqual([['the file'], { format, dryRun: true }]);
    },
  );

  it('comes in as the field file of a form, its format told by its name', async () => {
    const { ask, calls, files } = await takingFiles();
    const content = 'name\nÄnne\n'.repeat(50_000);
    const answer = await ask('POST', '/api/imports', form(formFile(content, { fileName: 'Kontakte.VCF', type: 'application/octet-stream' })));
    expect(answer.status).toBe(202);
    expect(files).toEqual([content]);
    expect(calls[0]?.input).toEqual({ format: 'vcf' });
  });

  it('has the options that come before it in the form', async () => {
    const { ask, calls } = await takingFiles();
    const answer = await ask('POST', '/api/imports?match=email', form(formField('dryRun', 'true'), formFile('x')));
    expect([answer.status, calls[0]?.input]).toEqual([202, { format: 'csv', dryRun: true, match: 'email' }]);
  });

  it.each([
    ['an option behind it, which would come too late', form(formFile('x'), formField('dryRun', 'true')), 'dryRun must come before the file'],
    ['a field that is not known', form(formField('dryrun', 'true'), formFile('x')), 'dryrun is not known here'],
    ['a second file', form(formFile('x'), formFile('y')), 'file is one file too many'],
    ['a field of another organization', form(formField('organizationId', otherId), formFile('x')), 'organizationId is not'],
    ['an end in its middle', { body: formFile('name\nTRUNC').trimEnd(), headers: formHeaders }, 'The form broke off'],
    ['an end after it', { body: `${formFile('x')}--edge\r\nContent-Disp`, headers: formHeaders }, 'multipart/form-data'],
  ])('is not taken from a form with %s', async (_title, options, message) => {
    const { ask, files, logged } = await takingFiles();
    const answer = await ask('POST', '/api/imports', options);
    expect([answer.status, JSON.stringify(answer.json()['message'])]).toEqual([400, expect.stringContaining(message)]);
    expect(files).toEqual([]);
    expect(logged.filter((line) => 'error' in line)).toEqual([]);
  });

  it('may name the tenant and organization of the book, as any call', async () => {
    const { ask, calls } = await takingFiles();
    const { tenantId, organizationId } = scope;
    const query = `tenantId=${tenantId}&organizationId=${organizationId}`;
    const raw = await ask('POST', `/api/imports?${query}`, { body: 'x', headers: { 'content-type': 'text/csv' } });
    const inForm = await ask('POST', '/api/imports', form(formField('tenantId', tenantId), formFile('x')));
    expect([raw.status, inForm.status, calls.map(({ input }) => input)]).toEqual([202, 202, [{ format: 'csv' }, { format: 'csv' }]]);
  });

  it('has the format that the query says', async () => {
    const { ask, calls } = await takingFiles();
    await ask('POST', '/api/imports?format=json', { body: 'x', headers: { 'content-type': 'text/csv' } });
    expect(calls[0]?.input).toEqual({ format: 'json' });
  });

  it.each([
    ['a body of another type', 415, { body: 'x', headers: { 'content-type': 'text/html' } }],
    ['no body', 400, { headers: { 'content-type': 'text/csv', 'content-length': '0' } }],
    ['a form without the field file', 400, form(formFile('x', { name: 'upload' }))],
    ['a compressed body', 415, { body: 'x', headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' } }],
  ])('is refused with %s', async (_title, status, options) => {
    const { ask, files } = await takingFiles();
    const answer = await ask('POST', '/api/imports', options);
    expect(answer.json()).toEqual({ statusCode: status, message: expect.anything(), error: expect.any(String) });
    expect(files).toEqual([]);
  });

  it('is refused with 413 when it is too large, however it is sent', async () => {
    const { ask, files } = await takingFiles({ deps: { limits: { uploadBytes: 1000 } } });
    const tooMuch = 'x'.repeat(1001);
    const csv = { 'content-type': 'text/csv' };
    const answers = [
      await ask('POST', '/api/imports', { body: tooMuch, headers: csv }),
      await ask('POST', '/api/imports', form(formFile(tooMuch))),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([413, 413]);
    expect(files).toEqual([]);
    expect((await ask('POST', '/api/imports', { body: tooMuch.slice(1), headers: csv })).status).toBe(202);
  });

  it('may be refused before it has been read, and the client still hears why', async () => {
    const { ask } = await startServer();
    const answer = await ask('POST', '/api/imports?match=nonsense', {
      body: Buffer.alloc(8 * 1024 * 1024, 'x'),
      headers: { 'content-type': 'text/csv' },
    });
    expect([answer.status, answer.json()['message']]).toEqual([400, [expect.stringContaining('match')]]);
  });

  it('whose sender hangs up is no fault of the server', async () => {
    const { port, all, files, logged } = await takingFiles();
    const socket = connect(port, '127.0.0.1', () => {
      const head = ['POST /api/imports HTTP/1.1', `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${all}`, 'Content-Type: text/csv', 'Content-Length: 100'];
      socket.write(`${head.join('\r\n')}\r\n\r\nname\nAnn`, () => setTimeout(() => socket.destroy(), 50));
    });
    await expect.poll(() => logged.filter((line) => 'status' in line)).toHaveLength(1);
    expect([files, logged.filter((line) => 'error' in line)]).toEqual([[], []]);
  });

  it('is not taken when the token was revoked while it was on its way', async () => {
    const { ask, tokens, calls } = await startServer({
      handlers: {
        'import.start': async (_input: unknown, { file }: Context) => {
          tokens.revoke('doomed');
          for await (const _chunk of file ?? []) continue;
          return { id: contactId };
        },
      },
    });
    const { secret } = tokens.create({ name: 'doomed', permissions: ['ALL_ORG_EDIT'] });
    const answer = await ask('POST', '/api/imports', { token: secret, body: 'x', headers: { 'content-type': 'text/csv' } });
    expect(answer.status).toBe(401);
    expect(calls).toHaveLength(1);
  });
});
