import { isAscii, isUtf8 } from 'node:buffer';
import { announcedEncoding, type Encoding, type LegacyEncoding, likeliestLegacy } from './encodings.ts';
import { lineBlocks, linesOf } from './line-blocks.ts';
import { tallyUtf8 } from './utf8.ts';

/** What a first look over all bytes of a text found out. */
export interface Survey {
  encoding: Encoding;
  /** Whether every byte fits the encoding, as far as can be told: only of UTF-8 it can. */
  isClean: boolean;
  /** What the lines are in that are no UTF-8. */
  legacy: LegacyEncoding;
}

/** How many bytes tell UTF-16, and how many of lines that are no UTF-8 are kept to guess what they are in. */
const sampleSize = 256 * 1024;

/**
 * Looks over a whole text. A byte order mark decides, then the zero bytes of UTF-16. Else it is UTF-8 if more characters
 * than stray bytes say so: a single bad byte, wherever it stands, does not turn the rest of the file into another
 * encoding, and a letter of UTF-8 that is met by chance does not make a file UTF-8.
 */
export async function surveyBytes(source: AsyncIterable<Uint8Array>): Promise<Survey> {
  const stream = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let headLength = 0;
  try {
    while (headLength < sampleSize) {
      const { value, done } = await stream.next();
      if (done) break;
      head.push(value);
      headLength += value.length;
    }
    const start = Buffer.concat(head);
    const announced = announcedEncoding(start.subarray(0, sampleSize));
    if (announced !== undefined && announced !== 'utf-8') return { encoding: announced, isClean: true, legacy: 'windows-1252' };
    return await surveyLines(joined(start, stream), announced === 'utf-8');
  } finally {
    await stream.return?.();
  }
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function surveyLines(source: AsyncIterable<Uint8Array>, isMarked: boolean): Promise<Survey> {
  const sample: Uint8Array[] = [];
  let sampled = 0;
  let characters = 0;
  let stray = 0;
  let isCut = false;
  for await (const block of lineBlocks(source)) {
    if (isAscii(block)) continue;
    isCut = false;
    if (isUtf8(block)) {
      characters += tallyUtf8(block).characters;
      continue;
    }
    for (const line of linesOf(block)) {
      const tally = tallyUtf8(line);
      characters += tally.characters;
      stray += tally.stray;
      isCut = tally.cutAt < line.length;
      // Plain ASCII beside it makes the guess better, characters of UTF-8 make it worse.
      const isUtf8Line = tally.stray === 0 && !isCut && tally.characters > 0;
      if (isUtf8Line || sampled >= sampleSize) continue;
      sample.push(line);
      sampled += line.length;
    }
  }
  const isClean = stray === 0 && !isCut;
  const isUtf8Text = isMarked || isClean || characters > stray || (characters === stray && characters > 0);
  const legacy = isClean ? 'windows-1252' : likeliestLegacy(Buffer.concat(sample));
  return { encoding: isUtf8Text ? 'utf-8' : legacy, isClean, legacy };
}
