import { hash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';

const tag = /(W\/)?"[\x21\x23-\x7e\x80-\xff]*"/y;

/** The strong ETag of a revision. */
export function strongTag(rev: number): string {
  return `"${rev}"`;
}

/** The strong ETag of an answer that has a revision. */
export function revisionTag(value: unknown): string | undefined {
  const rev = typeof value === 'object' && value !== null && 'rev' in value ? value.rev : undefined;
  return typeof rev === 'number' ? strongTag(rev) : undefined;
}

/** The weak ETag of an answer's content. */
export function weakTag(body: string): string {
  return `W/"${hash('sha1', body, 'base64url')}"`;
}

/** Whether `If-None-Match` names this tag (weak comparison) or any; a malformed header names none. */
export function isNotModified(ifNoneMatch: string | undefined, current: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return readTags(ifNoneMatch)?.some((each) => opaque(each) === opaque(current)) ?? false;
}

/**
 * `If-Match` as operations take it: `*` or strong tags separated by commas. Weak ones never match and are left out.
 * Throws `stale` when nothing is left that could match, also for a malformed header.
 */
export function strongIfMatch(ifMatch: string): string {
  if (ifMatch.trim() === '*') return '*';
  const strong = readTags(ifMatch)?.filter((each) => !each.startsWith('W/')) ?? [];
  if (strong.length === 0) throw new AppError('stale', 'If-Match must be the strong ETag of the contact');
  return strong.join(', ');
}

function readTags(header: string): string[] | undefined {
  const tags: string[] = [];
  for (const part of splitList(header)) {
    if (part === '') continue;
    tag.lastIndex = 0;
    if (tag.exec(part)?.[0] !== part) return undefined;
    tags.push(part);
  }
  return tags;
}

/** Cut at commas, but not at those between quotes. */
function splitList(header: string): string[] {
  return (header.match(/(?:"[^"]*"|[^",])+|"/g) ?? []).map((part) => part.trim());
}

function opaque(entityTag: string): string {
  return entityTag.startsWith('W/') ? entityTag.slice(2) : entityTag;
}
