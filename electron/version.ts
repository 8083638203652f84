import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in package.json, for shells that run from the sources. */
export const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version;
