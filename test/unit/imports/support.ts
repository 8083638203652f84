import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Contact } from '../../../shared/contact.ts';
import type { HostEvent } from '../../../shared/events.ts';
import type { Download } from '../../../shared/operation.ts';
import type { ImportReport, MatchKey } from '../../../shared/operations/imports.ts';
import type { Caller } from '../../../shared/permissions.ts';
import { createCounts } from '../../../electron/contacts/counts.ts';
import type { Edits } from '../../../electron/contacts/edits.ts';
import { createContactReader } from '../../../electron/contacts/reader.ts';
import { createSearch } from '../../../electron/contacts/search.ts';
import { createContactWriter } from '../../../electron/contacts/writer.ts';
import { createEventHub } from '../../../electron/events.ts';
import { exportHandlers } from '../../../electron/exports/export-handlers.ts';
import { createImages } from '../../../electron/images/images.ts';
import { importHandlers } from '../../../electron/imports/import-handlers.ts';
import { createImports, type ImportOptions } from '../../../electron/imports/imports.ts';
import { createJournal } from '../../../electron/journal/journal.ts';
import { createUndo } from '../../../electron/journal/undo.ts';
import { createDeletedTags } from '../../../electron/lists/deleted-tags.ts';
import { insertEmployee, insertProject, insertTag, createLists } from '../../../electron/lists/lists.ts';
import { openProfile } from '../../../electron/profile.ts';
import { createSlices } from '../../../electron/store/slices.ts';
import { openStore } from '../../../electron/store/open.ts';

export const owner: Caller = { kind: 'owner', actor: 'ui' };
export const token: Caller = { kind: 'token', actor: 'crm-bridge', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] };

const migrationsDir = join(import.meta.dirname, '../../../drizzle');
const workerUrl = new URL('../../../electron/imports/import-worker.ts', import.meta.url);
const everything = ['contact', 'tags', 'members', 'projects'] as const;

export type TestBook = ReturnType<typeof openBook>;

/** A folder for a profile, removed after the test. */
export function profileFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fieldbook-imports-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real book in a folder, with the services that imports and exports need, and words to speak of it in tests. */
export function openBook(dataDir = profileFolder(), milliseconds?: () => number) {
  const now = () => new Date().toISOString();
  const newId = randomUUID;
  const region = () => 'DE';
  const store = openStore(dataDir, migrationsDir);
  const profile = openProfile(store, now, newId);
  const lists = createLists(store, profile);
  const journal = createJournal(store);
  const counts = createCounts(store);
  const reader = createContactReader(store, lists, profile);
  const announced: HostEvent[] = [];
  const errors: unknown[] = [];
  const events = createEventHub((error) => errors.push(error));
  events.subscribe((event) => announced.push(event));
  const announce = (change: Extract<HostEvent, { type: 'change' }>['change']) => events.publish({ type: 'change', change });
  const slices = createSlices(milliseconds);
  const writer = createContactWriter({ store, journal, lists, counts, slices, now, newId, region, announce });
  const undo = createUndo(journal, writer, createDeletedTags({ store, lists, writer, announceLists: () => events.publish({ type: 'lists' }) }));
  const images = createImages(store, now, newId);
  const search = createSearch(store, lists);
  const log = { error: (error: unknown) => errors.push(error) };
  const core = { store, lists, journal, reader, writer, images, undo, slices, events, search, now, newId };
  const imports = createImports({ ...core, dataDir, workerUrl, region, log });
  const operations = { ...importHandlers(imports), ...exportHandlers(core) };

  const close = async () => {
    if (!store.db.open) return;
    await imports.close();
    store.close();
  };
  onTestFinished(close);

  const contacts = (): Contact[] => reader.entities(reader.byNos(search.everything(null, 100_000).nos), everything);

  async function ended(id: string): Promise<ImportReport> {
    for (;;) {
      const report = imports.get(id, 0, 100_000);
      if (report.status !== 'running') return report;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  return {
    ...core, dataDir, imports, operations, announced, errors, counts, profile, contacts, ended, close,

    /** Imports a file and waits for its end. */
    async import(file: string | Uint8Array, options: ImportOptions & { name?: string; caller?: Caller } = {}): Promise<ImportReport> {
      const { name = 'contacts.csv', caller = owner, ...rest } = options;
      const { id } = await imports.stage(pieces(file), name, undefined);
      await imports.run(id, rest, caller);
      return ended(id);
    },

    export: async (input: Parameters<(typeof operations)['contact.export']>[0]) =>
      textOf((await operations['contact.export'](input, { caller: owner, file: undefined })) as Download),

    /** The contact of this name; fails the test when there is none or more than one. */
    named(name: string): Contact {
      const found = contacts().filter((contact) => contact.name === name);
      if (found.length !== 1) throw new Error(`${found.length} contacts are called ${name}`);
      return found[0] as Contact;
    },

    create: (edits: Edits, id?: string) =>
      writer.run({ actor: 'ui', label: 'Created', state: 'done' }, (edit) => edit.create(edits, id)),

    edit: (id: string, edits: Edits) =>
      writer.run({ actor: 'ui', label: 'Edited', state: 'done' }, (edit) => {
        const record = edit.find(id);
        if (!record) throw new Error(`there is no contact ${id}`);
        return edit.update(record, edits);
      }),

    addTag(name: string): string {
      const id = newId();
      const at = now();
      store.statement(insertTag).run({ id, createdAt: at, updatedAt: at, name, color: '#123456', textColor: null, icon: null, description: null });
      lists.refresh();
      return id;
    },
    addMember(fullName: string): string {
      const id = newId();
      const at = now();
      store.statement(insertEmployee).run({ id, createdAt: at, updatedAt: at, userId: newId(), fullName, email: null });
      lists.refresh();
      return id;
    },
    addProject(name: string): string {
      const id = newId();
      const at = now();
      store.statement(insertProject).run({ id, createdAt: at, updatedAt: at, name });
      lists.refresh();
      return id;
    },
  };
}

/** A file as it arrives. */
export async function* pieces(file: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

export async function textOf(download: Download): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of download.chunks) parts.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}

/** What a contact says, without what the book notes itself. */
export function said(contact: Contact) {
  const { contact: address, tags = [], members = [], projects = [], extra, ...own } = contact;
  const names = (list: readonly { name?: string; fullName?: string }[]) => sorted(list.map(({ name, fullName }) => fullName ?? name ?? ''));
  const { name, contactType, primaryEmail, primaryPhone, imageUrl, budget, budgetType, notes, inviteStatus } = own;
  const { firstName, lastName, website, city, postcode, country, regionCode, fax, fiscalInformation, latitude, longitude } = address ?? {};
  return {
    name, contactType, primaryEmail, primaryPhone, imageUrl, budget, budgetType, notes, inviteStatus, firstName, lastName, website,
    street: [address?.address, address?.address2], city, postcode, country, regionCode, fax, fiscalInformation, latitude, longitude,
    tags: names(tags), members: names(members), projects: names(projects), extra,
  };
}

/** Texts in the order of their characters. */
export const sorted = (texts: readonly string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1));

export const matches = ['uid', 'email', 'phone', 'name'] as const satisfies readonly MatchKey[];
