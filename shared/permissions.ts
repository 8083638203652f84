/** What a token may be given, with Ever Gauzy's names. */
export const permissions = ['ALL_ORG_VIEW', 'ALL_ORG_EDIT', 'ORG_CONTACT_VIEW', 'ORG_CONTACT_EDIT'] as const;
export type Permission = (typeof permissions)[number];

/**
 * What an operation asks of its caller.
 * `view` and `edit` are permissions of a token, `token` is any valid token, `public` none at all,
 * `owner` is the person at this computer: the window and the commands, never a token.
 */
export type Access = 'view' | 'edit' | 'token' | 'public' | 'owner';

const grants: Record<'view' | 'edit', readonly Permission[]> = {
  view: ['ALL_ORG_VIEW', 'ORG_CONTACT_VIEW'],
  edit: ['ALL_ORG_EDIT', 'ORG_CONTACT_EDIT'],
};

/** Who is calling: the owner's window or command, a token, or nobody. */
export type Caller =
  | { kind: 'owner'; actor: string }
  | { kind: 'token'; actor: string; permissions: readonly Permission[] }
  | { kind: 'anonymous'; actor: string };

/** Whether the caller may use an operation with this access. An edit permission does not imply view. */
export function allows(caller: Caller, access: Access): boolean {
  if (access === 'public' || caller.kind === 'owner') return true;
  if (caller.kind === 'anonymous' || access === 'owner') return false;
  return access === 'token' || grants[access].some((permission) => caller.permissions.includes(permission));
}
