import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens, TokenStore } from '../../../../electron/sync/ports.ts';

/** Tokens in a file, for laptops that come and go. */
export function tokenFile(dataDir: string): TokenStore {
  const file = join(dataDir, 'tokens.json');
  return {
    load: () => Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as Tokens),
    save: (tokens) => Promise.resolve(writeFileSync(file, JSON.stringify(tokens))),
  };
}
