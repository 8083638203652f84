import { parseArgs } from 'node:util';
import { serveFakeRemote } from './http.ts';
import { createFakeRemote } from './remote.ts';

/*
 * The fake remote as a process:
 * `node test/fake-remote/main.ts --contacts 20000 [--pace MS_PER_PAGE] [--port N] [--database sqlite]`
 * Prints `ready {"url":…}` with the account to sign in with, and serves until it is ended.
 */

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '0' },
    pace: { type: 'string', default: '0' },
    port: { type: 'string', default: '0' },
    database: { type: 'string', default: 'postgres' },
  },
});

const remote = createFakeRemote({ database: values.database === 'sqlite' ? 'sqlite' : 'postgres' });
remote.seed(Number(values.contacts));
const isPage = (path: string): boolean => /^\/api\/organization-contact(\/pagination)?\?/.test(path);
const { url } = await serveFakeRemote(remote, {
  port: Number(values.port),
  pace: ({ path }) => (isPage(path) ? Number(values.pace) : 0),
});
const { tenantId, organizationId, admin } = remote.directory;
const ready = { url, pid: process.pid, email: admin.email, password: admin.password, tenantId, organizationId };
process.stdout.write(`ready ${JSON.stringify(ready)}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
