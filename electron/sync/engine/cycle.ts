import { AppError } from '../../../shared/errors.ts';
import type { Account, CycleResult, RunCycle, SyncBook, TokenStore, Transport, World } from '../ports.ts';
import { rules as allRules, type Rules } from '../rules.ts';
import { adoptLost } from './adopt.ts';
import { createApi, type Api } from './api.ts';
import { noForeign, type Engine, type FetchForeign } from './engine.ts';
import { firstPull } from './first-pull.ts';
import { walk } from './incremental.ts';
import { push } from './push.ts';
import { createRemote } from './remote.ts';
import { cancelled, RequestError, Stop } from './stop.ts';
import { sweep } from './sweep.ts';

export interface CycleDeps {
  book: SyncBook;
  tokens: TokenStore;
  transport: Transport;
  world: World;
  /** For pictures that lie elsewhere; without it they cannot be had. */
  fetchForeign?: FetchForeign;
  /** The simulation may leave a rule out. */
  rules?: Rules;
}

const sweepEveryMs = 30 * 60_000;
/** A clock that is off by less is not worth a note. */
const clockToleranceMs = 2000;

/**
 * One cycle: what is new on the server, everything on it when it is time or asked for, then what waits here, one contact
 * at a time. What a network or a server can do wrong ends it early, with the reason in words; nothing is lost by that.
 */
export function createCycle(deps: CycleDeps): RunCycle {
  return async ({ full, signal }) => {
    deps.book.report({ phase: 'connecting', done: 0, total: null });
    const account = await deps.book.account();
    const engine = engineFor(deps, account, signal);
    const ended = (outcome: CycleResult['outcome']): CycleResult => ({ outcome, ...engine.counts, ...engine.api.counts() });
    try {
      await run(engine, account, full);
      return ended('done');
    } catch (error) {
      const { outcome, message, retryAfterMs } = asStop(error, signal);
      return { ...ended(outcome), error: message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  };
}

function engineFor(deps: CycleDeps, account: Account, signal: AbortSignal): Engine {
  const { book, tokens, transport, world, fetchForeign = noForeign, rules = allRules } = deps;
  const { tenantId, url: origin, progress } = account;
  const api = createApi({ transport, tokens, world, tenantId, clockOffsetMs: progress.clockOffsetMs, signal });
  const remote = createRemote(api, account);
  const counts = { pulled: 0, pushed: 0, deleted: 0 };
  return { book, api, remote, world, rules, origin, fetchForeign, unreachable: new Set(), signal, counts };
}

async function run(engine: Engine, account: Account, full: boolean): Promise<void> {
  const { book, api, world } = engine;
  await adoptLost(engine);
  const isFirst = account.progress.watermark === null;
  // A first pull that nothing disturbed has seen every contact: it is a sweep as well.
  const sawAll = isFirst && (await firstPull(engine, account));
  if (sawAll) await book.saveProgress({ lastSweepAt: world.now().toISOString() });
  const progress = isFirst ? (await book.account()).progress : account.progress;
  await walk(engine, progress);
  if (!sawAll && (full || isFirst || isSweepDue(engine, progress.lastSweepAt))) await sweep(engine, progress);
  await push(engine, { ignoreBackoff: full });
  await book.saveProgress({ lastSuccessAt: world.now().toISOString(), ...newOffset(api, progress.clockOffsetMs) });
}

/** A clock that was set back must not put a sweep off. */
function isSweepDue({ world }: Engine, lastSweepAt: string | null): boolean {
  return lastSweepAt === null || Math.abs(world.now().getTime() - Date.parse(lastSweepAt)) >= sweepEveryMs;
}

function newOffset(api: Api, known: number): { clockOffsetMs?: number } {
  const offset = api.clockOffset();
  return offset === null || Math.abs(offset - known) < clockToleranceMs ? {} : { clockOffsetMs: offset };
}

function asStop(error: unknown, signal: AbortSignal): Stop {
  if (signal.aborted) return cancelled();
  if (error instanceof Stop) return error;
  // A refusal of what concerns no single contact.
  if (error instanceof RequestError) return new Stop('paused', error.message);
  // The book itself could not go on: its disk may be full.
  if (error instanceof AppError) return new Stop('paused', error.message);
  throw error;
}
