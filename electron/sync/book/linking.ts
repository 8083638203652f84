import { createHash } from 'node:crypto';
import type { Slices } from '../../store/slices.ts';
import type { Store } from '../../store/open.ts';
import type { LocalSide, NewAccount } from '../local-side.ts';
import type { AccountBook } from './account.ts';
import { reservedLink, type Links } from './links.ts';
import type { Names } from './names.ts';
import type { Outbox } from './outbox.ts';

export interface LinkingDeps {
  store: Store;
  slices: Slices;
  now: () => string;
  newId: () => string;
  account: AccountBook;
  links: Links;
  names: Names;
  outbox: Outbox;
}

const tables = [
  'sync_account', 'sync_link', 'sync_outbox', 'sync_attempt', 'sync_conflict', 'sync_tombstone', 'sync_name', 'sync_image',
  'sync_quarantine',
];
const contactsAtOnce = 1000;
/** Where the book was linked before. */
const settingKey = 'sync.formerOffice';

type Office = Pick<NewAccount, 'tenantId' | 'organizationId'>;
const nameOf = ({ tenantId, organizationId }: Office): string => `${tenantId} ${organizationId}`;

type Found = { no: number; id: string; deletedAt: string | null };

export function createLinking(deps: LinkingDeps): Pick<LocalSide, 'linkedAccount' | 'link' | 'renewed' | 'unlink'> {
  const { store, slices, now, newId, account, links, names, outbox } = deps;

  const contactsAfter = (no: number): Found[] =>
    store
      .statement('select no, id, deleted_at as deletedAt from contact where no > ? order by no limit ?')
      .all(no, contactsAtOnce) as Found[];

  /** Queues live contacts; with an office, each contact is to be made there under an id of that office. */
  function queue(contacts: Iterable<Found>, office: Office | null): void {
    const at = now();
    const insert = store.statement(
      `insert into sync_outbox (id, contact_id, kind, queued_at, next_at) values (?, ?, 'upsert', ?, ?) on conflict do nothing`,
    );
    for (const { id, deletedAt } of contacts) {
      if (deletedAt === null) insert.run(newId(), id, at, at);
      if (office) links.save(reservedLink(id, idIn(office, id), at));
    }
  }

  function formerOffice(): string | undefined {
    return store.statement('select value from setting where key = ?').pluck().get(settingKey) as string | undefined;
  }

  function clear(): void {
    for (const table of tables) store.statement(`delete from ${table}`).run();
  }

  function refresh(): void {
    account.forget();
    names.forget();
    outbox.refresh();
  }

  return {
    linkedAccount: () => account.get(),

    async link(wanted) {
      if (account.get()) throw new Error('The book is already linked');
      // What a link that was interrupted had queued.
      store.transaction(clear);
      const office = (formerOffice() ?? nameOf(wanted)) === nameOf(wanted) ? null : wanted;
      let last = 0;
      for (let found = contactsAfter(last); found.length === contactsAtOnce; found = contactsAfter(last)) {
        await slices.each(found, (part) => store.transaction(() => queue(part(), office), 'later'));
        last = found.at(-1)?.no ?? last;
      }
      // From here on changes queue themselves, so the rest and the account come in one transaction.
      store.transaction(() => {
        for (let found = contactsAfter(last); found.length > 0; found = contactsAfter(last)) {
          queue(found, office);
          last = found.at(-1)?.no ?? last;
        }
        store.statement('delete from sync_outbox where contact_id not in (select id from contact where deleted_at is null)').run();
        store.statement('delete from sync_link where contact_id not in (select id from contact)').run();
        account.insert(wanted);
      });
      refresh();
    },

    renewed: (names) => account.rename(names),

    unlink() {
      const former = account.get();
      store.transaction(() => {
        clear();
        if (former) store.statement('insert or replace into setting (key, value) values (?, ?)').run(settingKey, nameOf(former));
      });
      refresh();
    },
  };
}

/**
 * The id of a contact in an office other than the one it was in before. On a server that has both, a contact sent under the
 * id that it has in the one would be taken away there. Every copy of the book comes to the same ids.
 */
function idIn(office: Office, contactId: string): string {
  const hex = createHash('sha256').update(`${nameOf(office)} ${contactId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
