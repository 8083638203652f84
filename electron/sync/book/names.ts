import { setFields, uuid, type SetField } from '../../../shared/contact.ts';
import { tagColor } from '../../../shared/tag-color.ts';
import { tagKey } from '../../../shared/tag-name.ts';
import { fold } from '../../../shared/text.ts';
import { insertEmployee, insertProject, insertTag, type Lists } from '../../lists/lists.ts';
import type { Store } from '../../store/open.ts';
import type { RemoteName, RemoteRows } from '../ports.ts';
import type { Snapshot } from '../snapshot.ts';
import { isTaggedType, taggedTypes, tagOfType, type TypeTags } from '../wire/type-tags.ts';
import type { Links } from './links.ts';

/** Which tag, employee or project here is which there. */
export interface Names {
  /** The server's id; undefined for what it does not have. */
  remoteOf(set: SetField, localId: string): string | undefined;
  /** Ours; undefined for what the book has never seen. What was deleted here since keeps its id. */
  localOf(set: SetField, remoteId: string): string | undefined;
  /**
   * Takes what rows of the server refer to: matched with what is here by name or e-mail, else made here. What was deleted here
   * is made again only for a row that was given it since.
   */
  learn(batch: RemoteRows): void;
  /** The same, and what was deleted here is made again in any case. */
  learnAll(names: RemoteRows['names']): void;
  /** A tag that was made or found there, by its id here or by the name of a type's tag. */
  learnTag(key: string, remote: RemoteName): void;
  typeTags(): TypeTags;
  /** The server refused a contact that was to have these tags: one of them may be gone there. Forgotten when the program ends. */
  doubt(snapshot: Snapshot): void;
  /** Whether it is to be found out first that the server still has this tag. */
  isDoubted(remoteId: string): boolean;
  /** Forgets what is in memory: after unlinking. */
  forget(): void;
}

export interface NamesDeps {
  store: Store;
  lists: Lists;
  links: Pick<Links, 'ofRemote'>;
  now: () => string;
  newId: () => string;
  /** What is known there from now on, with its number here: contacts that have it are to be sent. */
  onMatch: (set: SetField, no: number) => void;
  announceLists: () => void;
}

interface Mapping {
  localId: string;
  name: string;
}

interface Memory {
  byRemote: Record<SetField, Map<string, Mapping>>;
  byLocal: Record<SetField, Map<string, string>>;
  /** Two tags of one name here are the same tag there. */
  tagsByName: Map<string, string>;
  types: TypeTags;
}

const typeKind = 'type';
const tables = { tags: ['tag', 'name'], members: ['employee', 'full_name'], projects: ['project', 'name'] } as const;
/** A name as those of its set are compared: accents tell tags apart, and people and projects not. */
const keyOf = (set: SetField, name: string) => (set === 'tags' ? tagKey(name) : fold(name).trim());

export function createNames(deps: NamesDeps): Names {
  const { store, lists, links, now, newId, onMatch, announceLists } = deps;
  const doubted = new Set<string>();
  let memory: Memory | undefined;

  const perSet = <T>(make: () => T) => Object.fromEntries(setFields.map((set) => [set, make()])) as Record<SetField, T>;

  function known(): Memory {
    if (memory) return memory;
    const fresh: Memory = { byRemote: perSet(() => new Map()), byLocal: perSet(() => new Map()), tagsByName: new Map(), types: {} };
    const rows = store.statement('select kind, local_id as localId, remote_id as remoteId, name from sync_name').all() as
      (Mapping & { kind: SetField | typeof typeKind; remoteId: string })[];
    for (const { kind, localId, remoteId, name } of rows) {
      if (kind === typeKind) {
        const type = taggedTypes.find((one) => tagOfType(one) === localId);
        if (type) fresh.types[type] = remoteId;
        continue;
      }
      fresh.byRemote[kind].set(remoteId, { localId, name });
      fresh.byLocal[kind].set(localId, remoteId);
      if (kind === 'tags') fresh.tagsByName.set(keyOf('tags', name), remoteId);
    }
    return (memory = fresh);
  }

  function save(kind: SetField | typeof typeKind, localId: string, remoteId: string, name: string): void {
    store
      .statement('delete from sync_name where kind = ? and (local_id = ? or remote_id = ?)')
      .run(kind, localId, remoteId);
    store.statement('insert into sync_name (kind, local_id, remote_id, name) values (?, ?, ?, ?)').run(kind, localId, remoteId, name);
    memory = undefined;
  }

  const nameHere = (set: SetField, localId: string): string | undefined => {
    const no = lists[set].noOf(localId);
    if (no === undefined) return undefined;
    return set === 'members' ? lists.members.byNo(no)?.fullName : lists[set].byNo(no)?.name;
  };

  type IsWanted = (set: SetField, remoteId: string) => boolean;

  const isNews = (set: SetField, { id, name }: RemoteName, isWanted: IsWanted): boolean => {
    const mapping = known().byRemote[set].get(id);
    if (mapping === undefined) return true;
    return lists[set].noOf(mapping.localId) === undefined ? isWanted(set, id) : mapping.name !== name;
  };

  /** Whether one of the rows has it that did not when it was last read. */
  const isGivenTo = ({ rows }: RemoteRows): IsWanted => (set, id) =>
    rows.some(({ remoteId, snapshot }) => snapshot.sets[set].includes(id) && !links.ofRemote(remoteId)?.base?.sets[set].includes(id));

  /** What is here, unknown there so far, and by its name or e-mail the same. */
  function matchOf(set: SetField, { name, email }: RemoteName): string | undefined {
    const free = (id: string) => known().byLocal[set].get(id) === undefined;
    const key = keyOf(set, name);
    if (set !== 'members') return lists[set].all().find((entry) => free(entry.id) && keyOf(set, entry.name) === key)?.id;
    const address = email?.toLowerCase() ?? null;
    const people = lists.members.all().filter(({ id }) => free(id));
    const byEmail = address === null ? undefined : people.find(({ user }) => user.email?.toLowerCase() === address);
    return (byEmail ?? people.find(({ fullName, user }) => keyOf(set, fullName) === key && (address === null || user.email === null)))?.id;
  }

  function make(set: SetField, { id: remoteId, name, color, email = null }: RemoteName): string {
    const given = uuid.safeParse(remoteId).data;
    const id = given !== undefined && lists[set].noOf(given) === undefined ? given : newId();
    const at = now();
    const entry = { id, createdAt: at, updatedAt: at };
    if (set === 'members') store.statement(insertEmployee).run({ ...entry, userId: newId(), fullName: name, email });
    else if (set === 'projects') store.statement(insertProject).run({ ...entry, name });
    else store.statement(insertTag).run({ ...entry, name, color: color ?? tagColor(name), textColor: null, icon: null, description: null });
    return id;
  }

  function rename(set: SetField, localId: string, name: string): void {
    const [table, column] = tables[set];
    store.statement(`update ${table} set ${column} = ?, updated_at = ? where id = ?`).run(name, now(), localId);
  }

  function take(set: SetField, remote: RemoteName): void {
    const mapping = known().byRemote[set].get(remote.id);
    const localName = mapping && nameHere(set, mapping.localId);
    if (mapping && localName !== undefined) {
      // A name that was changed here stays; one that only changed there follows.
      if (localName === mapping.name && localName !== remote.name) rename(set, mapping.localId, remote.name);
      save(set, mapping.localId, remote.id, remote.name);
      return;
    }
    const match = matchOf(set, remote);
    save(set, match ?? make(set, remote), remote.id, remote.name);
    const no = match === undefined ? undefined : lists[set].noOf(match);
    if (no !== undefined) onMatch(set, no);
  }

  function learn(names: RemoteRows['names'], isWanted: IsWanted): void {
    const news = setFields.flatMap((set) => names[set].filter((name) => isNews(set, name, isWanted)).map((name) => [set, name] as const));
    if (news.length === 0) return;
    try {
      store.transaction(() => {
        for (const [set, name] of news) {
          take(set, name);
          lists.refresh();
        }
      });
    } finally {
      memory = undefined;
      lists.refresh();
    }
    announceLists();
  }

  return {
    remoteOf(set, localId) {
      const { byLocal, tagsByName } = known();
      const remoteId = byLocal[set].get(localId);
      if (remoteId !== undefined || set !== 'tags') return remoteId;
      const name = nameHere('tags', localId);
      return name === undefined ? undefined : tagsByName.get(keyOf('tags', name));
    },
    localOf: (set, remoteId) => known().byRemote[set].get(remoteId)?.localId,
    learn: (batch) => learn(batch.names, isGivenTo(batch)),
    learnAll: (names) => learn(names, () => true),
    doubt({ values: { contactType }, sets: { tags } }) {
      const typeTag = isTaggedType(contactType) ? known().types[contactType] : undefined;
      for (const id of typeTag === undefined ? tags : [...tags, typeTag]) doubted.add(id);
    },
    isDoubted: (remoteId) => doubted.has(remoteId),
    learnTag(key, { id, name }) {
      doubted.delete(id);
      const mapping = known().byRemote.tags.get(id);
      if (key.startsWith('type:')) save(typeKind, key, id, name);
      else save('tags', mapping?.localId ?? key, id, name);
    },
    typeTags: () => known().types,
    forget() {
      memory = undefined;
    },
  };
}
