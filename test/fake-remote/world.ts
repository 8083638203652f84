import { createHash } from 'node:crypto';
import { emptyTables, type BaseRow, type Tables } from './rows.ts';

/** What distinguishes one server from another. Defaults in brackets. */
export interface RemoteOptions {
  /** ['postgres'] `sqlite`: whole-second stamps, no checks of types by the database. */
  database?: 'postgres' | 'sqlite';
  /** [true] false: a server that makes the ids of new contacts itself and does not create by PUT. */
  clientIds?: boolean;
  /** [true] false: a server without `DELETE /:id/soft`. */
  softDelete?: boolean;
  /** [off] The rate limit per route; login is then limited to 5 a minute. */
  throttle?: { limit: number; ttlMs: number } | null;
  /** [86 400] Seconds an access token lives. */
  accessTokenSeconds?: number;
  /** [86 400] Seconds a refresh token lives. */
  refreshTokenSeconds?: number;
  /** [false] Access tokens of about 6.5 kB, as the real ones are. */
  largeTokens?: boolean;
  /** [Date.now] Milliseconds since 1970. */
  clock?: () => number;
  /** [deterministic from `seed`] A new UUID. */
  ids?: () => string;
  /** [1] What ids and seeded rows are made from. */
  seed?: number;
}

export type Settings = Required<Omit<RemoteOptions, 'ids' | 'seed'>>;

/** The server's insides, handed to every route. */
export interface World {
  readonly settings: Settings;
  readonly newId: () => string;
  tables: Tables;
  /** Grows with every write; caches live as long as it stays. */
  revision: number;
  databaseUp: boolean;
  /** `http://host:port` in the addresses of images. */
  origin: string;
  readonly stamp: () => number;
}

/** An empty server. */
export function createWorld(options: RemoteOptions): World {
  const settings: Settings = {
    database: options.database ?? 'postgres',
    clientIds: options.clientIds ?? true,
    softDelete: options.softDelete ?? true,
    throttle: options.throttle ?? null,
    accessTokenSeconds: options.accessTokenSeconds ?? 86_400,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 86_400,
    largeTokens: options.largeTokens ?? false,
    clock: options.clock ?? Date.now,
  };
  return {
    settings,
    newId: options.ids ?? idMaker(options.seed ?? 1),
    tables: emptyTables(),
    revision: 0,
    databaseUp: true,
    origin: 'http://remote.test',
    stamp: stampMaker(settings),
  };
}

/** Puts a row in place of the one with its id. */
export function put<R extends { readonly id: string }>(world: World, table: Map<string, R>, row: R): void {
  table.set(row.id, row);
  world.revision += 1;
}

/** Takes a row out. @returns how many there were, 0 or 1 */
export function remove(world: World, table: Map<string, unknown>, id: string): 0 | 1 {
  if (!table.delete(id)) return 0;
  world.revision += 1;
  return 1;
}

/** The columns every table has, for a row made now. */
export function newBase(
  world: World,
  values: { tenantId: string; organizationId: string | null; userId: string | null; id?: string },
): BaseRow {
  const now = world.stamp();
  return {
    id: values.id ?? world.newId(),
    tenantId: values.tenantId,
    organizationId: values.organizationId,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    createdByUserId: values.userId,
    updatedByUserId: null,
    deletedByUserId: null,
    isActive: true,
    isArchived: false,
    archivedAt: null,
  };
}

/** Stamps as the database makes them: microseconds that are no round millisecond (PostgreSQL), or seconds (SQLite). */
function stampMaker({ database, clock }: Settings): () => number {
  let lastMs = -1;
  let within = 0;
  return () => {
    const ms = Math.floor(clock());
    if (database === 'sqlite') return Math.floor(ms / 1000) * 1_000_000;
    within = ms === lastMs ? Math.min(within + 1, 999) : 1;
    lastMs = ms;
    return ms * 1000 + within;
  };
}

function idMaker(seed: number): () => string {
  let count = 0;
  return () => {
    count += 1;
    const hex = createHash('md5').update(`${seed} ${count}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}
