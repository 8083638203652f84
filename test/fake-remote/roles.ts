/** What the default roles may do, as far as the routes here ask. */
export const rolePermissions: Readonly<Record<string, readonly string[]>> = {
  ADMIN: [
    'ORG_CONTACT_VIEW',
    'ORG_CONTACT_EDIT',
    'ALL_ORG_VIEW',
    'ALL_ORG_EDIT',
    'ORG_EMPLOYEES_VIEW',
    'ORG_EMPLOYEES_EDIT',
    'ORG_MEMBERS_VIEW',
    'ORG_TAGS_ADD',
    'ORG_TAGS_EDIT',
    'ORG_PROJECT_VIEW',
    'MEDIA_GALLERY_ADD',
  ],
  EMPLOYEE: ['ORG_CONTACT_VIEW', 'ORG_MEMBERS_VIEW', 'ORG_PROJECT_VIEW', 'ORG_TAGS_ADD', 'MEDIA_GALLERY_ADD'],
  VIEWER: [],
};

/** Names that bring a token to the size of a real one. */
export const otherPermissions: readonly string[] = Array.from({ length: 200 }, (_, i) => `ORG_OTHER_RIGHT_${i}_EDIT`);
