/** A part of a `multipart/form-data` body. */
export interface Part {
  name: string;
  fileName: string | null;
  mediaType: string | null;
  bytes: Uint8Array;
}

/** The parts of a body, in order; none where the type names no boundary. */
export function parseMultipart(contentType: string, body: Uint8Array): Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return [];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = `\r\n--${boundary}`;
  const parts: Part[] = [];
  let from = bytes.indexOf(`--${boundary}`) + boundary.length + 2;
  for (let to = bytes.indexOf(delimiter, from); to !== -1; to = bytes.indexOf(delimiter, from)) {
    parts.push(partOf(bytes.subarray(from, to)));
    from = to + delimiter.length;
  }
  return parts;
}

function partOf(bytes: Buffer): Part {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end).toString();
  const [, name = ''] = /\bname="([^"]*)"/i.exec(head) ?? [];
  const [, fileName = null] = /\bfilename="([^"]*)"/i.exec(head) ?? [];
  const [, mediaType = null] = /^content-type:\s*(\S+)/im.exec(head) ?? [];
  return { name, fileName, mediaType, bytes: bytes.subarray(end + 4) };
}
