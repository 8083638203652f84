import type { Slices } from '../../store/slices.ts';
import type { Store } from '../../store/open.ts';
import type { LocalSide } from '../local-side.ts';
import type { AccountBook } from './account.ts';
import type { Names } from './names.ts';
import type { Outbox } from './outbox.ts';

export interface LinkingDeps {
  store: Store;
  slices: Slices;
  now: () => string;
  newId: () => string;
  account: AccountBook;
  names: Names;
  outbox: Outbox;
}

const tables = [
  'sync_account', 'sync_link', 'sync_outbox', 'sync_attempt', 'sync_conflict', 'sync_tombstone', 'sync_name', 'sync_image',
  'sync_quarantine',
];
const contactsAtOnce = 1000;

type Found = { no: number; id: string };

export function createLinking(deps: LinkingDeps): Pick<LocalSide, 'linkedAccount' | 'link' | 'renewed' | 'unlink'> {
  const { store, slices, now, newId, account, names, outbox } = deps;

  const liveAfter = (no: number): Found[] =>
    store
      .statement('select no, id from contact where no > ? and deleted_at is null order by no limit ?')
      .all(no, contactsAtOnce) as Found[];

  function queue(contacts: Iterable<Found>): void {
    const at = now();
    const insert = store.statement(
      `insert into sync_outbox (id, contact_id, kind, queued_at, next_at) values (?, ?, 'upsert', ?, ?) on conflict do nothing`,
    );
    for (const { id } of contacts) insert.run(newId(), id, at, at);
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
      if (account.get()) throw new Error('The book is linked already');
      // What a link that was interrupted had queued.
      store.transaction(clear);
      let last = 0;
      for (let found = liveAfter(last); found.length === contactsAtOnce; found = liveAfter(last)) {
        await slices.each(found, (part) => store.transaction(() => queue(part()), 'later'));
        last = found.at(-1)?.no ?? last;
      }
      // From here on changes queue themselves, so the rest and the account come in one transaction.
      store.transaction(() => {
        for (let found = liveAfter(last); found.length > 0; found = liveAfter(last)) {
          queue(found);
          last = found.at(-1)?.no ?? last;
        }
        store.statement('delete from sync_outbox where contact_id not in (select id from contact where deleted_at is null)').run();
        account.insert(wanted);
      });
      refresh();
    },

    renewed: (names) => account.rename(names),

    unlink() {
      store.transaction(clear);
      refresh();
    },
  };
}
