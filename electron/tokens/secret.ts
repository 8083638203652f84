import { hash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits: `fbk_` and 43 characters of base64url. */
export function makeSecret(): string {
  return `fbk_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 of a secret, in hex: all that is kept of it. */
export function digestOf(secret: string): string {
  return hash('sha256', secret, 'hex');
}
