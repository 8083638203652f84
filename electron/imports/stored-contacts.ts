import { uuid } from '../../shared/contact.ts';
import type { ContactRecord } from '../contacts/record.ts';
import { selectContact } from '../contacts/writer.ts';
import type { Store } from '../store/open.ts';
import type { TargetKey } from './target.ts';

/** Live contacts of the store by what rows are matched by; at most `maxCandidates` of one key. */
export interface StoredContacts {
  byUid(uid: string): ContactRecord[];
  byKey(key: TargetKey, value: string): ContactRecord[];
  hasId(id: string): boolean;
}

const maxCandidates = 100;

const conditions: Record<TargetKey, string> = {
  email: 'lower(primary_email) = lower(?)',
  phone: 'phone_key = ?',
  name: 'sort_name = ?',
};

export function createStoredContacts(store: Store): StoredContacts {
  const live = (condition: string) =>
    store.db.prepare(`${selectContact} where ${condition} and deleted_at is null limit ${maxCandidates}`);
  const byId = live('id = ?');
  const bySourceUid = live('source_uid = ?');
  const byKey = { email: live(conditions.email), phone: live(conditions.phone), name: live(conditions.name) };
  const anyWithId = store.db.prepare('select 1 from contact where id = ?').pluck();
  return {
    byUid(uid) {
      const id = uuid.safeParse(uid).data;
      const own = id === undefined ? [] : (byId.all(id) as ContactRecord[]);
      return own.length > 0 ? own : (bySourceUid.all(uid) as ContactRecord[]);
    },
    byKey: (key, value) => byKey[key].all(value) as ContactRecord[],
    hasId: (id) => anyWithId.get(id) !== undefined,
  };
}
