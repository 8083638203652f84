import type { Draft } from '../../shared/operations/book.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Store } from '../store/open.ts';

/** Unsaved forms, kept in the profile: they survive a closed window, a crash and a restart. */
export function draftHandlers(
  store: Store,
  now: () => string,
  announce: () => void,
): HandlersOf<'draft.list' | 'draft.save' | 'draft.discard'> {
  return {
    'draft.list': () =>
      (
        store
          .statement(`select key, base_rev as baseRev, "values", updated_at as updatedAt from draft order by updated_at desc`)
          .all() as (Draft & { values: string })[]
      ).map((row) => ({ ...row, values: JSON.parse(row.values) as Draft['values'] })),

    'draft.save'({ key, baseRev, values }) {
      const isNew = !store.statement('select 1 from draft where key = ?').get(key);
      store
        .statement('insert or replace into draft (key, base_rev, "values", updated_at) values (?, ?, ?, ?)')
        .run(key, baseRev, JSON.stringify(values), now());
      if (isNew) announce();
      return null;
    },

    'draft.discard'({ key }) {
      if (store.statement('delete from draft where key = ?').run(key).changes > 0) announce();
      return null;
    },
  };
}
