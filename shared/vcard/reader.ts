import { mayHaveLineBreaks, parseContentLine, startsProperty } from './content-line.ts';
import { createLineSplitter, type LineSplitter } from './lines.ts';
import { inUtf8, normaliseBreaks, normaliseValue } from './normalise.ts';
import {
  encodingOf, isNamed, paramValues, type TransferEncoding, type VCardProperty, type VCardVersion, versionOf,
} from './property.ts';
import type { DecodeBytes } from './quoted-printable.ts';
import { unreadName } from './stored-card.ts';
import { cleanText, escapeComponent, escapeText } from './text.ts';
import { textOf } from './value.ts';

/** A card as it was read: every property in order. `number` counts cards from 1, `line` is that of its BEGIN. */
export interface VCard {
  version: VCardVersion;
  properties: VCardProperty[];
  number: number;
  line: number;
  /** What was wrong with the card and put right, each to be read after 'the card'. */
  warnings: string[];
}

/** A card that could not be taken: which one (`name` is its FN, if one was seen), and why. */
export interface VCardError {
  number: number;
  line: number;
  name?: string;
  message: string;
}

/** Lengths are in characters. */
export interface VCardLimits {
  lineLength: number;
  cardLength: number;
  properties: number;
  nesting: number;
}

/** As long as a file may be: a photo or a note that is too large costs itself, not the card. */
export const defaultLimits: VCardLimits = {
  lineLength: 64 * 1024 * 1024,
  cardLength: 64 * 1024 * 1024,
  properties: 10_000,
  nesting: 8,
};

/** What is said about a damaged card must not be as large as the card. */
const maxWarnings = 20;
const maxNameLength = 200;

export interface VCardReaderOptions {
  onCard: (card: VCard) => void;
  /** Called in place of `onCard` for a card beyond a limit; reading goes on with the next one. */
  onError: (error: VCardError) => void;
  /** Decodes quoted-printable bytes that are not UTF-8 (as `windows-1252` without CHARSET). Left out: as Latin-1. */
  decode?: DecodeBytes | undefined;
  /**
   * Given when the pieces are bytes, a character for each: decodes a whole line once it is unfolded, because programs fold
   * inside of characters and one file can hold cards in several character sets.
   */
  decodeLine?: DecodeLine | undefined;
  /** Called for text outside of cards, with the number of its first line and how many lines there are up to a card. */
  onOutside?: ((outside: { line: number; lines: number; text: string }) => void) | undefined;
  limits?: Partial<VCardLimits>;
}

/** Decodes a line of bytes, with the character set it names, if any. `repaired` when not all of it could be trusted. */
export type DecodeLine = (bytes: string, charset: string | undefined) => { text: string; repaired: boolean };

/** A property whose lines are still coming. */
interface UnfinishedLine {
  parts: string[];
  /** Whether the colon has come: until then the parts are name and parameters. */
  hasColon: boolean;
  line: number;
  length: number;
  encoding: TransferEncoding | undefined;
  blankLines: number;
}

interface OpenCard {
  number: number;
  line: number;
  length: number;
  properties: VCardProperty[];
  warnings: string[];
  unfinished?: UnfinishedLine;
  /** How many cards inside this one (AGENT of 2.1) are open, and their lines. */
  depth: number;
  inner: string[];
  afterAgent: boolean;
  failure?: string;
  name?: string;
}

/**
 * Reads vCards of 2.1, 3.0 and 4.0 from decoded text in pieces of any size, holding one card at a time. It takes what
 * phones and mail programs write (missing VERSION or END, bare parameters, unfolded base64, raw line breaks in a note,
 * no line between cards) and never throws. A line that is no property is kept as `X-FIELDBOOK-LINE`; text outside of
 * cards is only reported. The work grows with the length of the text, whatever is in it.
 */
export function createVCardReader(options: VCardReaderOptions): LineSplitter {
  const { onCard, onError, decode, decodeLine } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const lines = createLineSplitter(readLine, limits.lineLength);
  let card: OpenCard | undefined;
  let cards = 0;
  let lineNumber = 0;
  let outside: { line: number; lines: number; text: string } | undefined;

  function readLine(raw: string): void {
    lineNumber++;
    const line = raw.startsWith('\uFEFF') ? raw.slice(1) : raw.startsWith('\u00EF\u00BB\u00BF') ? raw.slice(3) : raw;
    if (isDelimiter(card === undefined ? line.trimStart() : line, 'BEGIN')) return begin(line);
    if (card === undefined) return passOver(line);
    if (isDelimiter(line, 'END')) return end(card, line);
    const agent = line.length < 1024 ? inlineAgent.exec(line)?.[1] : undefined;
    readInside(card, agent ?? line);
    if (line.trim() !== '') card.afterAgent = agent !== undefined || (line.length < 1024 && emptyAgent.test(line));
    if (agent !== undefined) begin('BEGIN:VCARD');
  }

  function passOver(line: string): void {
    if (line.trim() === '') return;
    outside ??= { line: lineNumber, lines: 0, text: decoded(line).text.slice(0, maxNameLength) };
    outside.lines++;
  }

  function reportOutside(): void {
    if (outside !== undefined) options.onOutside?.(outside);
    outside = undefined;
  }

  function decoded(line: string): { text: string; repaired: boolean } {
    // An escape is where ISO-2022-JP leaves ASCII.
    if (decodeLine === undefined || (!/[\x80-\xff]/.test(line) && !line.includes('\u001B'))) return { text: line, repaired: false };
    return decodeLine(line, charsetOfHead(line));
  }

  function begin(line: string): void {
    if (card?.afterAgent) {
      finishLine(card);
      card.afterAgent = false;
      card.depth++;
      if (card.depth > limits.nesting) fail(card, `nests cards more than ${limits.nesting} deep`);
      else if (card.failure === undefined) card.inner.push(line);
      return;
    }
    if (card !== undefined) closeUnfinished(card);
    reportOutside();
    cards++;
    card = {
      number: cards, line: lineNumber, length: 0, properties: [], warnings: [], depth: 0, inner: [], afterAgent: false,
    };
  }

  function end(open: OpenCard, line: string): void {
    if (open.depth === 0) return close(open);
    open.inner.push(line);
    open.depth--;
    if (open.depth === 0) storeInner(open);
  }

  function readInside(open: OpenCard, line: string): void {
    if (open.failure !== undefined) return rememberNameOf(open, line);
    open.length += line.length + 1;
    if (line.length > limits.lineLength) return fail(open, `is longer than ${limits.lineLength} characters`);
    if (open.length > limits.cardLength) return fail(open, `makes a card longer than ${limits.cardLength} characters`);
    if (open.depth > 0) open.inner.push(line);
    else readPropertyLine(open, line);
  }

  function readPropertyLine(open: OpenCard, line: string): void {
    const { unfinished } = open;
    if (unfinished !== undefined && hasSoftBreak(unfinished)) {
      unfinished.parts.push((unfinished.parts.pop() ?? '').replace(/=[ \t]*$/, ''));
      extend(open, unfinished, line);
    } else if (unfinished !== undefined && /^[ \t]/.test(line)) extend(open, unfinished, line.slice(1));
    else if (line.trim() === '') {
      if (unfinished?.encoding === 'base64') finishLine(open);
      else if (unfinished !== undefined) unfinished.blankLines++;
    } else if (unfinished?.encoding === 'base64' && !line.includes(':')) extend(open, unfinished, line);
    else if (startsProperty(line.trimStart())) {
      finishLine(open);
      open.unfinished = begun(line.trimStart());
    } else if (unfinished !== undefined && mayHaveLineBreaks(unfinished.parts[0] ?? '')) {
      const lineBreak = unfinished.encoding === 'quoted-printable' ? '=0A' : '\n';
      extend(open, unfinished, lineBreak.repeat(unfinished.blankLines + 1) + line);
    } else {
      finishLine(open);
      keepAside(open, line, lineNumber);
    }
  }

  function begun(line: string): UnfinishedLine {
    const hasColon = line.includes(':');
    const encoding = hasColon ? encodingOfHead(line) : undefined;
    return { parts: [line], hasColon, line: lineNumber, length: line.length, encoding, blankLines: 0 };
  }

  function extend(open: OpenCard, unfinished: UnfinishedLine, text: string): void {
    unfinished.length += text.length;
    if (unfinished.length > limits.lineLength) return fail(open, `is longer than ${limits.lineLength} characters`);
    unfinished.parts.push(text);
    if (!unfinished.hasColon && text.includes(':')) {
      unfinished.hasColon = true;
      unfinished.parts = [unfinished.parts.join('')];
      unfinished.encoding = encodingOfHead(unfinished.parts[0] ?? '');
    }
    unfinished.blankLines = 0;
  }

  function finishLine(open: OpenCard): void {
    const { unfinished } = open;
    if (unfinished === undefined) return;
    delete open.unfinished;
    const raw = unfinished.parts.join('');
    const property = propertyOf(open, raw, unfinished.line);
    if (property === undefined) return keepAside(open, raw, unfinished.line);
    addProperty(open, normaliseValue(property, decode));
  }

  function addProperty(open: OpenCard, property: VCardProperty): void {
    if (open.properties.length >= limits.properties) fail(open, `comes after ${limits.properties} properties`);
    else if (open.failure === undefined) open.properties.push(property);
  }

  function propertyOf(open: OpenCard, raw: string, line: number): VCardProperty | undefined {
    const { text, repaired } = decoded(raw);
    if (repaired) warn(open, `has bytes of another character set in line ${line}`);
    const property = parseContentLine(text);
    const isDecoded = decodeLine !== undefined && text !== raw && property !== undefined;
    return isDecoded && encodingOf(property) !== 'quoted-printable' ? inUtf8(property) : property;
  }

  function keepAside(open: OpenCard, raw: string, line: number): void {
    const { text } = decoded(raw);
    warn(open, `has no property in line ${line}, which was kept aside: "${cleanText(text).slice(0, maxNameLength)}"`);
    addProperty(open, { name: unreadName, params: [], value: escapeText(text) });
  }

  function storeInner(open: OpenCard): void {
    const agent = open.properties.at(-1);
    // A fold inside a character has to go before the bytes are read; all others stay as they are.
    const inner = open.inner.join('\n').replace(/(?<=[\x80-\xff])\n[ \t](?=[\x80-\xbf])/g, '');
    const lines = decodeLine === undefined ? inner : inner.split('\n').map((line) => decoded(line).text).join('\n');
    if (agent !== undefined) agent.value = escapeComponent(`${lines}\n`);
    open.inner = [];
  }

  function fail(open: OpenCard, reason: string): void {
    const last = open.unfinished && parseContentLine(decoded(open.unfinished.parts.join('')).text);
    rememberName(open, last === undefined ? open.properties : [...open.properties, last]);
    open.failure = `line ${lineNumber} ${reason}`;
    open.properties = [];
    open.inner = [];
    delete open.unfinished;
  }

  function closeUnfinished(open: OpenCard): void {
    warn(open, 'has no END:VCARD');
    if (open.depth > 0) storeInner(open);
    close(open);
  }

  function close(open: OpenCard): void {
    finishLine(open);
    card = undefined;
    const { number, line, warnings, failure, name } = open;
    const properties = normaliseBreaks(open.properties);
    if (failure !== undefined) onError({ number, line, ...(name === undefined ? {} : { name }), message: failure });
    else onCard({ version: versionOf(properties), properties, number, line, warnings });
  }

  function rememberNameOf(open: OpenCard, line: string): void {
    const isName = open.depth === 0 && /^(?:[\w-]+\.)?FN[;:]/i.test(line);
    const property = isName ? parseContentLine(decoded(line).text) : undefined;
    if (property !== undefined) rememberName(open, [property]);
  }

  return {
    push: (text) => lines.push(text),
    end() {
      lines.end();
      if (card !== undefined) closeUnfinished(card);
      reportOutside();
    },
  };
}

const delimiters = {
  BEGIN: /^BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:;.*)?$/i,
  END: /^END[ \t]*:[ \t]*VCARD[ \t]*(?:;.*)?$/i,
};
/** An AGENT whose card comes in the lines after it, or begins in the same line. */
const emptyAgent = /^(?:[\w-]+\.)?AGENT(?:;[^:]*)?:\s*$/i;
const inlineAgent = /^((?:[\w-]+\.)?AGENT(?:;[^:]*)?:)[ \t]*BEGIN:VCARD[ \t]*$/i;

function warn(open: OpenCard, warning: string): void {
  if (open.warnings.length < maxWarnings) open.warnings.push(warning);
}

function charsetOfHead(line: string): string | undefined {
  const head = parseContentLine(line.slice(0, line.indexOf(':') + 1));
  const charset = head === undefined ? undefined : paramValues(head, 'CHARSET')[0]?.trim();
  return charset === '' ? undefined : charset;
}

function isDelimiter(line: string, keyword: 'BEGIN' | 'END'): boolean {
  return line.length < 64 && delimiters[keyword].test(line);
}

function encodingOfHead(line: string): TransferEncoding | undefined {
  const colon = line.indexOf(':');
  const property = colon === -1 || !line.includes(';') ? undefined : parseContentLine(line.slice(0, colon + 1));
  return property === undefined ? undefined : encodingOf(property);
}

function hasSoftBreak(unfinished: UnfinishedLine): boolean {
  return unfinished.encoding === 'quoted-printable' && /=[ \t]*$/.test(unfinished.parts.at(-1) ?? '');
}

function rememberName(open: OpenCard, properties: readonly VCardProperty[]): void {
  const fn = properties.find((property) => isNamed(property, 'FN'));
  if (open.name === undefined && fn !== undefined) open.name = cleanText(textOf(fn)).slice(0, maxNameLength);
}
