import autocannon from 'autocannon';

/*
 * Sends requests as fast as they are answered, in a process of its own: a job as JSON on standard input; prints a
 * line when it begins, and the result as JSON.
 */

export interface LoadJob {
  url: string;
  token: string;
  connections: number;
  seconds: number;
  requests: { method: 'GET' | 'POST'; path: string; body?: string }[];
}

export interface LoadResult {
  requests: number;
  seconds: number;
}

if (import.meta.main) {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { url, token, connections, seconds, requests } = JSON.parse(Buffer.concat(chunks).toString()) as LoadJob;
  const authorization = `Bearer ${token}`;
  process.stdout.write('begun\n');
  const all = requests.map(({ method, path, body }) => ({
    method,
    path,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  }));
  let begun = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: all,
    // Each connection begins elsewhere, so that they do not all ask for the same at once.
    setupClient(client) {
      const start = Math.floor((begun / connections) * all.length);
      begun += 1;
      client.setRequests([...all.slice(start), ...all.slice(0, start)]);
    },
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals and ${result.errors} errors`);
  const answered: LoadResult = { requests: result.requests.total, seconds: result.duration };
  process.stdout.write(JSON.stringify(answered));
}
