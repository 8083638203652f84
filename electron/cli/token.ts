import type { Token } from '../../shared/operations/book.ts';
import { permissions } from '../../shared/permissions.ts';
import { duration, inOptions, noMore, oneOf, readArguments, required, runCommand, UsageError, wholeNumber } from './arguments.ts';
import { visible } from './plain-words.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run token -- create --name NAME --permissions A,B [--rate N] [--expires 30d] [--data-dir DIR]
       npm run token -- list [--data-dir DIR]
       npm run token -- revoke NAME [--data-dir DIR]
Permissions: ${permissions.join(', ')}
--rate is requests a minute, 0 for no limit; --expires is a whole number and s, m, h or d.`;

const optionOf = { name: '--name', permissions: '--permissions', rate: '--rate', expiresIn: '--expires' };

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, {
    name: { type: 'string' },
    permissions: { type: 'string' },
    rate: { type: 'string' },
    expires: { type: 'string' },
  });
  const [verb, ...rest] = words;
  if (verb === 'create') {
    noMore(rest);
    const { secret } = await create(dataDir, values);
    process.stdout.write(`${secret}\n`);
  } else if (verb === 'list') {
    noMore(rest);
    const { items } = await withBook(dataDir, (book) => book.call('token.list', {}));
    process.stdout.write(table(items));
  } else if (verb === 'revoke') {
    const [first, ...others] = rest;
    const name = required(first, 'NAME');
    noMore(others);
    await withBook(dataDir, (book) => book.call('token.revoke', { name }));
    process.stdout.write(`${visible(name)} is revoked\n`);
  } else {
    throw new UsageError(verb === undefined ? 'create, list or revoke is missing' : `'${verb}' is not known`);
  }
});

interface Wanted {
  name?: string | undefined;
  permissions?: string | undefined;
  rate?: string | undefined;
  expires?: string | undefined;
}

function create(dataDir: string, { name, permissions: list, rate, expires }: Wanted) {
  const wanted = {
    name: required(name, '--name'),
    permissions: required(list, '--permissions')
      .split(',')
      .map((permission) => oneOf(permission.trim(), '--permissions', permissions)),
    ...(rate === undefined ? {} : { rate: wholeNumber(rate, '--rate', 0) }),
    ...(expires === undefined ? {} : { expiresIn: duration(expires, '--expires') }),
  };
  return withBook(dataDir, (book) => book.call('token.create', wanted), { mayCreate: true }).catch(inOptions(optionOf));
}

/** All tokens, one a line, in columns. */
function table(tokens: readonly Token[]): string {
  const rows = [
    ['NAME', 'STATE', 'PERMISSIONS', 'RATE', 'CREATED', 'LAST USED'],
    ...tokens.map((token) => [
      visible(token.name), standing(token), token.permissions.join(','), String(token.rate), token.createdAt, token.lastUsedAt ?? 'never',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

function standing({ revokedAt, expiresAt }: Token): string {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'live';
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : `live until ${expiresAt}`;
}
