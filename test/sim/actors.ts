import type { Edits } from '../../electron/contacts/edits.ts';
import { contactTypes } from '../../shared/contact.ts';
import type { FakeRemote } from '../fake-remote/remote.ts';
import type { RemoteContact } from '../fake-remote/web-user.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import { isDiskFullError, type Replica } from './replica.ts';
import { choose, type Step } from './steps.ts';
import { markOf, tracedFields, valueHere, valueThere, type TracedField, type Value, type Witness } from './witness.ts';

export interface ActorsDeps {
  replicas: readonly Replica[];
  remote: FakeRemote;
  network: Network;
  witness: Witness;
  clock: { ms: number };
  random: Random;
}

/** How long the clock jumps, in milliseconds: moments, coffee, lunch, a night, a week. */
const jumps = [200, 2000, 15_000, 40_000, 5 * 60_000, 45 * 60_000, 14 * 3_600_000, 7 * 24 * 3_600_000];
const tagNames = ['blue', 'green', 'red'];

/** The people of the simulated office, and the world around them: each step is something that one of them does. */
export function createActors({ replicas, remote, network, witness, clock }: ActorsDeps): { act(step: Step): void } {
  let typed = 0;
  let marks = 0;

  /** A value nobody has typed before, that the server takes. */
  function newValue(field: TracedField): Exclude<Value, null> {
    typed += 1;
    if (field === 'budget') return 1000 + typed;
    return field === 'primaryEmail' ? `v${typed}@example.com` : `v${typed}`;
  }

  function editsOf(field: TracedField, value: Value): Edits {
    return field.startsWith('contact.')
      ? { address: { [field.slice('contact.'.length)]: value } }
      : { scalars: { [field]: value } };
  }

  const seenHere = (record: object) => new Map(tracedFields.map((field) => [field, valueHere(record, field)]));
  const seenThere = (row: RemoteContact) => new Map(tracedFields.map((field) => [field, valueThere(row, field)]));

  function editHere(replica: Replica, { who, how, luck }: Step): void {
    const record = choose(replica.contacts(), who);
    const field = choose(tracedFields, how);
    if (!record || !field) return;
    if (luck < 0.1) {
      const contactType = choose(contactTypes, how);
      if (contactType) replica.edit(record, { scalars: { contactType } });
      return;
    }
    const value = luck > 0.95 && field !== 'name' ? null : newValue(field);
    replica.edit(record, editsOf(field, value));
    const mark = record.fiscalInformation ?? '';
    witness.wrote({ replica, mark, id: record.id, field, value, saw: valueHere(record, field) });
  }

  function editThere({ who, how, luck }: Step): void {
    const row = choose(remote.web.list(), who);
    const field = choose(tracedFields, how);
    if (!row || !field) return;
    const value = luck > 0.95 && field !== 'name' ? null : newValue(field);
    const changes = field.startsWith('contact.') ? { contact: { [field.slice('contact.'.length)]: value } } : { [field]: value };
    witness.wrote({ replica: undefined, mark: markOf(row), id: row.id, field, value, saw: valueThere(row, field) });
    remote.web.edit(row.id, changes);
  }

  function createHere(replica: Replica): void {
    marks += 1;
    const mark = `m${marks}`;
    const name = newValue('name');
    const record = replica.create({ scalars: { name: String(name) }, address: { fiscalInformation: mark } });
    witness.wrote({ replica, mark, id: record.id, field: 'name', value: name, saw: null });
  }

  function createThere(): void {
    marks += 1;
    const mark = `m${marks}`;
    const name = newValue('name');
    const { id } = remote.web.create({ name: String(name), contact: { fiscalInformation: mark } });
    witness.wrote({ replica: undefined, mark, id, field: 'name', value: name, saw: null });
  }

  function tagHere(replica: Replica, { who, how }: Step): void {
    const record = choose(replica.contacts(), who);
    const name = choose(tagNames, how);
    if (!record || !name) return;
    const tags = new Map(replica.tags().map((tag) => [tag.name, tag.id]));
    const id = tags.get(name) ?? replica.addTag(name);
    const has = replica.tagIdsOf(record);
    const added = !has.includes(id);
    replica.edit(record, { sets: { tags: added ? [...has, id] : has.filter((one) => one !== id) } });
    witness.tagged({ replica, mark: record.fiscalInformation ?? '', id: record.id, tag: name, added });
  }

  function tagThere({ who, how, luck }: Step): void {
    const name = choose(tagNames, how);
    const row = choose(remote.web.list(), who);
    if (!name || !row) return;
    const known = [...remote.world.tables.tags.values()].find((tag) => tag.name === name)?.id;
    if (luck < 0.1 && known !== undefined) {
      // Renamed there and back: contacts do not show it in their times.
      remote.web.renameTag(known, name);
      return;
    }
    const id = known ?? remote.web.createTag(name);
    const has = row.tags.map((tag) => tag.id);
    const added = !has.includes(id);
    witness.tagged({ replica: undefined, mark: markOf(row), id: row.id, tag: name, added });
    remote.web.edit(row.id, { tags: added ? [...has, id] : has.filter((one) => one !== id) });
  }

  return {
    act(step) {
      try {
        happen(step);
      } catch (error) {
        // A person who meets a full disk is told so, and has written nothing.
        if (!isDiskFullError(error)) throw error;
      }
    },
  };

  function happen(step: Step): void {
    const { kind, who, how, luck } = step;
    const replica = choose(replicas, how) as Replica;
    switch (kind) {
      case 'edit':
        return editHere(replica, step);
      case 'create':
        return createHere(replica);
      case 'remove': {
        const record = choose(replica.contacts(), who);
        if (!record) return undefined;
        const saw = seenHere(record);
        replica.remove(record);
        return witness.deleted({ replica, mark: record.fiscalInformation ?? '', id: record.id, saw });
      }
      case 'restore': {
        const record = choose(replica.trashed(), who);
        return record && replica.restore(record);
      }
      case 'tag':
        return tagHere(replica, step);
      case 'webEdit':
        return editThere(step);
      case 'webCreate':
        return createThere();
      case 'webRemove': {
        const row = choose(remote.web.list(), who);
        if (!row) return undefined;
        witness.deleted({ replica: undefined, mark: markOf(row), id: row.id, saw: seenThere(row) });
        return remote.web.delete(row.id, luck < 0.5 ? 'hard' : 'soft');
      }
      case 'webTag':
        return tagThere(step);
      case 'webEcho': {
        const row = choose(remote.web.list(), who);
        return row && void remote.web.edit(row.id, { updatedAt: row.createdAt });
      }
      case 'cycle':
        return replica.beginCycle(luck < 0.4);
      case 'network':
        return network.step(who, how, luck);
      case 'advance':
        clock.ms += choose(jumps, how) ?? 0;
        return network.expire(luck);
      case 'crash':
        return replica.crash();
      case 'diskFull':
        return replica.fillDisk();
      case 'resolve': {
        const conflict = choose(replica.book().conflicts().items, who);
        const choice = conflict && choose(conflict.choices, step.how);
        if (conflict && choice) replica.book().resolve(conflict.id, choice, 'ui');
        return undefined;
      }
    }
  }
}
