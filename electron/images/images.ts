import { AppError, invalidField } from '../../shared/errors.ts';
import { imageTypes, maxImageBytes } from '../../shared/operations/book.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ContactReader } from '../contacts/reader.ts';
import { toImage } from '../contacts/record.ts';
import type { ContactWriter, Step } from '../contacts/writer.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Journal } from '../journal/journal.ts';
import type { Store } from '../store/open.ts';

/** A picture as it is kept. */
export interface StoredImage {
  mediaType: string;
  size: number;
  createdAt: string;
  bytes: Buffer;
}

export interface Images {
  /** Stores a picture and answers with its id. Throws 400 for another type or more than 5 MB. */
  add(mediaType: string, bytes: Uint8Array): string;
  has(id: string): boolean;
  find(id: string): StoredImage | undefined;
}

export function createImages(store: Store, now: () => string, newId: () => string): Images {
  return {
    add(mediaType, bytes) {
      if (!(imageTypes as readonly string[]).includes(mediaType)) {
        throw invalidField('image', `must be one of: ${imageTypes.join(', ')}`);
      }
      if (bytes.byteLength === 0) throw invalidField('image', 'is empty');
      if (bytes.byteLength > maxImageBytes) throw invalidField('image', 'must not be larger than 5 MB');
      const id = newId();
      store
        .statement('insert into image (id, media_type, size, bytes, created_at) values (?, ?, ?, ?, ?)')
        .run(id, mediaType, bytes.byteLength, bytes, now());
      return id;
    },
    has: (id) => store.statement('select 1 from image where id = ?').get(id) !== undefined,
    find: (id) =>
      store.statement('select media_type as mediaType, size, created_at as createdAt, bytes from image where id = ?').get(id) as
        | StoredImage
        | undefined,
  };
}

export interface ImageDeps {
  images: Images;
  reader: ContactReader;
  writer: ContactWriter;
  journal: Journal;
}

type Names = 'image.get' | 'image.set' | 'image.upload' | 'image.file';

export function imageHandlers({ images, reader, writer, journal }: ImageDeps): HandlersOf<Names> {
  /** The last step that could be undone, if it was this actor's and is what the contact's history ends with. */
  function lastStepOn(id: string, actor: string): Step['group'] {
    const last = journal.top('done');
    return last?.actor === actor && journal.history(id, 1).items[0]?.group === last.id ? last : undefined;
  }

  return {
    'image.get'({ id }) {
      const imageId = reader.find(id)?.imageId;
      const image = imageId ? images.find(imageId) : undefined;
      return image ? { mediaType: image.mediaType, base64: image.bytes.toString('base64') } : null;
    },
    'image.set'({ id, image, sameStep }, { caller }) {
      const name = reader.find(id)?.name ?? '';
      const label = image ? `Gave ${name} a picture` : `Took the picture from ${name}`;
      const group = sameStep ? lastStepOn(id, caller.actor) : undefined;
      return writer.run({ actor: caller.actor, label, state: 'done', group }, (edit): { imageId: Contact['imageId']; rev: number } => {
        const record = edit.find(id);
        if (!record || record.deletedAt !== null) throw new AppError('notFound', 'The requested record was not found');
        const imageId = image && images.add(image.mediaType, Buffer.from(image.base64, 'base64'));
        const next = edit.update(record, { imageId });
        return { imageId: next.imageId, rev: next.rev };
      });
    },

    async 'image.upload'({ mediaType }, { file }) {
      const id = images.add(mediaType, await wholeFile(file ?? nothing()));
      return entityOf(id, find(id));
    },

    'image.file'({ id }) {
      const image = find(id);
      return { mediaType: image.mediaType, fileName: entityOf(id, image).name, chunks: [image.bytes] };
    },
  };

  function find(id: string): StoredImage {
    const image = images.find(id);
    if (!image) throw new AppError('notFound', 'The requested record was not found');
    return image;
  }
}

const entityOf = (id: string, { mediaType, size, createdAt }: StoredImage) => toImage({ id, mediaType, size, createdAt });

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A file in one piece. What is too large is read to its end, so that its sender hears the answer, but not kept. */
async function wholeFile(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of file) {
    size += piece.byteLength;
    if (size <= maxImageBytes) pieces.push(piece);
  }
  if (size > maxImageBytes) throw new AppError('tooLarge', 'The picture must not be larger than 5 MB');
  if (size === 0) throw invalidField('file', 'should not be empty');
  return Buffer.concat(pieces);
}
