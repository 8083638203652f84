import type { Step, ContactWriter } from '../contacts/writer.ts';
import type { Entry } from '../journal/journal.ts';
import type { InferSelectModel } from '../store/drizzle.ts';
import type { Store } from '../store/open.ts';
import { selectList } from '../store/rows.ts';
import { tag } from '../store/schema.ts';
import { insertTag, type Lists } from './lists.ts';

/** A tag as the journal keeps it, to bring it back as it was. */
export type KeptTag = Omit<InferSelectModel<typeof tag>, 'no'>;

/** How a tag goes and comes back: as a part of a step, so that it is undone and done again like any change. */
export interface DeletedTags {
  /**
   * Takes a tag off every contact, in slices, and then deletes it; false where there is none. When the program ends in between,
   * the tag is still there and some have lost it: both undoing and deleting it again lead to a whole.
   */
  remove(step: Step, id: string): Promise<boolean>;
  /** Brings a tag back that a step deleted; the contacts get it again by what the step changed on them. */
  restore(step: Step, kept: KeptTag): void;
}

export interface DeletedTagsDeps {
  store: Store;
  lists: Lists;
  writer: ContactWriter;
  /** Tells the windows to read the lists again. */
  announceLists: () => void;
}

const field = 'tag';
const carriersAtOnce = 500;
const keptColumns = ['id', 'createdAt', 'updatedAt', 'name', 'color', 'textColor', 'icon', 'description'] as const satisfies readonly (keyof KeptTag)[];

/** What an entry of the journal says of a tag: that it was deleted, or that it came back. */
export function tagOf(entry: Entry): { deleted: KeptTag } | { restored: KeptTag } | null {
  if (entry.field !== field) return null;
  return entry.new === null ? { deleted: entry.old as KeptTag } : { restored: entry.new as KeptTag };
}

export function createDeletedTags({ store, lists, writer, announceLists }: DeletedTagsDeps): DeletedTags {
  const removals = new Map<string, Promise<boolean>>();
  const carriers = store.db
    .prepare('select c.id from contact_tag t join contact c on c.no = t.contact_no where t.tag_no = ? limit ?')
    .pluck();

  async function takeOff(step: Step, id: string, no: number): Promise<void> {
    // Whoever is given the tag meanwhile is found in the next round.
    for (let found = carriers.all(no, carriersAtOnce); found.length > 0; found = carriers.all(no, carriersAtOnce)) {
      await writer.each(step, found as string[], (edit, contactId) => {
        const record = edit.find(contactId);
        if (record) edit.update(record, { sets: { tags: edit.idsOf(record, 'tags').filter((other) => other !== id) } });
      });
    }
  }

  async function remove(step: Step, id: string): Promise<boolean> {
    const no = lists.tags.noOf(id);
    if (no === undefined) return false;
    const slices: Step = { ...step, sliced: true };
    await takeOff(slices, id, no);
    step.group = slices.group;
    // An ordinary transaction, with which everything before it is on disk as well.
    writer.run(step, (edit) => {
      const kept = store.statement(`select ${selectList(tag, [...keptColumns])} from tag where no = ?`).get(no) as KeptTag;
      store.statement('delete from tag where no = ?').run(no);
      lists.refresh();
      edit.note({ kind: 'deleted', field, old: kept, new: null });
    });
    announceLists();
    return true;
  }

  return {
    async remove(step, id) {
      // Two deletions of one tag would have half of its contacts each, and undoing one would bring back half.
      const before = removals.get(id) ?? Promise.resolve(false);
      const removal = before.catch(() => false).then(() => remove(step, id));
      removals.set(id, removal);
      try {
        return await removal;
      } finally {
        if (removals.get(id) === removal) removals.delete(id);
      }
    },
    restore(step, kept) {
      if (lists.tags.noOf(kept.id) !== undefined) return;
      writer.run(step, (edit) => {
        store.statement(insertTag).run(kept);
        lists.refresh();
        edit.note({ kind: 'created', field, old: null, new: kept });
      });
      announceLists();
    },
  };
}
