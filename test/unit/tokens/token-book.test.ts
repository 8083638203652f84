import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { permissions } from '../../../shared/permissions.ts';
import { operationOf } from '../../../shared/operations/index.ts';
import { createDispatch, type Handlers } from '../../../electron/dispatch.ts';
import { createEventHub } from '../../../electron/events.ts';
import { openStore } from '../../../electron/store/open.ts';
import { digestOf } from '../../../electron/tokens/secret.ts';
import { createTokenBook } from '../../../electron/tokens/token-book.ts';
import { createTokenHandlers } from '../../../electron/tokens/token-handlers.ts';

function setUp() {
  const directory = mkdtempSync(join(tmpdir(), 'fieldbook tokens '));
  const store = openStore(directory, 'drizzle');
  onTestFinished(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });
  const time = { now: Date.parse('2026-05-01T12:00:00.000Z') };
  const deferred: (() => void)[] = [];
  const reported: unknown[] = [];
  const reopen = () =>
    createTokenBook({
      store, clock: () => new Date(time.now), report: (error) => reported.push(error), defer: (work) => void deferred.push(work),
    });
  return { store, time, deferred, reported, reopen, tokens: reopen() };
}

describe('a token', () => {
  it('is fbk_ and 256 random bits, told once and kept only as its SHA-256', () => {
    const { tokens, store } = setUp();
    const { secret } = tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'] });
    expect(secret).toMatch(/^fbk_[\w-]{43}$/);
    expect(tokens.create({ name: 'other', permissions: ['ALL_ORG_VIEW'] }).secret).not.toBe(secret);
    const stored = JSON.stringify(store.statement('select * from token').all());
    expect(stored).toContain(digestOf(secret));
    expect(stored + JSON.stringify(tokens.list())).not.toContain(secret.slice(4));
  });

  it('is found by its digest, with its permissions, until it is revoked', () => {
    const { tokens, reopen } = setUp();
    const { secret } = tokens.create({ name: 'script', permissions: ['ORG_CONTACT_VIEW', 'ORG_CONTACT_EDIT'], rate: 5 });
    const found = { name: 'script', rate: 5, caller: { kind: 'token', actor: 'script', permissions: ['ORG_CONTACT_VIEW', 'ORG_CONTACT_EDIT'] } };
    expect(tokens.findByDigest(digestOf(secret))).toMatchObject(found);
    expect(reopen().findByDigest(digestOf(secret))).toMatchObject(found);
    expect(tokens.findByDigest(digestOf('fbk_wrong'))).toBeUndefined();
    expect(tokens.revoke('script').revokedAt).toBe('2026-05-01T12:00:00.000Z');
    expect(tokens.findByDigest(digestOf(secret))).toBeUndefined();
    expect(reopen().findByDigest(digestOf(secret))).toBeUndefined();
  });

  it('ends when it expires, to the second', () => {
    const { tokens, time } = setUp();
    const { secret, expiresAt } = tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'], expiresIn: 60 });
    expect(expiresAt).toBe('2026-05-01T12:01:00.000Z');
    time.now += 59_999;
    expect(tokens.findByDigest(digestOf(secret))).toBeDefined();
    time.now += 1;
    expect(tokens.findByDigest(digestOf(secret))).toBeUndefined();
  });

  it('has a name that no other live token has', () => {
    const { tokens, time } = setUp();
    const make = (expiresIn?: number) => tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'], expiresIn });
    make();
    expect(make).toThrow(expect.objectContaining({ kind: 'conflict' }));
    tokens.revoke('script');
    make(60);
    time.now += 60_000;
    make();
    expect(tokens.list().map((token) => [token.name, token.revokedAt !== null])).toEqual([
      ['script', false], ['script', true], ['script', true],
    ]);
  });

  it('of an older book that is named like the person or the sync changes contacts under another name', () => {
    const { tokens } = setUp();
    for (const name of ['ui', 'sync', 'import', 'Sync']) {
      const { secret } = tokens.create({ name, permissions: ['ALL_ORG_EDIT'] });
      expect(tokens.findByDigest(digestOf(secret))).toMatchObject({ name, caller: { kind: 'token', actor: `token ${name}` } });
    }
  });

  it('that does not exist cannot be revoked', () => {
    const { tokens } = setUp();
    expect(() => tokens.revoke('script')).toThrow(expect.objectContaining({ kind: 'notFound' }));
  });

  it('cannot outlive the calendar', () => {
    const { tokens } = setUp();
    for (const expiresIn of [1e12, Number.MAX_SAFE_INTEGER]) {
      expect(() => tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'], expiresIn })).toThrow(/expiresIn is too long/);
    }
    expect(tokens.list()).toEqual([]);
  });
});

describe('the last use of a token', () => {
  it('is written at most once a minute, and not while the request is served', () => {
    const { tokens, time, deferred } = setUp();
    const { secret } = tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'] });
    const use = () => {
      const token = tokens.findByDigest(digestOf(secret));
      if (token) tokens.touch(token.digest);
    };
    use();
    use();
    expect([deferred.length, tokens.list()[0]?.lastUsedAt]).toEqual([1, null]);
    deferred.forEach((work) => work());
    expect(tokens.list()[0]?.lastUsedAt).toBe('2026-05-01T12:00:00.000Z');
    time.now += 60_000;
    use();
    expect(deferred.length).toBe(2);
  });
});

describe('a book that cannot be written', () => {
  it('lets tokens be used all the same, and is told of once', () => {
    const { tokens, store, time, deferred, reported } = setUp();
    const { digest } = tokens.findByDigest(digestOf(tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'] }).secret)) ?? {};
    const use = () => {
      time.now += 60_000;
      tokens.touch(String(digest));
      deferred.splice(0).forEach((work) => work());
    };
    store.db.pragma('query_only = ON');
    use();
    use();
    expect(reported).toMatchObject([{ code: 'SQLITE_READONLY' }]);
    store.db.pragma('query_only = OFF');
    use();
    expect(tokens.list()[0]?.lastUsedAt).toBe(new Date(time.now).toISOString());
  });
});

describe('a new token', () => {
  it('cannot have the name by which the journal knows the person, the sync or an import', () => {
    const { input } = operationOf('token.create');
    const create = createDispatch({ 'token.create': () => expect.unreachable() } as Partial<Handlers> as Handlers);
    for (const name of ['ui', 'sync', 'import', 'anonymous', ' UI ', 'Import']) {
      const call = () => create('token.create', { name, permissions: ['ALL_ORG_VIEW'] }, { kind: 'owner', actor: 'ui' });
      expect(call, name).toThrow(expect.objectContaining({ kind: 'invalid', message: expect.stringMatching(/^name must not be/) as string }));
    }
    expect(input.safeParse({ name: 'sync bridge', permissions: ['ALL_ORG_VIEW'] }).success).toBe(true);
  });
});

describe('the operations of tokens', () => {
  const profile = () => ({ tenantId: 'tenant', organizationId: 'organization', userId: 'person' });

  it('make, list and revoke, and tell the windows', () => {
    const { tokens } = setUp();
    const events = createEventHub(() => undefined);
    const heard: unknown[] = [];
    events.subscribe((event) => heard.push(event));
    const handlers = createTokenHandlers({ tokens, events, profile });
    const made = handlers['token.create']({ name: 'script', permissions: ['ALL_ORG_VIEW'] });
    expect(made).toMatchObject({ name: 'script', rate: 6000, secret: expect.any(String), expiresAt: null });
    expect(handlers['token.list']()).toEqual({ items: [expect.not.objectContaining({ secret: made.secret })], total: 1 });
    expect(handlers['token.revoke']({ name: 'script' })).toMatchObject({ revokedAt: expect.any(String) });
    expect(heard).toEqual([{ type: 'tokens' }, { type: 'tokens' }]);
  });

  it('say who is asking: a token holds its own permissions, the owner all', () => {
    const { tokens } = setUp();
    const handlers = createTokenHandlers({ tokens, events: { publish: () => undefined }, profile });
    const me = handlers['user.me'];
    const caller = { kind: 'token', actor: 'script', permissions: ['ORG_CONTACT_VIEW'] } as const;
    expect(me({}, { caller, file: undefined })).toEqual({
      id: 'person', name: 'script', tenantId: 'tenant', organizationId: 'organization', permissions: ['ORG_CONTACT_VIEW'],
    });
    expect(me({}, { caller: { kind: 'owner', actor: 'ui' }, file: undefined }).permissions).toEqual(permissions);
  });
});
