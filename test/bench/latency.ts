import { ms, percentile, row, type Row } from './measure.ts';
import { applyLoad, createToken, startServer } from './processes.ts';
import { copyProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';
import { csvOfContacts } from './csv.ts';
import { importedRows } from './import.ts';

const contacts = 10_000;
const connections = 8;

interface Probe {
  /** Milliseconds from posting a call in another thread to its answer there. */
  times: number[];
}

/** How long a window waits for its list and search while the host is as busy as it can be. */
export async function benchLatency({ quick }: BenchOptions): Promise<Row[]> {
  return [...(await whileSaturated(quick)), await whileImporting(quick)];
}

async function whileSaturated(quick: boolean): Promise<Row[]> {
  const { dataDir, remove } = await copyProfile(contacts);
  const token = createToken(dataDir);
  const host = await startServer('test/bench/busy-host.ts', [dataDir, 'saturated']);
  try {
    const base = '/api/organization-contact';
    const loads = {
      'pages of 50': [{ method: 'GET' as const, path: `${base}/pagination?take=50&relations[0]=tags&relations[1]=members` }],
      creates: [{ method: 'POST' as const, path: base, body: JSON.stringify({ name: 'Ann Lee' }) }],
    };
    const rows: Row[] = [];
    for (const [name, requests] of Object.entries(loads)) {
      const measure = () => host.process.kill('SIGUSR2');
      await applyLoad({ url: host.url, token, connections, seconds: quick ? 2 : 10, requests }, measure);
      measure();
      const { times } = JSON.parse(await host.nextLine()) as Probe;
      rows.push(latencyRow(`latency: IPC while ${connections} connections ask for ${name}`, times, 50));
    }
    return rows;
  } finally {
    await host.stop();
    remove();
  }
}

async function whileImporting(quick: boolean): Promise<Row> {
  const { dataDir, remove } = await copyProfile(contacts);
  const file = csvOfContacts(importedRows(quick));
  try {
    const host = await startServer('test/bench/busy-host.ts', [dataDir, 'importing', file.path]);
    const { times } = JSON.parse(await host.nextLine()) as Probe;
    await host.stop();
    return latencyRow(`latency: IPC while ${importedRows(quick).toLocaleString('en')} rows are imported`, times, 30);
  } finally {
    file.remove();
    remove();
  }
}

function latencyRow(name: string, times: readonly number[], limit: number): Row {
  const p95 = percentile(times, 0.95);
  const figure = `p95 ${ms(p95)}, median ${ms(percentile(times, 0.5))}, worst ${ms(percentile(times, 1))} of ${times.length} calls`;
  return row(name, figure, p95, 'at most', limit);
}
