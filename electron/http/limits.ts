/** What a client may use of the server. Times in milliseconds, sizes in bytes. */
export interface HttpLimits {
  connections: number;
  /** Of these connections, so many may be event streams of tokens. */
  eventStreams: number;
  headersTimeout: number;
  requestTimeout: number;
  uploadTimeout: number;
  keepAliveTimeout: number;
  /** How long the rest of a body that nobody wants any more is read, so that the client hears the answer. */
  lingerTimeout: number;
  headerBytes: number;
  bodyBytes: number;
  /** The window sends pictures and long selections in one call. */
  rpcBodyBytes: number;
  uploadBytes: number;
  heartbeat: number;
  /** An event stream whose reader lets more than this pile up is closed. */
  streamBacklogBytes: number;
  wrongTokensPerMinute: number;
}

export const defaultLimits: HttpLimits = {
  connections: 64,
  eventStreams: 32,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  uploadTimeout: 600_000,
  keepAliveTimeout: 5_000,
  lingerTimeout: 5_000,
  headerBytes: 16 * 1024,
  bodyBytes: 1024 * 1024,
  rpcBodyBytes: 16 * 1024 * 1024,
  uploadBytes: 64 * 1024 * 1024,
  heartbeat: 15_000,
  streamBacklogBytes: 1024 * 1024,
  wrongTokensPerMinute: 1_000,
};
