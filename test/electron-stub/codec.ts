export interface Codec {
  /** Throws a DataCloneError for what cannot cross (functions, symbols, DOM nodes, blobs). */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Carries values of the structured clone algorithm as JSON text; cycles excepted.
 * The function is also sent to pages as source text, so it may use nothing from outside itself.
 */
export function createCodec(): Codec {
  const tag = '\u0000type';
  type Tagged = { [tag]: string; value?: unknown };

  const toBase64 = (bytes: Uint8Array): string => {
    let binary = '';
    for (let start = 0; start < bytes.length; start += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    return btoa(binary);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

  const tagged = (type: string, value?: unknown): Tagged => ({ [tag]: type, value });

  const pack = (value: unknown): unknown => {
    if (value === undefined) return tagged('undefined');
    if (typeof value === 'bigint') return tagged('bigint', String(value));
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return tagged('number', Object.is(value, -0) ? '-0' : String(value));
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(pack);
    if (value instanceof Date) return tagged('date', pack(value.getTime()));
    if (value instanceof RegExp) return tagged('regexp', [value.source, value.flags]);
    if (value instanceof Map) return tagged('map', [...value].map(pack));
    if (value instanceof Set) return tagged('set', [...value].map(pack));
    if (value instanceof Error) {
      const { name, message, stack } = value;
      return tagged('error', { name, message, stack });
    }
    if (value instanceof ArrayBuffer) return tagged('ArrayBuffer', toBase64(new Uint8Array(value)));
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return tagged(value.constructor.name, toBase64(bytes));
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      throw new DOMException('An object could not be cloned.', 'DataCloneError');
    }
    const packed = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, pack(member)]));
    return Object.hasOwn(packed, tag) ? tagged('object', packed) : packed;
  };

  const unpackMembers = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpack(member)]));

  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    if (!Object.hasOwn(value, tag)) return unpackMembers(value);

    const { [tag]: type, value: content } = value as Tagged;
    switch (type) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(content as string);
      case 'number':
        return Number(content);
      case 'date':
        return new Date(unpack(content) as number);
      case 'regexp':
        return new RegExp(...(content as [string, string]));
      case 'map':
        return new Map(unpack(content) as [unknown, unknown][]);
      case 'set':
        return new Set(unpack(content) as unknown[]);
      case 'error': {
        const { name, message, stack } = content as Error;
        const error = new Error(message);
        Object.defineProperties(error, { name: { value: name }, stack: { value: stack } });
        return error;
      }
      case 'object':
        return unpackMembers(content as object);
      case 'ArrayBuffer':
        return fromBase64(content as string).buffer;
      default: {
        const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>)[type];
        if (!View) throw new Error(`Unknown type '${type}' in a message`);
        return new View(fromBase64(content as string).buffer);
      }
    }
  };

  return {
    // structuredClone first: it refuses what must not cross, and makes plain objects of class instances.
    encode: (value) => JSON.stringify(pack(structuredClone(value))),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
