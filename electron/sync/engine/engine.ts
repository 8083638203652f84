import type { SyncBook, TransportResponse, World } from '../ports.ts';
import type { Rules } from '../rules.ts';
import type { Api } from './api.ts';
import type { Remote } from './remote.ts';
import { RequestError } from './stop.ts';

/** Fetches a picture from another place than the server: without any token, over HTTPS. Throws `NetworkError`. */
export type FetchForeign = (url: string, signal: AbortSignal) => Promise<TransportResponse>;

/** Where pictures that lie elsewhere are not had. */
export const noForeign: FetchForeign = () =>
  Promise.reject(new RequestError({ kind: 'final', status: null, message: 'Pictures are not fetched from elsewhere.', inDoubt: false }));

/** What the steps of a cycle work with. */
export interface Engine {
  book: SyncBook;
  api: Api;
  remote: Remote;
  world: World;
  rules: Rules;
  /** The server's origin. */
  origin: string;
  fetchForeign: FetchForeign;
  /** Places elsewhere that did not answer in this cycle: each picture there would be waited for in vain. */
  unreachable: Set<string>;
  signal: AbortSignal;
  /** What the cycle has done so far. */
  counts: { pulled: number; pushed: number; deleted: number };
}
