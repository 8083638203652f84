import type { Contact, Relation, SetField } from '../../shared/contact.ts';
import { joins, standingOf, type Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { selectList } from '../store/rows.ts';
import { contact, invoice } from '../store/schema.ts';
import { entityColumns, toAddress, toEntity, toImage, type ContactRecord, type EntityRecord, type ImageRow, type Profile } from './record.ts';
import { selectContact } from './writer.ts';

/** Records as entities, with the relations that are asked for. */
export interface ContactReader {
  find(id: string): ContactRecord | undefined;
  /** The entity of a live contact, without relations. */
  live(id: string): Contact | undefined;
  byNos(nos: readonly number[]): ContactRecord[];
  /** Who the live ones of these contacts are, and their pictures. */
  brief(nos: readonly number[]): Pick<Contact, 'id' | 'name' | 'imageUrl' | 'image'>[];
  entity(record: ContactRecord, relations?: readonly Relation[]): Contact;
  /** Entities of many records; their links are read in one query a set. */
  entities(records: readonly ContactRecord[], relations?: readonly Relation[]): Contact[];
  /** For each contact number, the numbers in one of its sets. */
  links(set: SetField, nos: readonly number[]): Map<number, number[]>;
}

export function createContactReader(store: Store, lists: Lists, profile: Profile): ContactReader {
  const { db } = store;
  const byId = db.prepare(`${selectContact} where id = ?`);
  const byNo = db.prepare(`${selectContact} where no = ?`);
  const liveById = db.prepare(`select ${selectList(contact, entityColumns)} from contact where id = ? and deleted_at is null`);
  const briefByNo = db.prepare(`select ${selectList(contact, ['id', 'name', 'imageUrl', 'imageId'])} from contact where no = ? and deleted_at is null`);
  const imageOf = db.prepare('select id, media_type as mediaType, size, created_at as createdAt from image where id = ?');
  const linksOf = { tags: linkStatement(store, 'tags'), members: linkStatement(store, 'members'), projects: linkStatement(store, 'projects') };
  const invoicesOf = db.prepare(`select ${selectList(invoice)} from invoice where contact_no = ? order by no`);

  function links(set: SetField, nos: readonly number[]): Map<number, number[]> {
    const found = new Map<number, number[]>();
    for (const [contactNo, otherNo] of linksOf[set].all(JSON.stringify(nos)) as [number, number][]) {
      const known = found.get(contactNo);
      if (known) known.push(otherNo);
      else found.set(contactNo, [otherNo]);
    }
    return found;
  }

  /** The person of the book, by the name that the list of employees has for them. */
  function author(): NonNullable<Contact['createdByUser']> {
    const employee = lists.members.all().find(({ user }) => user.id === profile.userId);
    return { id: profile.userId, name: employee?.fullName ?? '' };
  }

  function imageOfRecord({ imageId }: Pick<ContactRecord, 'imageId'>): Contact['image'] {
    const image = imageId === null ? undefined : (imageOf.get(imageId) as ImageRow | undefined);
    return image ? toImage(image) : null;
  }

  function bare(record: EntityRecord): Contact {
    return toEntity(record, profile, imageOfRecord(record));
  }

  function entities(records: readonly ContactRecord[], relations: readonly Relation[] = []): Contact[] {
    if (relations.length === 0) return records.map(bare);
    const asked = new Set<Relation>(relations);
    const wants = (set: SetField) => asked.has(set) || asked.has(`${set}.user` as Relation) || asked.has(`${set}.members` as Relation);
    const nos = records.map(({ no }) => no);
    const tags = wants('tags') ? links('tags', nos) : undefined;
    const members = wants('members') ? links('members', nos) : undefined;
    const projects = wants('projects') ? links('projects', nos) : undefined;
    return records.map((record) => {
      const entity = bare(record);
      if (asked.has('contact')) entity.contact = toAddress(record, profile);
      if (tags) entity.tags = pick(tags.get(record.no), lists.tags.byNo);
      if (members) entity.members = pick(members.get(record.no), lists.members.byNo);
      if (projects) entity.projects = pick(projects.get(record.no), lists.projects.byNo);
      if (asked.has('projects.members')) entity.projects = entity.projects?.map((project) => ({ ...project, members: [] })) ?? [];
      if (asked.has('invoices')) {
        const rows = invoicesOf.all(record.no) as (typeof invoice.$inferSelect)[];
        entity.invoices = rows.map(({ no: _no, contactNo: _contactNo, ...row }) => ({ ...standingOf(profile), ...row }));
      }
      if (asked.has('organization')) entity.organization = { id: profile.organizationId, name: 'Fieldbook' };
      if (asked.has('tenant')) entity.tenant = { id: profile.tenantId, name: 'Fieldbook' };
      if (asked.has('createdByUser')) entity.createdByUser = author();
      for (const empty of ['payments', 'expenses', 'incomes', 'timeLogs'] as const) if (asked.has(empty)) entity[empty] = [];
      return entity;
    });
  }

  return {
    find: (id) => byId.get(id) as ContactRecord | undefined,
    live(id) {
      const record = liveById.get(id) as EntityRecord | undefined;
      return record && bare(record);
    },
    byNos: (nos) => nos.flatMap((no) => (byNo.get(no) as ContactRecord | undefined) ?? []),
    brief: (nos) =>
      nos.flatMap((no) => {
        const record = briefByNo.get(no) as Pick<ContactRecord, 'id' | 'name' | 'imageUrl' | 'imageId'> | undefined;
        return record ? [{ id: record.id, name: record.name, imageUrl: record.imageUrl, image: imageOfRecord(record) }] : [];
      }),
    entity: (record, relations) => entities([record], relations)[0] as Contact,
    entities,
    links,
  };
}

function linkStatement(store: Store, set: SetField) {
  const { table, other } = joins[set];
  return store.db
    .prepare(`select contact_no, ${other} from ${table} where contact_no in (select value from json_each(?)) order by contact_no, ${other}`)
    .raw();
}

function pick<E>(nos: readonly number[] | undefined, byNo: (no: number) => E | undefined): E[] {
  return nos ? nos.flatMap((no) => byNo(no) ?? []) : [];
}
