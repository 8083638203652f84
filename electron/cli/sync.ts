import { inOptions, noMore, readArguments, required, runCommand, UsageError } from './arguments.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run sync -- connect --url URL (--email E --password-env VAR | --token-env VAR) [--organization ID] [--replace] [--data-dir DIR]
       npm run sync -- run | status | disconnect [--data-dir DIR]
--url is the server's origin, https only (http for this computer). Passwords and tokens come from environment variables.
run and status print one JSON object; run ends with 1 when the cycle could not be completed.`;

interface Wanted {
  url?: string | undefined;
  email?: string | undefined;
  'password-env'?: string | undefined;
  'token-env'?: string | undefined;
  organization?: string | undefined;
  replace?: boolean | undefined;
}

const optionOf: Readonly<Record<string, string>> = {
  url: '--url', email: '--email', password: 'the password', token: 'the token', organizationId: '--organization', replace: '--replace',
};

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, {
    url: { type: 'string' },
    email: { type: 'string' },
    'password-env': { type: 'string' },
    'token-env': { type: 'string' },
    organization: { type: 'string' },
    replace: { type: 'boolean' },
  });
  const [verb, ...rest] = words;
  noMore(rest);
  switch (verb) {
    case 'connect': {
      const input = { url: required(values.url, '--url'), ...credentials(values), ...target(values) };
      const { account } = await withBook(dataDir, (book) => book.call('sync.connect', input), { mayCreate: true }).catch(inOptions(optionOf));
      process.stdout.write(`linked to ${account?.organizationName} on ${account?.url} as ${account?.userName}\nsign-in kept: ${account?.keptIn}\n`);
      return 0;
    }
    case 'run': {
      const report = await withBook(dataDir, (book) => book.call('sync.run', {}));
      process.stdout.write(`${JSON.stringify(report)}\n`);
      return report.ok ? 0 : 1;
    }
    case 'status':
      process.stdout.write(`${JSON.stringify(await withBook(dataDir, (book) => book.call('sync.status', {})))}\n`);
      return 0;
    case 'disconnect':
      await withBook(dataDir, (book) => book.call('sync.disconnect', {}));
      process.stdout.write('not linked any more; every contact stays\n');
      return 0;
    case undefined:
      throw new UsageError('connect, run, status or disconnect is missing');
    default:
      throw new UsageError(`'${verb}' is not known`);
  }
});

function credentials(values: Wanted): { token: string } | { email: string; password: string } {
  if (values['token-env'] !== undefined) {
    if (values.email !== undefined || values['password-env'] !== undefined) {
      throw new UsageError('--token-env stands instead of --email and --password-env');
    }
    return { token: fromEnvironment(values['token-env'], '--token-env') };
  }
  return {
    email: required(values.email, '--email'),
    password: fromEnvironment(required(values['password-env'], '--password-env'), '--password-env'),
  };
}

function target({ organization, replace }: Wanted): { organizationId?: string; replace?: boolean } {
  return { ...(organization === undefined ? {} : { organizationId: organization }), ...(replace ? { replace } : {}) };
}

/** Secrets are not typed into a command line, where other users of the computer could read them. */
function fromEnvironment(variable: string, option: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new UsageError(`${option} names ${variable}, which is not set`);
  return value;
}
