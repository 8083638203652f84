import { describe, expect, it } from 'vitest';
import { startServer } from './support/server.ts';

const rateOf = (headers: NodeJS.Dict<string | string[]>) =>
  ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'].map((name) => Number(headers[name]));

describe('the rate of a token', () => {
  it('is counted down in every answer, refusals included', async () => {
    const { ask, tokenFor } = await startServer();
    const token = tokenFor(['ALL_ORG_VIEW'], 10);
    const answers = [
      await ask('GET', '/api/organization-contact/count', { token }),
      await ask('GET', '/api/organization-contact/nonsense', { token }),
      await ask('GET', '/api/nowhere', { token }),
      await ask('POST', '/api/organization-contact', { token, body: '{}' }),
    ];
    expect(answers.map((answer) => rateOf(answer.headers))).toEqual([[10, 9, 60], [10, 8, 60], [10, 7, 60], [10, 6, 60]]);
  });

  it('ends in a 429 that says when to come back, and begins again after a minute', async () => {
    const { ask, tokenFor, time, calls } = await startServer();
    const token = tokenFor(['ALL_ORG_VIEW'], 3);
    const go = () => ask('GET', '/api/organization-contact/count', { token });
    for (let count = 0; count < 3; count += 1) expect((await go()).status).toBe(200);
    time.now += 20_000;
    const refused = await go();
    expect([refused.status, refused.headers['retry-after'], rateOf(refused.headers)]).toEqual([429, '40', [3, 0, 40]]);
    expect(refused.json()).toMatchObject({ statusCode: 429, error: 'Too Many Requests' });
    expect(calls).toHaveLength(3);
    time.now += 40_000;
    expect((await go()).status).toBe(200);
  });

  it('of one token is nothing to another', async () => {
    const { ask, tokenFor } = await startServer();
    const [busy, calm] = [tokenFor(['ALL_ORG_VIEW'], 1), tokenFor(['ALL_ORG_VIEW'], 1)];
    await ask('GET', '/api/user/me', { token: busy });
    expect((await ask('GET', '/api/user/me', { token: busy })).status).toBe(429);
    expect((await ask('GET', '/api/user/me', { token: calm })).status).toBe(200);
  });

  it('is 6000 a minute unless said otherwise, and 0 is none', async () => {
    const { ask, tokens, tokenFor } = await startServer();
    const usual = tokens.create({ name: 'usual', permissions: ['ALL_ORG_VIEW'] }).secret;
    expect(rateOf((await ask('GET', '/api/user/me', { token: usual })).headers)).toEqual([6000, 5999, 60]);
    const free = await ask('GET', '/api/user/me', { token: tokenFor(['ALL_ORG_VIEW'], 0) });
    expect(rateOf(free.headers)[1]).toBeGreaterThan(1e12);
  });
});

describe('wrong tokens', () => {
  it('are braked when there are many, and never lock out a good one', async () => {
    const { ask } = await startServer({ deps: { limits: { wrongTokensPerMinute: 5 } } });
    const guess = (count: number) => ask('GET', '/api/user/me', { token: `fbk_${count}` });
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) statuses.push((await guess(count)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await ask('GET', '/api/user/me')).status).toBe(200);
    expect((await ask('GET', '/api/user/me', { token: null })).status).toBe(401);
  });
});
