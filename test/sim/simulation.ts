import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rules as strictRules, type Rules } from '../../electron/sync/rules.ts';
import { openStore } from '../../electron/store/open.ts';
import { createFakeRemote, type FakeRemote } from '../fake-remote/remote.ts';
import { migrationsDir } from '../unit/support/book.ts';
import { createActors } from './actors.ts';
import { brokenInvariants } from './invariants.ts';
import { createNetwork } from './network.ts';
import { createRandom } from './random.ts';
import { createReplica, type Replica } from './replica.ts';
import { stepsOf, type Step } from './steps.ts';
import { createWitness } from './witness.ts';

export interface SimulationOptions {
  seed: number;
  /** [from the seed] What happens; a part of it when a failure is made smaller. */
  steps?: readonly Step[];
  rules?: Partial<Rules>;
  /** [true] False for a server that makes the ids itself. */
  clientIds?: boolean;
  /** [from the seed, 0 to 1.5] How much goes wrong on the network. */
  weather?: number;
}

export interface Run {
  seed: number;
  steps: readonly Step[];
  /** Broken promises, each in a sentence; empty when all is well. */
  broken: string[];
}

const stepCount = 160;
/** After the last step everybody syncs, on a good network, until nothing moves any more; at most so many times. */
const roundsOfRest = 14;

const home = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let template: string | undefined;

/** A whole run: steps, rest, and then every promise is checked. */
export async function simulate(options: SimulationOptions): Promise<Run> {
  const { seed } = options;
  const steps = options.steps ?? stepsOf(seed, stepCount);
  const random = createRandom(seed ^ 0x5eed);
  const folder = mkdtempSync(join(home, 'fieldbook-sim-'));
  const clock = { ms: Date.UTC(2026, 0, 5, 8), now: () => clock.ms };
  const remote = createFakeRemote({
    seed,
    clock: clock.now,
    database: random.next() < 0.3 ? 'sqlite' : 'postgres',
    clientIds: options.clientIds ?? true,
    softDelete: random.next() < 0.85,
    accessTokenSeconds: 3600 * 8,
    refreshTokenSeconds: 3600 * 24 * 365,
  });
  const network = createNetwork({ remote, clock, weather: options.weather ?? random.next() * 1.5 });
  const witness = createWitness(network);
  const replicas: Replica[] = [];
  try {
    for (let number = 0; number < 2 + random.int(3); number += 1) {
      const replica = createReplica({
        number, folder, template: templateProfile(), clock, random: createRandom(random.int(2 ** 31)), network,
        rules: { ...strictRules, ...options.rules }, tokens: signIn(remote),
      });
      replicas.push(replica);
      await replica.book().link(accountOf(remote, options.clientIds ?? true));
    }
    const actors = createActors({ replicas, remote, network, witness, clock, random });
    for (const step of steps) {
      actors.act(step);
      await settled();
      for (const replica of replicas) if (replica.takeResult()?.outcome === 'signedOut') replica.signIn(signIn(remote));
    }
    const rest = await comeToRest();
    const broken = [
      ...rest,
      ...witness.losses(replicas, remote.rows()),
      ...brokenInvariants({ replicas, remote, network, clientIds: options.clientIds ?? true }),
    ];
    return { seed, steps, broken };
  } catch (error) {
    return { seed, steps, broken: [`the run itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`] };
  } finally {
    for (const replica of replicas) replica.close();
    rmSync(folder, { recursive: true, force: true });
  }

  /** Whether the cycle came to its end. */
  async function syncQuietly(replica: Replica): Promise<boolean> {
    replica.beginCycle(true);
    await settled();
    while (replica.isBusy()) {
      if (!network.settleOne()) throw new Error(`${replica.name} waits for something that is not of this world`);
      await settled();
    }
    const outcome = replica.takeResult()?.outcome;
    if (outcome === 'signedOut') replica.signIn(signIn(remote));
    return outcome === 'done';
  }

  /** Good weather: what is under way arrives, then all sync until a round writes nothing and changes nothing. */
  async function comeToRest(): Promise<string[]> {
    remote.faults.clear();
    while (network.settleOne()) await settled();
    for (let round = 0; round < roundsOfRest; round += 1) {
      const before = heads();
      remote.requests.length = 0;
      let allDone = true;
      for (const replica of replicas) {
        clock.ms += 20 * 60_000;
        for (const { id } of replica.book().parked().items) replica.book().retry(id);
        allDone = (await syncQuietly(replica)) && allDone;
      }
      if (allDone && remote.writes().length === 0 && heads() === before) return [];
    }
    const writes = remote.writes().map(({ method, path }) => `${method} ${path}`);
    return [`after ${roundsOfRest} rounds without anything new the laptops do not come to rest: ${writes.slice(0, 5).join(', ')}`];
  }

  /** Changes whenever anything in any book changes. */
  function heads(): string {
    return replicas.map((replica) => String(replica.store().db.prepare('select max(seq) from journal').pluck().get())).join();
  }
}

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function templateProfile(): string {
  if (template === undefined) {
    template = join(home, `fieldbook-sim-template-${process.pid}`);
    mkdirSync(template, { recursive: true });
    openStore(template, migrationsDir).close();
    const folder = template;
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  return template;
}

function signIn(remote: FakeRemote) {
  const { email, password } = remote.directory.admin;
  const outcome = remote.handle({
    method: 'POST',
    path: '/api/auth/login',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ email, password })),
  });
  if ('failure' in outcome || typeof outcome.body !== 'string') throw new Error('Nobody can sign in');
  const { token, refresh_token } = JSON.parse(outcome.body) as { token: string; refresh_token: string };
  return { access: token, refresh: refresh_token };
}

function accountOf(remote: FakeRemote, clientIds: boolean) {
  const { tenantId, organizationId } = remote.directory;
  return {
    url: 'https://office.example',
    tenantId,
    organizationId,
    organizationName: 'Head office',
    userName: 'Local Admin',
    dialect: { server: 'gauzy' as const, clientIds },
  };
}
