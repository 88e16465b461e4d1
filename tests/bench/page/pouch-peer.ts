import type { PeerDocument } from '../replication/peer-wire';
import { door } from './post';

type PouchDatabase = {
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  readonly replicate: {
    from(remote: PouchDatabase, options: object): Promise<{ readonly docs_written: number }>;
    to(remote: PouchDatabase, options: object): Promise<{ readonly docs_written: number }>;
  };
};
type PouchClass = new (name: string, options?: object) => PouchDatabase;

/** PouchDB as its own built file: it is no package of the product. */
async function loadPouch(): Promise<PouchClass> {
  const types = (
    globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
  ).trustedTypes;
  types.createPolicy('default', { createScriptURL: (url: string) => url });
  const script = document.createElement('script');
  script.src = './pouchdb.min.js';
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  return (globalThis as unknown as { PouchDB: PouchClass }).PouchDB;
}

async function fetchThroughMain(url: string | URL, options: RequestInit = {}): Promise<Response> {
  const headers = Object.fromEntries(new Headers(options.headers).entries());
  const body = typeof options.body === 'string' ? options.body : null;
  const answer = await door().peer({ url: String(url), method: options.method ?? 'GET', headers, body });
  const empty = answer.status === 204 || answer.status === 304;
  return new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
}

const toPouch = ({ id, ...rest }: PeerDocument): object => ({ _id: id, ...rest });

/** One direction of PouchDB's replication with a CouchDB of the given address; gives the documents that were written. */
export async function openPouchPeer(url: string): Promise<{
  pull(batchSize: number): Promise<number>;
  push(batchSize: number): Promise<number>;
  insert(documents: readonly PeerDocument[]): Promise<void>;
}> {
  const Pouch = await loadPouch();
  const local = new Pouch('peer');
  const remote = new Pouch(url, { fetch: fetchThroughMain });
  return {
    pull: async (batchSize) => (await local.replicate.from(remote, { batch_size: batchSize })).docs_written,
    push: async (batchSize) => (await local.replicate.to(remote, { batch_size: batchSize })).docs_written,
    insert: async (documents) => void (await local.bulkDocs(documents.map(toPouch))),
  };
}
