import { hasPermissions, isAuthenticated, login, logout, refresh } from './auth.ts';
import type { Call, Reply } from './call.ts';
import { contacts, employees, projects, tags } from './collections.ts';
import { contactsOfEmployee, countContacts, getContact, listContacts } from './contacts-read.ts';
import {
  createContact,
  deleteContact,
  recoverContact,
  softDeleteContact,
  updateContact,
  updateMember,
} from './contacts-write.ts';
import type { Access, PermissionMemory } from './guards.ts';
import { imageFile, uploadImage } from './images.ts';
import { banner, getOrganization, health, me, organizationMembers, userOrganizations } from './neighbours.ts';
import { pagination } from './pagination.ts';
import { createTag, deleteTag, getTag, rawTags, tagsOfLevel, updateTag } from './tags.ts';
import type { Settings } from './world.ts';

/** One route. `access` null: public. */
export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly success: number;
  readonly access: Access | null;
  readonly handle: (call: Call) => Reply;
}

const anybody = null;
const signedIn: Access = { tenant: false };
const sameTenant: Access = { tenant: true };
const may = (...permissions: string[]): Access => ({ tenant: true, permissions });

/** All routes; of two that match, the first counts. Who may do what is as measured, gaps included. */
export function routesOf(settings: Settings, memory: PermissionMemory): Route[] {
  const contact = '/api/organization-contact';
  const table: [string, string, number, Access | null, (call: Call) => Reply][] = [
    ['GET', '/api', 200, anybody, banner],
    ['GET', '/api/health', 200, anybody, health],
    ['POST', '/api/auth/login', 200, anybody, login],
    ['POST', '/api/auth/refresh-token', 200, anybody, refresh],
    ['GET', '/api/auth/authenticated', 200, anybody, isAuthenticated],
    ['POST', '/api/auth/logout', 200, signedIn, logout],
    ['GET', '/api/auth/permissions', 200, signedIn, hasPermissions(memory)],
    ['GET', '/api/user/me', 200, signedIn, me],
    ['GET', `${contact}/count`, 200, may('ORG_CONTACT_VIEW'), countContacts],
    ['GET', `${contact}/pagination`, 200, may('ORG_CONTACT_VIEW'), pagination(contacts)],
    ['GET', contact, 200, sameTenant, listContacts],
    ['GET', `${contact}/employee/:employeeId`, 200, sameTenant, contactsOfEmployee],
    ['GET', `${contact}/:id`, 200, sameTenant, getContact],
    ['POST', contact, 201, may('ORG_CONTACT_EDIT'), createContact],
    ['PUT', `${contact}/employee`, 202, may('ORG_EMPLOYEES_EDIT'), updateMember],
    ['PUT', `${contact}/:id`, 202, may('ORG_CONTACT_EDIT'), updateContact],
    ['DELETE', `${contact}/:id`, 202, sameTenant, deleteContact],
    ...(settings.softDelete
      ? ([
          ['DELETE', `${contact}/:id/soft`, 202, sameTenant, softDeleteContact],
          ['PUT', `${contact}/:id/recover`, 202, sameTenant, recoverContact],
        ] satisfies [string, string, number, Access, (call: Call) => Reply][])
      : []),
    ['GET', '/api/tags/level', 200, sameTenant, tagsOfLevel],
    ['GET', '/api/tags/pagination', 200, sameTenant, pagination(tags)],
    ['GET', '/api/tags', 200, sameTenant, rawTags],
    ['GET', '/api/tags/:id', 200, sameTenant, getTag],
    ['POST', '/api/tags', 201, may('ALL_ORG_EDIT', 'ORG_TAGS_ADD'), createTag],
    ['PUT', '/api/tags/:id', 202, may('ALL_ORG_EDIT', 'ORG_TAGS_EDIT'), updateTag],
    ['DELETE', '/api/tags/:id', 202, sameTenant, deleteTag],
    ['GET', '/api/employee/pagination', 200, may('ORG_EMPLOYEES_VIEW'), pagination(employees)],
    ['GET', '/api/employee/members', 200, may('ALL_ORG_VIEW', 'ORG_MEMBERS_VIEW'), organizationMembers],
    ['GET', '/api/organization-projects/pagination', 200, sameTenant, pagination(projects)],
    ['GET', '/api/user-organization', 200, sameTenant, userOrganizations],
    ['GET', '/api/organization/:id', 200, sameTenant, getOrganization],
    ['POST', '/api/image-assets/upload/contacts', 201, may('ALL_ORG_EDIT', 'MEDIA_GALLERY_ADD'), uploadImage],
    ['GET', '/public/contacts/:file', 200, anybody, imageFile],
  ];
  return table.map(([method, pattern, success, access, handle]) => ({ method, pattern, success, access, handle }));
}

/** Finds the route of a method and path, with the parameters of the path. */
export function createRouter(routes: readonly Route[]) {
  const bySize = new Map<string, { route: Route; segments: string[] }[]>();
  for (const route of routes) {
    const segments = route.pattern.split('/');
    const key = `${route.method} ${segments.length}`;
    bySize.set(key, [...(bySize.get(key) ?? []), { route, segments }]);
  }
  return (method: string, pathname: string): { route: Route; params: Record<string, string> } | null => {
    const parts = pathname.split('/');
    for (const { route, segments } of bySize.get(`${method} ${parts.length}`) ?? []) {
      if (!segments.every((segment, i) => segment.startsWith(':') || segment === parts[i])) continue;
      const params = Object.fromEntries(
        segments.flatMap((segment, i) =>
          segment.startsWith(':') ? [[segment.slice(1), decodeURIComponent(parts[i] ?? '')]] : [],
        ),
      );
      return { route, params };
    }
    return null;
  };
}
