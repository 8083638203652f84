import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { lineBlocks, linesOf } from './line-blocks.ts';
import { createLineDecoder } from './line-decoder.ts';
import type { Survey } from './survey.ts';

/**
 * Stands before a byte that was read in another encoding than its file, so that the reader of a CSV can name the cell.
 * A character that Unicode reserves for such uses inside a program; only texts that are repaired are looked at for it.
 */
export const repairMark = '\ufdd0';

/**
 * Bytes as text, in chunks, as the survey of them says. In a UTF-8 text with stray bytes every line is read by itself,
 * and with `marks` a line that had some has a `repairMark`. Nothing throws; the byte order mark is removed and no
 * character is split between chunks.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>, survey: Survey, { marks = false } = {}): AsyncGenerator<string> {
  if (survey.encoding === 'utf-8' && !survey.isClean) yield* repairedText(source, survey, marks);
  else yield* plainText(source, survey);
}

async function* plainText(source: AsyncIterable<Uint8Array>, { encoding }: Survey): AsyncGenerator<string> {
  const decoder = openDecoder(encoding);
  for await (const chunk of source) yield* nonEmpty(decoder.write(chunk));
  yield* nonEmpty(decoder.end());
}

async function* repairedText(source: AsyncIterable<Uint8Array>, survey: Survey, marks: boolean): AsyncGenerator<string> {
  const decode = createLineDecoder(survey);
  const mark = marks ? repairMark : '';
  let isStart = true;
  let ready: Uint8Array | undefined;
  function* decoded(block: Uint8Array, isLast: boolean): Generator<string> {
    const bytes = buffer(isStart && hasMark(block) ? block.subarray(3) : block);
    isStart = false;
    if (isUtf8(bytes)) {
      yield* nonEmpty(bytes.toString());
      return;
    }
    const lines = [...linesOf(bytes)].map(buffer);
    for (const [index, line] of lines.entries()) yield decode(line, { mark, isLast: isLast && index === lines.length - 1 }).text;
  }
  for await (const block of lineBlocks(source)) {
    if (ready) yield* decoded(ready, false);
    ready = block;
  }
  if (ready) yield* decoded(ready, true);
}

interface TextStream {
  write(chunk: Uint8Array): string;
  end(): string;
}

function openDecoder(encoding: Survey['encoding']): TextStream {
  if (encoding === 'utf-8') {
    const decoder = new TextDecoder('utf-8');
    return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  // Electron's ICU has no legacy converters, so TextDecoder cannot be relied on for anything but UTF-8.
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  return { write: (chunk) => decoder.write(buffer(chunk)), end: () => decoder.end() ?? '' };
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function* nonEmpty(text: string): Generator<string> {
  if (text !== '') yield text;
}
