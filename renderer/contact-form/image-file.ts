import { imageTypes, maxImageBytes } from '../../shared/operations/book.ts';

export interface Picture {
  mediaType: string;
  base64: string;
}

export const imageAccept = imageTypes.join(',');

/** Why a file cannot be a contact's picture, in plain language; null when it can. */
export function imageRefusal(file: Pick<File, 'type' | 'size'>): string | null {
  if (!(imageTypes as readonly string[]).includes(file.type)) return 'Choose a PNG, JPEG, GIF, WebP or BMP picture.';
  if (file.size === 0) return 'This file is empty.';
  if (file.size > maxImageBytes) {
    const size = (file.size / 1024 / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 });
    return `This picture has ${size} MB. It can have up to 5 MB.`;
  }
  return null;
}

/** A picture file as the book takes it. */
export async function readPicture(file: File): Promise<Picture> {
  return { mediaType: file.type, base64: base64Of(new Uint8Array(await file.arrayBuffer())) };
}

/** The first picture among dropped or pasted things. */
export function pictureIn(transfer: DataTransfer | null): File | undefined {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith('image/'));
}

function base64Of(bytes: Uint8Array): string {
  const pieceSize = 0x8000; // more arguments than this at once overflow the stack
  let binary = '';
  for (let start = 0; start < bytes.length; start += pieceSize) {
    binary += String.fromCharCode(...bytes.subarray(start, start + pieceSize));
  }
  return btoa(binary);
}

export function dataUrl({ mediaType, base64 }: Picture): string {
  return `data:${mediaType};base64,${base64}`;
}
