import type { Store } from '../../store/open.ts';
import { selectList } from '../../store/rows.ts';
import { syncAccount } from '../../store/sync-schema.ts';
import type { LinkedAccount, NewAccount } from '../local-side.ts';
import type { Dialect, Progress } from '../ports.ts';

export interface AccountBook {
  get(): LinkedAccount | null;
  /** Throws when the book is not linked. */
  need(): LinkedAccount;
  insert(account: NewAccount): void;
  rename(names: Pick<NewAccount, 'organizationName' | 'userName'>): void;
  saveProgress(changes: Partial<Progress>): void;
  saveDialect(changes: Partial<Dialect>): void;
  /** An ordinary transaction: with it, what was written before is on disk. */
  touch(): void;
  /** Forgets what is in memory: after a deletion or a rollback. */
  forget(): void;
}

const beginning: Progress = {
  watermark: null,
  firstPull: null,
  pageTag: null,
  remoteTotal: null,
  lastSweepAt: null,
  lastSuccessAt: null,
  clockOffsetMs: 0,
};

/** The server the book is linked to. It is asked for with every contact, so it is kept in memory. */
export function createAccountBook(store: Store, now: () => string): AccountBook {
  let memory: LinkedAccount | null | undefined;

  function read(): LinkedAccount | null {
    const row = store.statement(`select ${selectList(syncAccount)} from sync_account`).get() as
      | typeof syncAccount.$inferSelect
      | undefined;
    return row
      ? { ...row, dialect: JSON.parse(row.dialect) as Dialect, progress: JSON.parse(row.progress) as Progress }
      : null;
  }

  const get = () => (memory === undefined ? (memory = read()) : memory);

  function need(): LinkedAccount {
    const account = get();
    if (!account) throw new Error('The book is not linked to a server');
    return account;
  }

  function save(column: 'progress' | 'dialect', value: Progress | Dialect): void {
    memory = undefined;
    store.statement(`update sync_account set ${column} = ?`).run(JSON.stringify(value));
  }

  return {
    get,
    need,
    insert({ url, tenantId, organizationId, organizationName, userName, dialect }) {
      memory = undefined;
      store
        .statement(
          `insert into sync_account
           (id, url, tenant_id, organization_id, organization_name, user_name, dialect, linked_at, progress)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          `${url} ${tenantId} ${organizationId}`, url, tenantId, organizationId, organizationName, userName,
          JSON.stringify(dialect), now(), JSON.stringify(beginning),
        );
    },
    rename({ organizationName, userName }) {
      memory = undefined;
      store.statement('update sync_account set organization_name = ?, user_name = ?').run(organizationName, userName);
    },
    saveProgress: (changes) => save('progress', { ...need().progress, ...changes }),
    saveDialect: (changes) => save('dialect', { ...need().dialect, ...changes }),
    touch() {
      store.statement('update sync_account set progress = progress').run();
    },
    forget() {
      memory = undefined;
    },
  };
}
