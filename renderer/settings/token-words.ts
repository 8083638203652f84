import type { Token } from '../../shared/operations/book.ts';
import type { Permission } from '../../shared/permissions.ts';

/** What a permission lets a program do. The two pairs allow the same here; Ever Gauzy's clients ask for either. */
export const permissionWords: Readonly<Record<Permission, string>> = {
  ORG_CONTACT_VIEW: 'Read contacts',
  ORG_CONTACT_EDIT: 'Change contacts',
  ALL_ORG_VIEW: 'Read everything of the organization',
  ALL_ORG_EDIT: 'Change everything of the organization',
};

/** How long a new token can be made to last, in seconds; empty is for ever. */
export const lifetimes: readonly { value: string; label: string }[] = [
  { value: '', label: 'Never' },
  { value: String(24 * 3600), label: 'After a day' },
  { value: String(30 * 24 * 3600), label: 'After 30 days' },
  { value: String(90 * 24 * 3600), label: 'After 90 days' },
  { value: String(365 * 24 * 3600), label: 'After a year' },
];

export type TokenState = 'valid' | 'expired' | 'revoked';

export function tokenState({ revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>, now: Date): TokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'valid';
}
