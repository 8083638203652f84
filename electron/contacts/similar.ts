import { readPhone } from '../../shared/phone.ts';
import { fold } from '../../shared/text.ts';
import type { SimilarContact } from '../../shared/operations/contacts.ts';
import type { Store } from '../store/open.ts';
import { selectList } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import { rowColumns, type RowRecord } from './record.ts';

type Key = SimilarContact['by'][number];

export interface SimilarHit {
  record: RowRecord;
  by: Key[];
}

const mostOfOneKey = 10;

/** Finds contacts with the same e-mail, phone or name as a new one; those that share more come first. */
export function createSimilar(
  store: Store,
  region: () => string,
): (wanted: { name?: string | undefined; email?: string | undefined; phone?: string | undefined }) => SimilarHit[] {
  const live = (condition: string) =>
    store.db.prepare(
      `select ${selectList(contact, [...rowColumns])} from contact where deleted_at is null and ${condition} limit ${mostOfOneKey}`,
    );
  const byKey: Record<Key, ReturnType<typeof live>> = {
    email: live('lower(primary_email) = lower(?)'),
    phone: live('phone_key = ?'),
    name: live('sort_name = ?'),
  };

  return ({ name = '', email = '', phone = '' }) => {
    const wanted: [Key, string][] = [
      ['email', email.trim()],
      ['phone', readPhone(phone, region())?.match ?? ''],
      ['name', fold(name).trim()],
    ];
    const hits = new Map<number, SimilarHit>();
    for (const [key, value] of wanted) {
      if (value === '') continue;
      for (const record of byKey[key].all(value) as RowRecord[]) {
        const hit = hits.get(record.no);
        if (hit) hit.by.push(key);
        else hits.set(record.no, { record, by: [key] });
      }
    }
    return [...hits.values()].toSorted((a, b) => b.by.length - a.by.length);
  };
}
