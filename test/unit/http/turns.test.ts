import { describe, expect, it } from 'vitest';
import { contactId, startServer } from './support/server.ts';

const count = '/api/organization-contact/count';

/** Turns that the test gives. */
function manualTurns() {
  const waiting: (() => void)[] = [];
  return {
    waiting,
    turn: () => new Promise<() => boolean>((resolve) => waiting.push(() => resolve(() => true))),
  };
}

describe('reads of programs', () => {
  it('are done one in each turn, so that windows are answered in between', async () => {
    const turns = manualTurns();
    const { ask, calls } = await startServer({ deps: { turns } });
    const answers = Promise.all([ask('GET', count), ask('GET', count), ask('GET', count)]);
    await expect.poll(() => turns.waiting.length).toBe(3);
    expect(calls).toHaveLength(0);
    turns.waiting.shift()?.();
    await expect.poll(() => calls.length).toBe(1);
    turns.waiting.forEach((begin) => begin());
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('of one contact do not wait, nor do writes and the calls of windows', async () => {
    const { ask, ownerSecret } = await startServer({ deps: { turns: manualTurns() } });
    expect((await ask('GET', `/api/organization-contact/${contactId}`)).status).toBe(200);
    expect((await ask('POST', '/api/organization-contact', { body: '{"name":"Ann"}' })).status).toBe(201);
    expect((await ask('POST', '/api/rpc/contact.page', { token: ownerSecret, body: '{"limit":1}' })).status).toBe(200);
  });

  it('end with 401 when their token was revoked while they waited', async () => {
    const turns = manualTurns();
    const { ask, calls, tokens } = await startServer({ deps: { turns } });
    const { secret } = tokens.create({ name: 'late', permissions: ['ALL_ORG_VIEW'] });
    const answer = ask('GET', count, { token: secret });
    await expect.poll(() => turns.waiting.length).toBe(1);
    tokens.revoke('late');
    turns.waiting.forEach((begin) => begin());
    expect((await answer).status).toBe(401);
    expect(calls).toHaveLength(0);
  });
});
