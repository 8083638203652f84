import { AppError } from '../../../shared/errors.ts';
import type { Images } from '../../images/images.ts';
import type { Store } from '../../store/open.ts';

/** Which picture here is which there; a picture that was cleared away here is none. */
export interface Pictures {
  remoteOf(localId: string): string | undefined;
  localOf(remoteId: string): string | undefined;
  has(localId: string): boolean;
  /** Keeps a picture of the server; false when the book cannot keep it. */
  store(remoteId: string, mediaType: string, bytes: Uint8Array): boolean;
  learn(localId: string, remoteId: string): void;
  find(localId: string): { mediaType: string; bytes: Uint8Array } | undefined;
  /** Pictures of live contacts that the server does not have yet. */
  waiting(): number;
}

export function createPictures(store: Store, images: Images): Pictures {
  const remoteOf = store.db.prepare('select remote_id from sync_image where local_id = ?').pluck();
  const localOf = store.db
    .prepare('select s.local_id from sync_image s join image i on i.id = s.local_id where s.remote_id = ?')
    .pluck();

  const has = store.db.prepare('select 1 from image where id = ?').pluck();

  function learn(localId: string, remoteId: string): void {
    store.statement('delete from sync_image where remote_id = ?').run(remoteId);
    store.statement('insert or replace into sync_image (local_id, remote_id) values (?, ?)').run(localId, remoteId);
  }

  return {
    remoteOf: (localId) => remoteOf.get(localId) as string | undefined,
    localOf: (remoteId) => localOf.get(remoteId) as string | undefined,
    has: (localId) => has.get(localId) !== undefined,
    store(remoteId, mediaType, bytes) {
      if (localOf.get(remoteId) !== undefined) return true;
      try {
        store.transaction(() => learn(images.add(mediaType, bytes), remoteId));
        return true;
      } catch (error) {
        if (error instanceof AppError) return false;
        throw error;
      }
    },
    learn,
    find: (localId) => images.find(localId),
    waiting: () =>
      store
        .statement(
          `select count(*) from contact where image_id is not null and deleted_at is null
           and image_id not in (select local_id from sync_image)`,
        )
        .pluck()
        .get() as number,
  };
}
