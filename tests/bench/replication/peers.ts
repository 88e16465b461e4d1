import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../../integration/server/postgres-cluster';
import { sampleIncoming } from '../page/sample-rows';
import { startChildServer } from './child-server';
import { seedPeer, startPeerServer } from './peer-server';
import type { PeerDocument } from './peer-wire';

export type Peers = { readonly rxdb: string; readonly pouch: string; readonly stop: () => Promise<void> };

const root = path.resolve(import.meta.dirname, '..', '..');
const peers = path.join(root, 'tests', 'bench', 'peers');
const perRequest = 1_000;

/** The servers of RxDB's replication and of PouchDB, each with the documents that are to be pulled. */
export async function openPeers(folder: string, documents: number): Promise<Peers> {
  copyFileSync(
    path.join(peers, 'node_modules', 'pouchdb', 'dist', 'pouchdb.min.js'),
    path.join(root, 'out', 'bench', 'page', 'pouchdb.min.js'),
  );
  const postgres = await startPostgres();
  const rxdb = await startPeerServer(postgres.url);
  const couch = await startChildServer([path.join(peers, 'couch-server.mjs'), folder]);
  const url = `${couch.url}/documents`;
  await request(url, 'PUT', {});
  for (let from = 0; from < documents; from += perRequest) {
    const page = Array.from({ length: Math.min(perRequest, documents - from) }, (_, at) =>
      sampleIncoming(from + at),
    );
    await seedPeer(postgres.url, page as unknown as PeerDocument[]);
    await request(`${url}/_bulk_docs`, 'POST', {
      docs: page.map(({ id, ...rest }) => ({ _id: id, ...rest })),
    });
  }
  return {
    rxdb: rxdb.url,
    pouch: url,
    stop: async () => {
      await couch.stop();
      await rxdb.stop();
      await postgres.stop();
    },
  };
}

async function request(url: string, method: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}
