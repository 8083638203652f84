import { readFileSync } from 'node:fs';
import {
  createVCardReader, type VCard, type VCardError, type VCardReaderOptions,
} from '../../../shared/vcard/reader.ts';

export interface ReadCards {
  cards: VCard[];
  errors: VCardError[];
}

/** Reads text given in pieces, with a real decoder of character sets. */
export function readCards(pieces: string | Iterable<string>, options: Partial<VCardReaderOptions> = {}): ReadCards {
  const cards: VCard[] = [];
  const errors: VCardError[] = [];
  const reader = createVCardReader({
    onCard: (card) => cards.push(card),
    onError: (error) => errors.push(error),
    decode: (bytes, charset) => new TextDecoder(charset).decode(bytes),
    ...options,
  });
  for (const piece of typeof pieces === 'string' ? [pieces] : pieces) reader.push(piece);
  reader.end();
  return { cards, errors };
}

/** The only card of a text. */
export function readCard(text: string): VCard {
  const [card] = readCards(text).cards;
  if (card === undefined) throw new Error('the text holds no card');
  return card;
}

export function fixture(name: string, charset = 'utf-8'): string {
  return new TextDecoder(charset).decode(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}
