import { setFields } from '../../../shared/contact.ts';
import type { RemoteRows } from '../ports.ts';
import { joinNames, type Decoded, type ReadRow } from '../wire/decode.ts';
import type { Engine } from './engine.ts';
import { fetchPictures } from './pictures.ts';
import { prepare } from './prepare.ts';
import { sorted } from './remote.ts';

/** The hash by which the book is asked whether it knows of a deletion. */
const deleted = 'deleted';

/** Of the rows read, those whose content is not what the book knows. Those that cannot be read are set aside, unless deleted. */
export async function changedRows(engine: Engine, rows: readonly Decoded[]): Promise<{ live: ReadRow[]; deleted: string[] }> {
  const { readable, strange } = sorted(rows);
  const aside = strange.filter(({ isDeleted }) => isDeleted !== true);
  if (aside.length > 0) await engine.book.quarantine(aside);
  const asked = readable.map(({ row }) => [row.remoteId, row.deletedAt === null ? row.hash : deleted] as const);
  const places = asked.length === 0 ? [] : await engine.book.compare(asked);
  const changed = places.flatMap((place) => readable[place] ?? []);
  return {
    live: changed.filter(({ row }) => row.deletedAt === null),
    deleted: changed.flatMap(({ row }) => (row.deletedAt === null ? [] : [row.remoteId])),
  };
}

/** Gathers what tags, employees and projects are called: a new name there changes no contact. */
export function createNameList({ book }: Engine) {
  let gathered: Names | undefined;
  return {
    add(rows: readonly Decoded[]): void {
      const names = joinNames(sorted(rows).readable);
      gathered = gathered ? joinNames([{ names: gathered }, { names }]) : names;
    },
    async tell(): Promise<void> {
      if (gathered && setFields.some((set) => (gathered?.[set].length ?? 0) > 0)) await book.pull({ rows: [], names: gathered });
    },
  };
}

type Names = RemoteRows['names'];

/** Takes live rows into the book, with their pictures. With `prepareFor` what follows from their values is worked out here. */
export async function take(engine: Engine, rows: readonly ReadRow[], prepareFor?: string): Promise<void> {
  if (rows.length === 0) return;
  const batch = await withPictures(engine, rows);
  if (prepareFor !== undefined) for (const row of batch.rows) row.prepared = prepare(row.snapshot, prepareFor);
  const { created, updated, deleted: gone } = await engine.book.pull(batch);
  engine.counts.pulled += created + updated;
  engine.counts.deleted += gone;
}

/** Rows for the book, whose pictures it has by then; a picture that cannot be had is a value that it cannot hold. */
export async function withPictures(engine: Engine, rows: readonly ReadRow[]): Promise<RemoteRows> {
  const missing = await fetchPictures(engine, rows);
  for (const { row } of rows) {
    const picture = row.snapshot.values.imageId;
    if (typeof picture === 'string' && missing.has(picture)) row.strange.push('imageId');
  }
  return { rows: rows.map(({ row }) => row), names: joinNames(rows) };
}
