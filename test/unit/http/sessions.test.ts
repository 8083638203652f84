import { Agent, request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { contactId, startServer } from './support/server.ts';

/** Asks for a contact on one connection that stays open, and answers the status. */
function oneConnection(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ports = new Set<number | undefined>();
  const ask = (token: string, path = `/api/organization-contact/${contactId}`) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
        ports.add(asked.socket?.localPort);
        response.resume().on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject).end();
    });
  return { ask, ports };
}

it('a token that is revoked or has expired ends on connections that are open, too', async () => {
  const { port, tokens, time } = await startServer({ handlers: { 'contact.get': () => ({ id: contactId, rev: 1 }) } });
  const { ask, ports } = oneConnection(port);
  const revoked = tokens.create({ name: 'revoked', permissions: ['ALL_ORG_VIEW'] }).secret;
  expect([await ask(revoked), await ask(revoked, '/api/user/me')]).toEqual([200, 200]);
  tokens.revoke('revoked');
  expect([await ask(revoked), await ask(revoked, '/api/user/me')]).toEqual([401, 401]);

  const brief = tokens.create({ name: 'brief', permissions: ['ALL_ORG_VIEW'], expiresIn: 60 }).secret;
  expect([await ask(brief), await ask(brief)]).toEqual([200, 200]);
  time.now += 60_000;
  expect(await ask(brief)).toBe(401);
  expect(ports.size).toBe(1);
});

it('each request counts as the token it carries, whatever its connection carried before', async () => {
  const { port, calls, tokenFor, all } = await startServer({ handlers: { 'contact.get': () => ({ id: contactId, rev: 1 }) } });
  const { ask, ports } = oneConnection(port);
  const [viewer, editor] = [tokenFor(['ORG_CONTACT_VIEW']), tokenFor(['ORG_CONTACT_EDIT'])];
  expect([await ask(viewer), await ask(editor), await ask(all), await ask('fbk_wrong'), await ask(viewer)]).toEqual([200, 403, 200, 401, 200]);
  expect(new Set(calls.map(({ context }) => context.caller.actor)).size).toBe(2);
  expect(ports.size).toBe(1);
});

it('a token stays live when another one is made', async () => {
  const { port, tokens, tokenFor } = await startServer({ handlers: { 'contact.get': () => ({ id: contactId, rev: 1 }) } });
  const { ask } = oneConnection(port);
  const token = tokenFor(['ALL_ORG_VIEW']);
  expect(await ask(token)).toBe(200);
  tokens.create({ name: 'another', permissions: ['ALL_ORG_VIEW'] });
  expect(await ask(token)).toBe(200);
});

it('a wrong token counts once, whichever way its request takes', async () => {
  const { ask } = await startServer({ deps: { limits: { wrongTokensPerMinute: 4 } } });
  const statuses: number[] = [];
  for (const path of ['/api/user/me', `/api/organization-contact/${contactId}`, `/api/organization-contact/${contactId}`, '/api/user/me']) {
    statuses.push((await ask('GET', path, { token: 'fbk_wrong' })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401]);
  const refused = await ask('GET', `/api/organization-contact/${contactId}`, { token: 'fbk_wrong' });
  expect([refused.status, refused.json(), refused.headers['retry-after']]).toEqual([
    429, { statusCode: 429, message: 'Too many requests with a wrong token', error: 'Too Many Requests' }, '60',
  ]);
});
