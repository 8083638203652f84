import type { Edits } from '../contacts/edits.ts';
import type { ContactRecord } from '../contacts/record.ts';
import type { Edit, Prepared } from '../contacts/writer.ts';
import type { Images } from '../images/images.ts';
import { insertTag, type Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { tagColor } from '../../shared/tag-color.ts';
import type { TagLook } from '../formats/import-record.ts';
import type { NameBook } from './name-book.ts';
import { photoDigest } from './photo.ts';
import type { StoredContacts } from './stored-contacts.ts';
import type { Book, PlannedEdits, Target } from './target.ts';

export interface LiveBookDeps {
  store: Store;
  lists: Lists;
  images: Images;
  contacts: StoredContacts;
  names: NameBook;
  now: () => string;
  newId: () => string;
  /** Called when a tag was made. */
  onNewTag: () => void;
}

/** The book of a real run: reads and writes inside the transaction that `edit` belongs to. */
export function createLiveBook(deps: LiveBookDeps, edit: Edit): Book {
  const { store, lists, images, contacts, names, now, newId, onNewTag } = deps;

  const target = (record: ContactRecord): Target => ({
    record,
    idsOf: (set) => edit.idsOf(record, set),
    imageDigest: () => storedDigest(images, record),
  });

  function makeTag(name: string, look: TagLook = {}): string {
    const id = newId();
    const at = now();
    const { color = tagColor(name), textColor = null, icon = null, description = null } = look;
    store.statement(insertTag).run({ id, createdAt: at, updatedAt: at, name, color, textColor, icon, description });
    lists.refresh();
    onNewTag();
    return id;
  }

  function complete({ edits, newTags, tagLooks, photo }: PlannedEdits): Edits {
    const made = newTags.map((name) => names.tagId(name) ?? makeTag(name, tagLooks[name]));
    return {
      ...edits,
      ...(made.length > 0 ? { sets: { ...edits.sets, tags: [...(edits.sets?.tags ?? []), ...made] } } : {}),
      ...(photo ? { imageId: images.add(photo.mediaType, photo.bytes) } : {}),
    };
  }

  return {
    byUid: (uid) => contacts.byUid(uid).map(target),
    byKey: (key, value) => contacts.byKey(key, value).map(target),
    isFree: (id) => !contacts.hasId(id),
    tagId: (name) => names.tagId(name),
    create: (planned, id) => edit.create(complete(planned), id, preparedFor(id, planned.prepared)).id,
    update: ({ record }, planned) => edit.update(record, complete(planned)),
  };
}

/** A UID that has become the id is no UID of another program. */
function preparedFor(id: string | undefined, prepared: Prepared | null): Prepared | undefined {
  if (prepared === null) return undefined;
  const { derived } = prepared;
  return derived.sourceUid?.toLowerCase() === id ? { ...prepared, derived: { ...derived, sourceUid: null } } : prepared;
}

/** The digest of the picture a contact has in the store. */
export function storedDigest(images: Images, { imageId }: Pick<ContactRecord, 'imageId'>): string | null {
  const image = imageId === null ? undefined : images.find(imageId);
  return image ? photoDigest(image.bytes) : null;
}
