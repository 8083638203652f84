import type { Contact, Employee, Project, Tag } from '../../../shared/contact.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/operations/book.ts';
import type { Answers } from './form-bridge.ts';

const owned = {
  tenantId: '10000000-0000-4000-8000-000000000001',
  organizationId: '10000000-0000-4000-8000-000000000002',
  createdAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-01T08:00:00.000Z',
  deletedAt: null,
  createdByUserId: null,
  updatedByUserId: null,
  deletedByUserId: null,
  isActive: true,
  isArchived: false,
  archivedAt: null,
};

export const annId = '20000000-0000-4000-8000-000000000001';

export function tag(id: number, name: string, color: string): Tag {
  const more = { textColor: null, icon: null, description: null, isSystem: false };
  return { ...owned, ...more, id: `30000000-0000-4000-8000-00000000000${id}`, name, color };
}

export function employee(id: number, fullName: string): Employee {
  const key = `40000000-0000-4000-8000-00000000000${id}`;
  return {
    ...owned, id: key, fullName, user: { id: key, name: fullName, firstName: null, lastName: null, email: null, imageUrl: null },
  };
}

export function project(id: number, name: string): Project {
  return { ...owned, id: `50000000-0000-4000-8000-00000000000${id}`, name, code: null };
}

const address = {
  ...owned, id: '60000000-0000-4000-8000-000000000001', name: null, firstName: 'Ann', lastName: 'Lee',
  website: 'https://lee.example', address: '12 Harbour Street', address2: null, city: 'Lisbon', regionCode: null,
  postcode: '1100-148', country: 'Portugal', fax: null, fiscalInformation: null, latitude: 38.7223, longitude: -9.1393,
};

export function ann(changes: Partial<Contact> = {}): Contact {
  return {
    ...owned, id: annId, name: 'Ann Lee', contactType: 'CLIENT', primaryEmail: 'ann@lee.example',
    primaryPhone: '+351 21 123 4567', imageUrl: null, budget: 1200.5, budgetType: 'COST', notes: 'Prefers mornings.',
    inviteStatus: 'NOT_INVITED', contactId: address.id, imageId: null, image: null, rev: 3, extra: null,
    contact: address, tags: [tag(1, 'Harbour', '#2b8ac6')], members: [employee(1, 'Rui Costa')], projects: [], ...changes,
  };
}

/** A book with one contact that behaves like the host as far as the form can tell. */
export function formBook(contact: Contact | null = ann()) {
  const book = {
    contact,
    drafts: [] as Draft[],
    tags: [tag(1, 'Harbour', '#2b8ac6'), tag(2, 'Supplier', '#5b9a3c')],
    employees: [employee(1, 'Rui Costa'), employee(2, 'Mia Chen')],
    projects: [project(1, 'Quay 7')],
    image: null as { mediaType: string; base64: string } | null,
  };
  const live = (): Contact => {
    if (!book.contact || book.contact.deletedAt !== null) throw new AppError('notFound', 'The contact was not found');
    return book.contact;
  };
  const pick = <T extends { id: string }>(all: T[], given: unknown, now: T[] | undefined): T[] =>
    Array.isArray(given)
      ? given.map(({ id }: { id: string }) => all.find((item) => item.id === id)).filter((item) => item !== undefined)
      : (now ?? []);
  const write = (contact: Contact, input: Record<string, unknown>, rev: number): Contact => {
    const { contact: part, tags, members, projects, ifMatch: _, ...scalars } = input;
    return {
      ...contact, ...(scalars as Partial<Contact>), rev,
      contact: { ...address, ...contact.contact, ...(part as object | undefined) },
      tags: pick(book.tags, tags, contact.tags),
      members: pick(book.employees, members, contact.members),
      projects: pick(book.projects, projects, contact.projects),
    };
  };
  const settings = { apiEnabled: true, apiPort: 4780, theme: 'light' as const, phoneRegion: 'PT', updates: 'off' as const };

  const answers: Answers = {
    'settings.get': () => settings,
    'contact.get': () => live(),
    'contact.update': (input) => {
      const now = live();
      if (input.ifMatch !== `"${now.rev}"`) throw new AppError('stale', 'The contact was changed meanwhile');
      book.contact = write(now, input, now.rev + 1);
      return book.contact;
    },
    'contact.create': (input) => {
      book.contact = write({ ...ann(), tags: [], members: [], projects: [] }, input, 1);
      return book.contact;
    },
    'contact.recover': () => {
      if (!book.contact) throw new AppError('notFound', 'The contact was not found');
      book.contact = { ...book.contact, deletedAt: null, rev: book.contact.rev + 1 };
      return book.contact;
    },
    'draft.list': () => book.drafts,
    'draft.save': ({ key, baseRev, values }) => {
      const updatedAt = '2026-11-23T14:05:00.000Z';
      book.drafts = [...book.drafts.filter((draft) => draft.key !== key), { key, baseRev, values, updatedAt }];
      return null;
    },
    'draft.discard': ({ key }) => {
      book.drafts = book.drafts.filter((draft) => draft.key !== key);
      return null;
    },
    'tag.list': () => ({
      items: book.tags.map((item) => ({ ...item, organization_contact_counter: 1 })), total: book.tags.length,
    }),
    'tag.create': ({ name, color }) => {
      const made = tag(book.tags.length + 1, name, color);
      book.tags.push(made);
      return made;
    },
    'employee.members': () => ({ items: book.employees, total: book.employees.length }),
    'project.list': () => ({ items: book.projects, total: book.projects.length }),
    'project.create': ({ name }) => {
      const made = project(book.projects.length + 1, name);
      book.projects.push(made);
      return made;
    },
    'image.get': () => book.image,
    'image.set': ({ image }) => {
      book.image = image;
      book.contact = { ...live(), imageId: image ? annId : null, rev: live().rev + 1 };
      return { imageId: book.contact.imageId, rev: book.contact.rev };
    },
  };
  return { book, answers };
}
