import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Tag, Employee } from '../../shared/contact.ts';
import { entityColumns, toEntity, type ContactRecord, type EntityRecord, type Profile } from '../../electron/contacts/record.ts';
import { blankRecord } from '../../electron/contacts/new-record.ts';
import { selectContact } from '../../electron/contacts/writer.ts';
import { searchTokens } from '../../electron/contacts/search-tokens.ts';
import { fold } from '../../shared/text.ts';
import { createLists } from '../../electron/lists/lists.ts';
import { openStore } from '../../electron/store/open.ts';
import { columnKeys, insertStatement, selectList } from '../../electron/store/rows.ts';
import { contact } from '../../electron/store/schema.ts';

/*
 * What Fieldbook's API is measured against: node:http and prepared statements, nothing between them. No permission is
 * checked, nothing is validated, no header but the length is set. It answers the same bytes and writes the same rows.
 */

const [dataDir = ''] = process.argv.slice(2);
const store = openStore(dataDir, join(import.meta.dirname, '../../drizzle'));
const { db } = store;
const profile = JSON.parse(db.prepare(`select value from setting where key = 'profile'`).pluck().get() as string) as Profile;
const lists = createLists(store, profile);
const tags = new Map(lists.tags.all().map((tag) => [tag.id, tag]));
const members = new Map(lists.members.all().map((member) => [member.id, member]));

const byId = db.prepare(`select ${selectList(contact, entityColumns)} from contact where id = ?`);
const page = db.prepare(`${selectContact} where deleted_at is null order by no limit ? offset ?`);
const total = db.prepare(`select cast(value as integer) from setting where key = 'count.live'`).pluck();
const linksOf = (table: string, other: string, list: string) =>
  db
    .prepare(
      `select contact_no, ${list}.id from ${table} join ${list} on ${list}.no = ${other}
       where contact_no in (select value from json_each(?)) order by contact_no, ${other}`,
    )
    .raw();
const tagsOf = linksOf('contact_tag', 'tag_no', 'tag');
const membersOf = linksOf('contact_member', 'employee_no', 'employee');

function one(id: string): string {
  return JSON.stringify(toEntity(byId.get(id) as EntityRecord, profile, null));
}

function pageOf(take: number, skip: number): string {
  const records = page.all(take, take * (skip - 1)) as ContactRecord[];
  const nos = JSON.stringify(records.map(({ no }) => no));
  const tagged = grouped<Tag>(tagsOf.all(nos) as [number, string][], tags);
  const looked = grouped<Employee>(membersOf.all(nos) as [number, string][], members);
  const items = records.map((record) => ({
    ...toEntity(record, profile, null),
    tags: tagged.get(record.no) ?? [],
    members: looked.get(record.no) ?? [],
  }));
  return JSON.stringify({ items, total: total.get() });
}

function grouped<E>(links: readonly [number, string][], entities: ReadonlyMap<string, E>): Map<number, E[]> {
  const groups = new Map<number, E[]>();
  for (const [no, id] of links) {
    const entity = entities.get(id);
    if (entity === undefined) continue;
    const group = groups.get(no);
    if (group) group.push(entity);
    else groups.set(no, [entity]);
  }
  return groups;
}

const insertContact = db.prepare(insertStatement(contact, columnKeys(contact).filter((key) => key !== 'no')));
const insertIndex = db.prepare('insert into contact_search (rowid, tokens) values (?, ?)');
const insertGroup = db.prepare(`insert into journal_group (id, at, actor, label, state) values (?, ?, 'bench', ?, 'aside')`);
const insertEntry = db.prepare(
  `insert into journal (group_no, at, actor, contact_id, kind, new, last) values (?, ?, 'bench', ?, 'created', ?, 1)`,
);
const count = db.prepare(`update setting set value = value + 1 where key = 'count.live'`);

const create = db.transaction((body: { name: string; primaryEmail: string }) => {
  const at = new Date().toISOString();
  const id = randomUUID();
  const record = { ...blankRecord(id, randomUUID(), at), ...body, sortName: fold(body.name) };
  record.no = Number(insertContact.run(record).lastInsertRowid);
  insertIndex.run(record.no, searchTokens(record, null, { tags: [], members: [], projects: [] }, 'DE'));
  const { lastInsertRowid } = insertGroup.run(randomUUID(), at, `Created ${body.name}`);
  insertEntry.run(lastInsertRowid, at, id, JSON.stringify(body));
  count.run();
  return JSON.stringify(toEntity(record, profile, null));
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const headers = { 'content-type': 'application/json; charset=utf-8' };
const server = createServer((request, response) => {
  const url = request.url ?? '';
  const answer = (status: number, body: string) => {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };
  if (request.method === 'POST') {
    void bodyOf(request).then((body) => answer(201, create.immediate(JSON.parse(body) as { name: string; primaryEmail: string })));
  } else if (url.includes('/pagination')) {
    const query = new URLSearchParams(url.slice(url.indexOf('?')));
    answer(200, pageOf(Number(query.get('take')), Number(query.get('skip'))));
  } else {
    answer(200, one(url.slice(url.lastIndexOf('/') + 1)));
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`ready ${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => {
    store.close();
    process.exit(0);
  });
});
