import type { ContactWriter, Step } from '../contacts/writer.ts';
import { insertEmployee, insertProject, insertTag, type List, type Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { insertStatement } from '../store/rows.ts';
import { invoice } from '../store/schema.ts';
import { generateContacts, type LinkIds, type SampleContact } from './generate-contacts.ts';
import { createRandom } from './random.ts';
import { sampleEmployees, sampleInvoiceCount, sampleProjects, sampleTags } from './sample-lists.ts';

export interface SeedDeps {
  store: Store;
  lists: Lists;
  writer: ContactWriter;
  now: () => string;
}

export interface SeedOptions {
  contacts: number;
  seed: number;
  /** Who asked, for the journal. */
  actor: string;
  /** Told after each batch how many of the contacts have been looked at. */
  onProgress?: (done: number) => void;
}

const batchSize = 500;
const daysBetweenInvoices = 21;
const dayMs = 86_400_000;

const insertInvoice = insertStatement(invoice, [
  'id', 'createdAt', 'updatedAt', 'contactNo', 'invoiceNumber', 'invoiceDate', 'dueDate', 'totalValue', 'currency', 'status',
]);

/**
 * Fills the book with the first `contacts` sample contacts of a seed, as one step of undo, and with the lists they are
 * linked with. Ids come from the seed. What the book has already stays as it is: seeding again with the same seed adds
 * only what is missing, and tags, employees and projects of the same name are used instead of made twice.
 * Answers how many contacts were created and the step's group, null when there was nothing to create.
 */
export async function seedBook(deps: SeedDeps, options: SeedOptions): Promise<{ contacts: number; group: string | null }> {
  const { writer } = deps;
  const { contacts, seed, actor } = options;
  const links = makeLists(deps, seed);
  const step: Step = { actor, label: `Added ${contacts} sample contacts`, state: 'done', sliced: true };
  let created = 0;
  let done = 0;
  for (const batch of batches(generateContacts(contacts, seed, links), batchSize)) {
    await writer.each(step, batch, (edit, { id, edits }) => {
      if (edit.find(id)) return;
      edit.create(edits, id);
      created += 1;
    });
    done += batch.length;
    options.onProgress?.(done);
  }
  makeInvoices(deps, seed, contacts, links);
  return { contacts: created, group: step.group?.id ?? null };
}

function* batches(contacts: Generator<SampleContact>, size: number): Generator<SampleContact[]> {
  let batch: SampleContact[] = [];
  for (const contact of contacts) {
    batch.push(contact);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Makes what the book has not got yet, by name, and answers the ids of all in the order of the samples. */
function makeLists({ store, lists, now }: SeedDeps, seed: number): LinkIds {
  const random = createRandom(seed, 'lists');
  const at = now();

  function ensure<E extends { id: string }>(list: List<E>, nameOf: (entity: E) => string, name: string, sql: string, row: object): string {
    // Drawn even when it is not used, so that the ids after it are the same in every book.
    const id = random.uuid();
    const known = list.all().find((entity) => entity.id === id || nameOf(entity) === name);
    if (known) return known.id;
    store.statement(sql).run({ id, createdAt: at, updatedAt: at, ...row });
    return id;
  }

  const ids = store.transaction(() => ({
    tags: sampleTags.map(([name, color]) =>
      ensure(lists.tags, (tag) => tag.name, name, insertTag, { name, color, textColor: null, icon: null, description: null }),
    ),
    members: sampleEmployees.map((fullName) =>
      ensure(lists.members, (employee) => employee.fullName, fullName, insertEmployee, {
        fullName, userId: random.uuid(), email: null,
      }),
    ),
    projects: sampleProjects.map((name) => ensure(lists.projects, (project) => project.name, name, insertProject, { name })),
  }));
  lists.refresh();
  return ids;
}

/** Fifty invoices for contacts among the first, going back from today. This ordinary transaction ends the sliced step. */
function makeInvoices({ store, now }: SeedDeps, seed: number, contacts: number, links: LinkIds): void {
  const random = createRandom(seed, 'invoices');
  const today = Date.parse(now());
  const customers = [...generateContacts(Math.min(contacts, sampleInvoiceCount), seed, links)];
  const day = (daysAgo: number) => new Date(today - daysAgo * dayMs).toISOString();
  store.transaction(() => {
    const numberOf = store.statement('select no from contact where id = ?').pluck();
    const known = store.statement('select 1 from invoice where id = ?').pluck();
    const highest = store.statement('select coalesce(max(invoice_number), 1000) from invoice').pluck().get() as number;
    for (let index = 0; index < sampleInvoiceCount; index += 1) {
      const id = random.uuid();
      const contactNo = numberOf.get(random.pick(customers).id);
      const daysAgo = (sampleInvoiceCount - index) * daysBetweenInvoices;
      const invoiceRow = {
        id,
        createdAt: now(),
        updatedAt: now(),
        contactNo: contactNo ?? null,
        invoiceNumber: highest + 1 + index,
        invoiceDate: day(daysAgo),
        dueDate: day(daysAgo - 30),
        totalValue: (100 + random.below(500_000)) / 100,
        currency: random.pick(['EUR', 'USD', 'GBP', 'JPY', 'PLN']),
        status: daysAgo > 60 || random.chance(0.3) ? 'PAID' : 'SENT',
      };
      if (known.get(id) === undefined) store.statement(insertInvoice).run(invoiceRow);
    }
  });
}
