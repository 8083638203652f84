/** A piece of a text, with the address it leads to where it is one. */
export interface Piece {
  text: string;
  address: string | null;
}

const address = /https?:\/\/[^\s<>"“”]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

/** A text cut where it names a web page or a mail address; the sign that ends a sentence belongs to neither. */
export function linkedPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = withoutEnd(found);
    if (index > done) pieces.push({ text: text.slice(done, index), address: null });
    pieces.push({ text: link, address: /^https?:/i.test(link) ? link : `mailto:${encodeURIComponent(link).replaceAll('%40', '@')}` });
    done = index + link.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), address: null });
  return pieces;
}

/** A closing bracket is part of an address that opened one, as in …/Lee_(name). */
function withoutEnd(link: string): string {
  const bare = link.replace(/[.,;:!?'’]+$/, '');
  const isUnopened = /[)\]}]$/.test(bare) && !/[([{]/.test(bare);
  return isUnopened ? withoutEnd(bare.slice(0, -1)) : bare;
}
