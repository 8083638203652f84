/** A text without line ends is cut all the same, where no character can be hurt, so that memory stays bounded. */
const maxBlock = 256 * 1024;

/** Bytes in pieces that end with a line, or at least with ASCII; only the last may end in the middle of a character. */
export async function* lineBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldSize = 0;
  for await (const chunk of source) {
    const end = lastLineEnd(chunk);
    if (end === 0 && heldSize + chunk.length < maxBlock) {
      held.push(chunk);
      heldSize += chunk.length;
      continue;
    }
    const cut = end > 0 ? end : lastAscii(chunk);
    yield held.length === 0 ? chunk.subarray(0, cut) : Buffer.concat([...held, chunk.subarray(0, cut)]);
    held = cut === chunk.length ? [] : [chunk.subarray(cut)];
    heldSize = chunk.length - cut;
  }
  if (heldSize > 0) yield Buffer.concat(held);
}

/** The lines of a block with their ends. A CR before its LF stays with it. */
export function* linesOf(block: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let at = 0; at < block.length; at += 1) {
    if (!isLineEnd(block[at]) || (block[at] === 0x0d && block[at + 1] === 0x0a)) continue;
    yield block.subarray(start, at + 1);
    start = at + 1;
  }
  if (start < block.length) yield block.subarray(start);
}

function lastLineEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && !isLineEnd(bytes[end - 1])) end -= 1;
  return end;
}

/** Right behind the last ASCII character, which no encoding of several bytes has within a character but as its last. */
function lastAscii(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1;
  return end === 0 ? bytes.length : end;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
