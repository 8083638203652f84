import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dialog, type BrowserWindow } from 'electron';
import type { Download } from '../../shared/operation.ts';

/** Asks where to save a download and writes it there. False when the person thought better of it. */
export async function saveDownload(window: BrowserWindow | null, download: Download): Promise<boolean> {
  const options = { defaultPath: download.fileName ?? 'contacts' };
  const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (answer.canceled || answer.filePath === '') return false;
  await writeDownload(answer.filePath, download);
  return true;
}

/** Writes a download to a file: complete under its name, or not there at all. */
async function writeDownload(file: string, download: Download): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(download.chunks, { objectMode: true }), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
