/** What a body was beside the rows: the object around them, with `items` empty; undefined when it was no JSON object. */
export type Envelope = Record<string, unknown> | undefined;

const code = (character: string) => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const [openBrace, closeBrace, openBracket, closeBracket, comma] = ['{', '}', '[', ']', ','].map(code);
const maxEnvelope = 64 * 1024;

/**
 * The rows of `{"items":[…],"total":n}` as texts of JSON, as they arrive, whatever the pieces are cut like. Only the row
 * that is arriving is kept. Answers, when the body has ended, with what was around the rows; undefined for a body that is
 * no JSON object or that breaks off.
 */
export async function* rowStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[], Envelope> {
  const scan = createScanner();
  for await (const piece of body) {
    const rows = scan.take(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (rows.length > 0) yield rows;
  }
  return scan.end();
}

/** Follows the nesting of JSON byte by byte. All that structures JSON is ASCII, so characters may be cut anywhere. */
function createScanner() {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Inside the array `items`, whose elements begin at depth 2. */
  let inItems = false;
  let row: Buffer[] = [];
  let envelope = '';

  function take(bytes: Buffer): string[] {
    const rows: string[] = [];
    let from = 0;

    /** What is between `from` and `to` belongs to the row that is arriving, or to what is around the rows. */
    function keep(to: number): void {
      if (to > from) {
        const part = bytes.subarray(from, to);
        if (inItems) row.push(part);
        else if (envelope.length < maxEnvelope) envelope += part.toString('latin1');
      }
      from = to;
    }

    function endRow(): void {
      const text = Buffer.concat(row).toString().trim();
      row = [];
      if (text !== '') rows.push(text);
    }

    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) {
        inString = true;
      } else if (byte === openBrace || byte === openBracket) {
        depth += 1;
        if (byte === openBracket && depth === 2 && !inItems) {
          keep(at + 1);
          inItems = /"items"\s*:\s*\[$/.test(envelope);
        }
      } else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        if (inItems && depth === 1) {
          keep(at);
          endRow();
          inItems = false;
        }
      } else if (byte === comma && inItems && depth === 2) {
        keep(at);
        endRow();
        from = at + 1;
      }
    }
    keep(bytes.length);
    return rows;
  }

  return {
    take,
    end(): Envelope {
      if (inItems || depth !== 0 || envelope.length >= maxEnvelope) return undefined;
      return parseObject(Buffer.from(envelope, 'latin1').toString());
    },
  };
}

function parseObject(text: string): Envelope {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
