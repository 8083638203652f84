import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { nativeImage, type WebContents } from 'electron';
import type { Contact } from '../../shared/contact.ts';
import type { Download } from '../../shared/operation.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { Dispatch } from '../dispatch.ts';
import { fileNameOf } from './file-name.ts';
import { drawIcon } from './icon.ts';

export interface DragOut {
  /** Goes on with a drag that began in the page, with a .vcf file of the contacts. */
  start(contents: Pick<WebContents, 'startDrag'>, ids: readonly string[]): Promise<void>;
  /** Takes the files away. A program that one was dropped on has its own copy by then. */
  clear(): void;
}

/** Contacts as files for other programs, in a folder that only this person can read. */
export function createDragOut(temporaryFolder: string, dispatch: Dispatch, caller: Caller): DragOut {
  let folder: string | undefined;

  async function nameOf(ids: readonly string[]): Promise<string> {
    const [id] = ids;
    if (ids.length !== 1 || id === undefined) return `${ids.length} contacts`;
    const { name } = (await dispatch('contact.get', { id, withDeleted: true }, caller)) as Contact;
    return name;
  }

  return {
    async start(contents, ids) {
      folder ??= mkdtempSync(join(temporaryFolder, 'fieldbook-'));
      const file = join(folder, `${fileNameOf(await nameOf(ids))}.vcf`);
      const { chunks } = (await dispatch('contact.export', { format: 'vcf', ids: [...ids] }, caller)) as Download;
      await pipeline(Readable.from(chunks, { objectMode: true }), createWriteStream(file, { mode: 0o600 }));
      contents.startDrag({ file, icon: nativeImage.createFromBuffer(drawIcon(32)) });
    },
    clear() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
