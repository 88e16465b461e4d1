import { type LocalSchema, viewSchemas } from '@shared/schema/local';
import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { PeerDocument, PulledPage, PushedRow } from '../replication/peer-wire';
import { postToPeer } from './post';

type Checkpoint = { readonly after: number };

/** A collection with the indexes of ours, on the same storage. */
export async function openPeerCollection(): Promise<RxCollection<PeerDocument>> {
  const database = await createRxDatabase({
    name: 'peer',
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  const schema: LocalSchema = viewSchemas.incoming;
  const { incoming } = await database.addCollections({
    incoming: { schema: schema as unknown as RxJsonSchema<PeerDocument> },
  });
  return incoming as RxCollection<PeerDocument>;
}

/** RxDB's own replication, both ways as an application uses it, until it says that it is in step. */
export async function replicateByRxdb(
  collection: RxCollection<PeerDocument>,
  url: string,
  batchSize: number,
): Promise<void> {
  const replication = replicateRxCollection<PeerDocument, Checkpoint>({
    collection,
    replicationIdentifier: `peer ${url}`,
    live: false,
    pull: {
      batchSize,
      handler: async (checkpoint, limit) => {
        const page = await postToPeer<PulledPage>(`${url}/pull`, { after: checkpoint?.after ?? 0, limit });
        return {
          documents: page.documents.map((document) => ({ ...document, _deleted: false })),
          checkpoint: { after: page.after },
        };
      },
    },
    push: {
      batchSize,
      handler: async (rows) => {
        const conflicts = await postToPeer<readonly PeerDocument[]>(`${url}/push`, {
          rows: rows as PushedRow[],
        });
        return conflicts.map((document) => ({ ...document, _deleted: false }));
      },
    },
  });
  const failed = new Promise<never>((_, reject) => replication.error$.subscribe(reject));
  await Promise.race([replication.awaitInitialReplication(), failed]);
  await replication.cancel();
}
