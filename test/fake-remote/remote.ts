import { createDirectory, type Directory } from './people.ts';
import { createFaults, type Faults } from './faults.ts';
import { createLog, type LoggedRequest } from './log.ts';
import { copyTables, type Tables } from './rows.ts';
import { seedRemote } from './seed.ts';
import { createServer } from './server.ts';
import type { RemoteOutcome, RemoteRequest } from './transport.ts';
import { createWebUser, type WebUser } from './web-user.ts';
import { createWorld, type RemoteOptions, type World } from './world.ts';

/** A server like Ever Gauzy's, in memory: synchronous, deterministic, with faults on demand. */
export interface FakeRemote {
  /** One request, through the script of faults, recorded. */
  handle: (request: RemoteRequest) => RemoteOutcome;
  faults: Faults;
  /** Every request that came, oldest first; empty it to count anew. */
  requests: LoggedRequest[];
  /** The recorded requests that write, but for signing in and out. */
  writes: () => LoggedRequest[];
  directory: Directory;
  /** Another person at the server itself: past faults, record and permissions. */
  web: WebUser;
  /** The truth: every contact, the soft-deleted too, with its relations. */
  rows: () => ReturnType<WebUser['rows']>;
  /** A backup, and the server put back to it. */
  /** Adds that many realistic contacts, and names to go with them; the same for the same options. */
  seed: (contacts: number) => void;
  snapshot: () => Tables;
  restore: (backup: Tables) => void;
  /** Insides: the switch of the database, the tables. */
  world: World;
}

/** Makes a server with people and no contacts. */
export function createFakeRemote(options: RemoteOptions = {}): FakeRemote {
  const world = createWorld(options);
  const directory = createDirectory(world);
  const log = createLog(world.settings.clock);
  const faults = createFaults(world, createServer(world));
  const web = createWebUser(world, directory, createServer(world));
  return {
    handle: log.recording(faults.handle),
    faults,
    requests: log.requests,
    writes: log.writes,
    directory,
    web,
    rows: web.rows,
    seed: (contacts) => seedRemote(world, directory, contacts),
    snapshot: () => copyTables(world.tables),
    restore: (backup) => {
      world.tables = copyTables(backup);
      world.revision += 1;
    },
    world,
  };
}
