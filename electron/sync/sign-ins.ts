import { AppError, invalidField } from '../../shared/errors.ts';
import type { Output } from '../../shared/operations/index.ts';
import { readOrigin } from './engine/origin.ts';
import type { Credentials, SignedIn } from './engine/connect.ts';
import type { LinkedAccount, LocalSide, NewAccount } from './local-side.ts';
import type { Remembered } from './memory.ts';
import type { Scheduler } from './scheduler.ts';
import type { Secrets } from './secrets.ts';
import { safeModeWords } from './status.ts';
import type { SyncThread } from './worker-client.ts';

export type SignInInput = Credentials & { url: string };

export interface SignInDeps {
  book: LocalSide;
  secrets: Secrets;
  thread: SyncThread;
  scheduler: Scheduler;
  safeMode: () => boolean;
  liveContacts: () => number;
  adoptIds: (ids: { tenantId: string; organizationId: string }) => void;
  needAccount: () => LinkedAccount;
  remember: (changes: Partial<Remembered>) => void;
}

/** How the book comes to a server and leaves it. */
export interface SignIns {
  /** Signs in without linking, and tells what is there. */
  inspect(input: SignInInput): Promise<Output<'sync.inspect'>>;
  /** Links the book, or signs in again to the account that it is linked to. Throws `conflict` when it would leave another one. */
  connect(input: SignInInput & { organizationId?: string | undefined; replace?: boolean | undefined }): Promise<void>;
  /** Unlinks the book, which keeps its contacts. Throws `conflict` when it is not linked. */
  disconnect(): Promise<void>;
}

export function createSignIns(deps: SignInDeps): SignIns {
  const { book, secrets, thread, scheduler, remember } = deps;

  async function signIn({ url, ...credentials }: SignInInput): Promise<SignedIn & { url: string }> {
    if (deps.safeMode()) throw new AppError('unavailable', safeModeWords);
    const origin = readOrigin(url);
    return { ...(await thread.run((worker) => worker.signIn(origin, credentials))), url: origin };
  }

  /** Whether it is the account that the book is linked to. */
  function mayLink({ url, tenantId, organizationId }: NewAccount, replace: boolean): boolean {
    const linked = book.linkedAccount();
    const isSame = linked?.url === url && linked.tenantId === tenantId && linked.organizationId === organizationId;
    if (linked && !isSame && !replace) {
      const message = `replace is needed: the book is linked to ${linked.organizationName} on ${linked.url}`;
      throw new AppError('conflict', message, [{ field: 'replace', message }]);
    }
    return isSame;
  }

  /** Another server was not meant when somebody paused. */
  function unpause(): void {
    remember({ paused: false });
    scheduler.pause(false);
  }

  return {
    async inspect(input) {
      const { url, tenantId, dialect, userName, organizations } = await signIn(input);
      const linked = book.linkedAccount();
      const isSame = linked !== null && linked.url === url && linked.tenantId === tenantId;
      return {
        url,
        server: dialect.server,
        userName,
        organizations,
        contactsHere: deps.liveContacts(),
        replaces: linked && !isSame ? `${linked.organizationName} on ${linked.url}` : null,
      };
    },

    async connect({ organizationId: named, replace = false, ...input }) {
      const { url, dialect, tenantId, userName, organizations, tokens } = await signIn(input);
      const { id: organizationId, name: organizationName } = chosen(organizations, named);
      const wanted = { url, tenantId, organizationId, organizationName, userName, dialect };
      mayLink(wanted, replace);
      await scheduler.betweenCycles('The sign-in to the server was changed.', async () => {
        const isSame = mayLink(wanted, replace);
        // The tokens first: a link without them would only say that one is signed out. They are of no use for another origin.
        await secrets.save({ ...tokens, origin: url });
        remember({ last: null });
        if (isSame) {
          book.renewed({ organizationName, userName });
          return;
        }
        if (book.linkedAccount()) book.unlink();
        await book.link(wanted);
        deps.adoptIds({ tenantId, organizationId });
        unpause();
      });
    },

    async disconnect() {
      deps.needAccount();
      await scheduler.betweenCycles('The book was unlinked from the server.', async () => {
        await secrets.clear();
        book.unlink();
        remember({ last: null });
        unpause();
      });
    },
  };
}

/** The organization to work in: the one that is named, or the only one. */
function chosen(organizations: SignedIn['organizations'], id: string | undefined): SignedIn['organizations'][number] {
  const only = id === undefined && organizations.length === 1 ? organizations[0] : undefined;
  const organization = only ?? organizations.find((one) => one.id === id);
  if (organization) return organization;
  const names = organizations.map((one) => `${one.name} (${one.id})`).join(', ');
  throw invalidField('organizationId', `must be one of: ${names}`);
}
