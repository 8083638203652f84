import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

const pine: Colour = [32, 112, 79];
const paper: Colour = [250, 249, 247];

/**
 * The sign of the book as a PNG: a cover with a light spine and, where something waits, a dot in its corner. Drawn here
 * because a tray wants it in every state and size. `size` is its width and height in pixels.
 */
export function drawIcon(size: number, dot: Colour | null = null): Buffer {
  return encodePng(size, (column, row) => pixel((column + 0.5) / size, (row + 0.5) / size, dot));
}

/** A square picture as a PNG. `pixelAt` answers red, green, blue and opacity, each 0 to 255. */
export function encodePng(size: number, pixelAt: (column: number, row: number) => readonly number[]): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y += 1) {
    // Each row of a PNG begins with its filter: none.
    const row = Buffer.alloc(1 + size * 4);
    for (let x = 0; x < size; x += 1) row.set(pixelAt(x, y), 1 + x * 4);
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA, the one compression, filter and order there are
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

/** Red, green, blue and opacity at a place between 0 and 1. */
function pixel(x: number, y: number, dot: Colour | null): number[] {
  if (dot) {
    const distance = Math.hypot(x - 0.76, y - 0.76);
    if (distance < 0.22) return [...dot, 255];
    if (distance < 0.28) return [0, 0, 0, 0];
  }
  const isCover = x > 0.16 && x < 0.84 && y > 0.06 && y < 0.94;
  if (!isCover) return [0, 0, 0, 0];
  return x > 0.28 && x < 0.34 ? [...paper, 255] : [...pine, 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
