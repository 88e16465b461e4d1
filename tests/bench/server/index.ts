import path from 'node:path';
import { alternate, type Row } from '../rounds';
import { measureIdleStreams } from './idle-streams';
import { startLoadedServer } from './loaded-server';
import { measureServerPull } from './pull';

export type ServerPlan = { readonly documents: number; readonly devices: number; readonly rounds: number };

const documentsPerSecond = 10_000;
const streamMegabytes = 50;
const streamsPerDevice = 4;
const rowsPerPage = 1_000;

/** What the server alone can do on PostgreSQL: documents a second to one reader, and what idle listeners cost. */
export async function measureServer(root: string, plan: ServerPlan): Promise<readonly Row[]> {
  const server = await startLoadedServer(path.join(root, 'out', 'server', 'index.js'), plan);
  try {
    // Before anything was read: what a large answer leaves in memory is given back meanwhile, and would count for less than nothing.
    const { streams, megabytes } = await measureIdleStreams(server, streamsPerDevice);
    const pull = await alternate(plan.rounds, {
      ours: async () => (await measureServerPull(server, 'identity', rowsPerPage)).ms,
      limit: () => Promise.resolve((plan.documents / documentsPerSecond) * 1000),
    });
    const of = (count: number) => count.toLocaleString('en');
    return [
      {
        what: `server: ${of(plan.documents)} documents to one reader`,
        against: `${of(documentsPerSecond)} a second`,
        target: 1,
        ...pull,
      },
      {
        what: `server: ${of(streams)} idle listeners`,
        against: 'limit',
        target: 1,
        unit: 'MB',
        ours: [megabytes],
        limit: [streamMegabytes],
      },
    ];
  } finally {
    await server.stop();
  }
}
