import { parseContentLine, startsProperty } from './content-line.ts';
import { createLineSplitter, type LineSplitter } from './lines.ts';
import { normaliseValue } from './normalise.ts';
import {
  encodingOf, isNamed, type TransferEncoding, type VCardProperty, type VCardVersion, versionOf,
} from './property.ts';
import type { DecodeBytes } from './quoted-printable.ts';
import { cleanText, escapeComponent } from './text.ts';
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

/** A photo of 5 MB is 7 million characters of base64. */
export const defaultLimits: VCardLimits = {
  lineLength: 8 * 1024 * 1024,
  cardLength: 32 * 1024 * 1024,
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
  limits?: Partial<VCardLimits>;
}

/** A property whose lines are still coming. */
interface UnfinishedLine {
  parts: string[];
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
 * no line between cards) and never throws; text outside of cards is passed over.
 */
export function createVCardReader(options: VCardReaderOptions): LineSplitter {
  const { onCard, onError, decode } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const lines = createLineSplitter(readLine, limits.lineLength);
  let card: OpenCard | undefined;
  let cards = 0;
  let lineNumber = 0;

  function readLine(raw: string): void {
    lineNumber++;
    const line = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
    if (isDelimiter(card === undefined ? line.trimStart() : line, 'BEGIN')) begin(line);
    else if (card === undefined) return;
    else if (isDelimiter(line, 'END')) end(card, line);
    else readInside(card, line);
    if (card !== undefined) card.afterAgent = /^(?:[\w-]+\.)?AGENT(?:;[^:]*)?:\s*$/i.test(line);
  }

  function begin(line: string): void {
    if (card?.afterAgent) {
      finishLine(card);
      card.depth++;
      if (card.depth > limits.nesting) fail(card, `nests cards more than ${limits.nesting} deep`);
      else if (card.failure === undefined) card.inner.push(line);
      return;
    }
    if (card !== undefined) closeUnfinished(card);
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
      const start = line.trimStart();
      open.unfinished = { parts: [start], length: start.length, encoding: encodingOfHead(start), blankLines: 0 };
    } else if (unfinished !== undefined) {
      const lineBreak = unfinished.encoding === 'quoted-printable' ? '=0A' : '\\n';
      extend(open, unfinished, lineBreak.repeat(unfinished.blankLines + 1) + line);
    } else if (open.warnings.length < maxWarnings) {
      open.warnings.push(`has no property in line ${lineNumber}, which was left out`);
    }
  }

  function extend(open: OpenCard, unfinished: UnfinishedLine, text: string): void {
    unfinished.length += text.length;
    if (unfinished.length > limits.lineLength) return fail(open, `is longer than ${limits.lineLength} characters`);
    const folded = unfinished.parts.length === 1 && !unfinished.parts[0]?.includes(':');
    if (folded) unfinished.parts = [(unfinished.parts[0] ?? '') + text];
    else unfinished.parts.push(text);
    if (folded) unfinished.encoding = encodingOfHead(unfinished.parts[0] ?? '');
    unfinished.blankLines = 0;
  }

  function finishLine(open: OpenCard): void {
    const { unfinished } = open;
    if (unfinished === undefined) return;
    delete open.unfinished;
    if (open.properties.length >= limits.properties) return fail(open, `comes after ${limits.properties} properties`);
    const property = parseContentLine(unfinished.parts.join(''));
    if (property !== undefined) open.properties.push(normaliseValue(property, decode));
  }

  function storeInner(open: OpenCard): void {
    const agent = open.properties.at(-1);
    if (agent !== undefined) agent.value = escapeComponent(`${open.inner.join('\n')}\n`);
    open.inner = [];
  }

  function fail(open: OpenCard, reason: string): void {
    const last = open.unfinished && parseContentLine(open.unfinished.parts.join(''));
    rememberName(open, last === undefined ? open.properties : [...open.properties, last]);
    open.failure = `line ${lineNumber} ${reason}`;
    open.properties = [];
    open.inner = [];
    delete open.unfinished;
  }

  function closeUnfinished(open: OpenCard): void {
    open.warnings.push('has no END:VCARD');
    if (open.depth > 0) storeInner(open);
    close(open);
  }

  function close(open: OpenCard): void {
    finishLine(open);
    card = undefined;
    const { number, line, properties, warnings, failure, name } = open;
    if (failure !== undefined) onError({ number, line, ...(name === undefined ? {} : { name }), message: failure });
    else onCard({ version: versionOf(properties), properties, number, line, warnings });
  }

  return {
    push: (text) => lines.push(text),
    end() {
      lines.end();
      if (card !== undefined) closeUnfinished(card);
    },
  };
}

const delimiters = { BEGIN: /^BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/i, END: /^END[ \t]*:[ \t]*VCARD[ \t]*$/i };

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

function rememberNameOf(open: OpenCard, line: string): void {
  const property = open.depth === 0 && /^(?:[\w-]+\.)?FN[;:]/i.test(line) ? parseContentLine(line) : undefined;
  if (property !== undefined) rememberName(open, [property]);
}
