import type { Contact, ContactType } from '../../../shared/contact.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Input } from '../../../shared/operations/index.ts';
import type { HostEvent } from '../../../shared/events.ts';
import type { ChangeKind, Draft, Settings } from '../../../shared/operations/book.ts';
import type { ContactRow, JournalEntry } from '../../../shared/operations/contacts.ts';
import { digitsOf, fold } from '../../../shared/text.ts';
import { formBridge, type Answers, type FakeBridge } from './form-bridge.ts';
import { employee, project, tag } from './form-book.ts';
import { nameOf, people } from './people.ts';

const start = Date.parse('2026-11-01T08:00:00.000Z');
const types: ContactType[] = ['CUSTOMER', 'CLIENT', 'LEAD', 'VENDOR', 'PARTNER'];
const tags = [
  tag(1, 'Harbour', '#2b8ac6'), tag(2, 'Key account', '#c4473a'), tag(3, 'Newsletter', '#5b9a3c'),
  tag(4, 'Invited to the summer party', '#b27a12'),
];
const employees = [employee(1, 'Rui Costa'), employee(2, 'Mia Chen'), employee(3, 'Zoë Ångström')];
const projects = [project(1, 'Quay 7')];

/** An in-memory book with as many contacts as asked for, and the bridge that a window reaches it by. */
export interface FakeBook {
  bridge: FakeBridge;
  rows: Map<string, ContactRow>;
  settings: Settings;
  /** Changes a contact the way another program would, and announces it. */
  change(id: string, values: Partial<ContactRow>, kind?: ChangeKind): void;
  announce(...events: HostEvent[]): void;
}

export function idOf(number: number): string {
  return `20000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The contact with a number, the same each time. */
function rowOf(number: number): ContactRow {
  const person = people[number % people.length] ?? people[0];
  return {
    id: idOf(number),
    name: nameOf(number),
    contactType: types[number % types.length] ?? 'CLIENT',
    company: person.company, city: person.city, primaryEmail: emailOf(number, person.email), primaryPhone: person.phone,
    budget: number % 3 === 0 ? null : (number % 97) * 250, budgetType: number % 2 === 0 ? 'COST' : 'HOURS',
    tags: tags.filter((_, order) => (number >> order) % 3 === 0).map(({ id }) => id),
    members: employees.filter((_, order) => (number >> order) % 4 === 1).map(({ id }) => id),
    imageId: null, rev: 1, deletedAt: null,
    updatedAt: new Date(start + number * 60_000).toISOString(),
  };
}

/** The e-mail address of a contact: its own name, at the company of the person it is made after. */
function emailOf(number: number, email: string | null): string | null {
  if (number < people.length || email === null) return email;
  return `${fold(nameOf(number)).replace(/[^a-z0-9]+/g, '.')}@${email.split('@')[1]}`;
}

export function fakeBook(contacts: number, more: Answers = {}): FakeBook {
  const rows = new Map(Array.from({ length: contacts }, (_, number) => [idOf(number), rowOf(number)]));
  const settings: Settings = { apiEnabled: true, apiPort: 4780, theme: 'light', phoneRegion: 'PT', updates: 'off' };
  const journal: (JournalEntry & { contactId: string })[] = [];
  const undone: { group: string; label: string; undo: () => void; redo: () => void }[] = [];
  const done: typeof undone = [];
  let drafts: Draft[] = [];
  let sorted: ContactRow[] | null = null;
  let seq = 0;

  const live = (): ContactRow[] => {
    sorted ??= [...rows.values()].map((row) => ({ row, key: fold(row.name) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id < b.row.id ? -1 : 1))
      .map(({ row }) => row);
    return sorted;
  };
  const rowNamed = (id: string): ContactRow => {
    const row = rows.get(id);
    if (!row) throw new AppError('notFound', 'The contact was not found');
    return row;
  };

  function write(id: string, values: Partial<ContactRow>, kind: ChangeKind, actor: string): void {
    const before = rowNamed(id);
    seq += 1;
    const at = new Date(start + 40 * 86_400_000 + seq * 1000).toISOString();
    const after = { ...before, ...values, rev: before.rev + 1, updatedAt: at };
    rows.set(id, after);
    sorted = null;
    for (const [field, value] of Object.entries(values)) {
      const old = before[field as keyof ContactRow];
      journal.unshift({ seq, at, actor, group: `g${seq}`, kind, field, old, new: value, contactId: id });
    }
    bridge.announce({ type: 'change', change: { seq, at, contactId: id, kind, actor, name: after.name } });
  }

  function step(label: string, ids: readonly string[], values: (row: ContactRow) => Partial<ContactRow>, kind: ChangeKind) {
    const before = ids.map((id) => rowNamed(id));
    const group = `step-${done.length + undone.length}`;
    const redo = (): void => before.forEach((row) => write(row.id, values(row), kind, 'ui'));
    const undo = (): void => before.forEach((row) => write(row.id, row, 'updated', 'ui'));
    redo();
    done.push({ group, label, undo, redo });
    return { group, affected: ids.length };
  }

  const brief = (last: (typeof done)[number] | undefined) => (last ? { group: last.group, label: last.label } : null);
  const matches = (row: ContactRow, query: string): boolean => {
    const digits = /^[\s\d+()./-]{2,}$/.test(query) ? digitsOf(query) : '';
    if (digits !== '') return digitsOf(row.primaryPhone ?? '').includes(digits);
    const words = fold([row.name, row.company, row.city, row.primaryEmail].join(' ')).split(/[^\p{L}\p{N}]+/u);
    return fold(query).split(/\s+/).filter(Boolean).every((part) => words.some((each) => each.startsWith(part)));
  };

  function listed({ query = '', types: ofTypes, tags: ofTags, members, trash = false, sort, descending }: Omit<Input<'contact.page'>, 'limit'>) {
    let found = live().filter((row) => (row.deletedAt !== null) === trash);
    if (query.trim() !== '') found = found.filter((row) => matches(row, query));
    if (ofTypes) found = found.filter((row) => ofTypes.includes(row.contactType));
    if (ofTags) found = found.filter((row) => row.tags.some((id) => ofTags.includes(id)));
    if (members) found = found.filter((row) => row.members.some((id) => members.includes(id)));
    if (sort && sort !== 'name' && sort !== 'place' && sort !== 'createdAt') {
      found = found.toSorted((a, b) => ((a[sort] ?? '') < (b[sort] ?? '') ? -1 : 1));
    }
    return descending ? found.toReversed() : found;
  }

  const answers: Answers = {
    'contact.page': ({ limit, offset, after, ...view }) => {
      const found = listed(view);
      const from = after === undefined ? Number(offset ?? 0) : Number(after);
      const end = from + Number(limit);
      return { items: found.slice(from, end), total: found.length, cursor: end < found.length ? String(end) : null };
    },
    'contact.place': ({ id, ...view }) => {
      const index = listed(view).findIndex((row) => row.id === id);
      return { index: index < 0 || view.query ? null : index };
    },
    'contact.create': (input) => {
      const id = String(input.id);
      rows.set(id, { ...rowOf(rows.size), id, name: String(input.name) });
      write(id, {}, 'created', 'ui');
      return contactOf(rowNamed(id));
    },
    'contact.get': ({ id, withDeleted }) => {
      const row = rowNamed(id);
      if (row.deletedAt !== null && !withDeleted) throw new AppError('notFound', 'The contact was not found');
      return contactOf(row);
    },
    'contact.history': ({ id }) => {
      const items = journal.filter((entry) => entry.contactId === id);
      return { items, total: items.length };
    },
    'contact.deleteMany': ({ ids }) => step(
      ids.length === 1 ? `Deleted ${rowNamed(ids[0] ?? '').name}` : `Deleted ${ids.length} contacts`,
      ids, () => ({ deletedAt: new Date(start).toISOString() }), 'deleted',
    ),
    'contact.recoverMany': ({ ids }) => step(`Restored ${ids.length}`, ids, () => ({ deletedAt: null }), 'restored'),
    'contact.changeMany': ({ ids, contactType, addTags, removeTags }) => step(`Edited ${ids.length} contacts`, ids, (row) => ({
      ...(contactType ? { contactType } : {}),
      tags: [...new Set([...row.tags, ...(addTags ?? []).map(({ id }) => id)])].filter(
        (id) => !removeTags?.some((removed) => removed.id === id),
      ),
    }), 'updated'),
    'contact.purge': ({ ids }) => {
      const erased = ids ?? [...rows.values()].filter((row) => row.deletedAt !== null).map((row) => row.id);
      erased.forEach((id) => rows.delete(id));
      sorted = null;
      bridge.announce({ type: 'bulk' });
      return { affected: erased.length };
    },
    'undo.peek': () => ({ undo: brief(done.at(-1)), redo: brief(undone.at(-1)) }),
    'undo.undo': () => {
      const last = done.pop();
      if (!last) return { group: null, label: '', contacts: 0, kept: [] };
      last.undo();
      undone.push(last);
      return { group: last.group, label: last.label, contacts: 1, kept: [] };
    },
    'undo.redo': () => {
      const last = undone.pop();
      if (!last) return { group: null, label: '', contacts: 0, kept: [] };
      last.redo();
      done.push(last);
      return { group: last.group, label: last.label, contacts: 1, kept: [] };
    },
    'tag.list': () => {
      const items = tags.map((item) => ({
        ...item, organization_contact_counter: live().filter((row) => row.tags.includes(item.id)).length,
      }));
      return { items, total: items.length };
    },
    'tag.level': () => ({ items: tags.map((item) => ({ ...item, fullIconUrl: null })), total: tags.length }),
    'employee.members': () => ({ items: employees, total: employees.length }),
    'project.list': () => ({ items: projects, total: projects.length }),
    'settings.get': () => settings,
    'draft.list': () => drafts,
    'draft.save': ({ key, baseRev, values }) => {
      const others = drafts.filter((draft) => draft.key !== key);
      const isNew = others.length === drafts.length;
      drafts = [...others, { key, baseRev, values, updatedAt: new Date(start).toISOString() }];
      if (isNew) bridge.announce({ type: 'drafts' });
      return null;
    },
    'draft.discard': ({ key }) => {
      drafts = drafts.filter((draft) => draft.key !== key);
      bridge.announce({ type: 'drafts' });
      return null;
    },
    'import.list': () => ({ items: [], total: 0 }),
    'image.get': () => null,
    'host.info': () => {
      const trashed = live().filter((row) => row.deletedAt !== null).length;
      return {
        version: '0.1.0', sqliteVersion: '3.54.1', dataDir: '/home/ann/fieldbook', tenantId: idOf(1), organizationId: idOf(2),
        userId: idOf(3), apiUrl: 'http://127.0.0.1:4780', apiError: null, safeMode: false, contacts: rows.size - trashed, trashed,
      };
    },
    ...more,
  };
  const bridge = formBridge(answers);
  return {
    bridge, rows, settings,
    announce: (...events) => bridge.announce(...events),
    change: (id, values, kind = 'updated') => write(id, values, kind, 'CRM bridge'),
  };
}

/** The whole contact of a row, with something in every place that the detail shows. */
function contactOf(row: ContactRow): Contact {
  const { company: _, city, ...own } = row;
  const entity = {
    tenantId: idOf(1), organizationId: idOf(2), createdAt: '2026-05-04T09:30:00.000Z', createdByUserId: null,
    updatedByUserId: null, deletedByUserId: null, isActive: true, isArchived: false, archivedAt: null,
  };
  return {
    ...entity, ...own, imageUrl: null, image: null, contactId: row.id,
    notes: 'Met at the boat fair in June.\nPrefers to be called in the morning, and speaks Portuguese, English and some Danish.',
    inviteStatus: 'INVITED',
    extra: { columns: { 'Job title': 'Head of purchasing', Birthday: '12 March' } },
    contact: {
      ...entity, id: row.id, updatedAt: row.updatedAt, deletedAt: null, name: null, firstName: null, lastName: null,
      website: 'https://quay7.example/contact', address: '12 Harbour Street', address2: null, city, regionCode: null,
      postcode: '1100-148', country: 'Portugal', fax: null, fiscalInformation: 'PT 501 964 843', latitude: null, longitude: null,
    },
    tags: tags.filter(({ id }) => row.tags.includes(id)),
    members: employees.filter(({ id }) => row.members.includes(id)),
    projects, invoices: [],
  };
}
