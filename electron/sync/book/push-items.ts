import { tagColor } from '../../../shared/tag-color.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import type { Lists } from '../../lists/lists.ts';
import type { Doubt, PushItem } from '../ports.ts';
import type { Snapshot } from '../snapshot.ts';
import { isTaggedType, tagOfType } from '../wire/type-tags.ts';
import type { AccountBook } from './account.ts';
import type { Attempts } from './attempts.ts';
import { isReserved, type Link, type Links } from './links.ts';
import type { Names } from './names.ts';
import type { OutboxRow } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Projector } from './project.ts';

export interface PushItemDeps {
  find: (contactId: string) => ContactRecord | undefined;
  lists: Lists;
  account: AccountBook;
  attempts: Attempts;
  links: Links;
  names: Names;
  pictures: Pictures;
  projector: Projector;
}

/** What a row of the outbox asks for. */
export interface PushItems {
  /** Null when there is nothing that could be sent: it never was there, or is gone already. */
  itemOf: (row: OutboxRow) => PushItem | null;
  /** The tags to be made there before a contact can be sent; one of them may stand for its type. */
  newTags: (snapshot: Snapshot) => PushItem['newTags'];
}

export function createPushItems({ find, lists, account, attempts, links, names, pictures, projector }: PushItemDeps): PushItems {
  function kindOf(row: OutboxRow, link: Link | undefined): PushItem['kind'] {
    if (row.kind === 'delete') return 'delete';
    if (!link || isReserved(link)) return 'create';
    return link.isGone ? 'restore' : 'update';
  }

  function newTags(snapshot: Snapshot): PushItem['newTags'] {
    const missing = projector.missing(snapshot).tags.flatMap((id) => {
      const tag = lists.tags.byNo(lists.tags.noOf(id) ?? 0);
      return tag ? [{ key: id, name: tag.name, color: tag.color }] : [];
    });
    const doubted = snapshot.sets.tags.filter((id) => names.isDoubted(id)).flatMap((remoteId) => {
      const tag = lists.tags.all().find(({ id }) => names.remoteOf('tags', id) === remoteId);
      return tag ? [{ key: tag.id, remoteId, name: tag.name, color: tag.color }] : [];
    });
    return [...missing, ...doubted, ...typeTag(snapshot)];
  }

  function typeTag({ values: { contactType: type } }: Snapshot): PushItem['newTags'] {
    if (account.need().dialect.server === 'fieldbook' || !isTaggedType(type)) return [];
    const remoteId = names.typeTags()[type];
    const tag = { key: tagOfType(type), name: tagOfType(type), color: tagColor(tagOfType(type)) };
    if (remoteId === undefined) return [tag];
    return names.isDoubted(remoteId) ? [{ ...tag, remoteId }] : [];
  }

  function newImage(snapshot: Snapshot): PushItem['newImage'] {
    const localId = projector.missing(snapshot).image;
    const picture = localId === null ? undefined : pictures.find(localId);
    return localId === null || !picture ? null : { localId, ...picture };
  }

  function itemOf(row: OutboxRow): PushItem | null {
    const { seq, contactId } = row;
    const link = links.of(contactId);
    const record = find(contactId);
    const open = attempts.open(contactId);
    const kind = kindOf(row, link);
    const isAlive = record?.deletedAt === null;
    if (kind === 'delete' ? !(link && !link.isGone) && !open : !isAlive) return null;
    const doubt: Doubt | null = open
      ? { attemptId: open.id, method: open.method, expected: open.expected, startedAt: open.startedAt }
      : null;
    const remoteId = link?.remoteId ?? contactId;
    if (kind === 'delete' || !record) return { seq, contactId, remoteId, kind, doubt, newTags: [], newImage: null };
    const { snapshot } = projector.project(record, link ?? null);
    return { seq, contactId, remoteId, kind, doubt, newTags: newTags(snapshot), newImage: newImage(snapshot) };
  }

  return { itemOf, newTags };
}
