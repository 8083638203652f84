/**
 * Whether an `If-Match` header allows a change of a contact at this revision (RFC 9110, 13.1.1): `*`, or a list with
 * the strong ETag of the revision. Weak or malformed tags match nothing.
 */
export function matches(header: string, rev: number): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim() === `"${rev}"`);
}
