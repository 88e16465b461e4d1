import { afterAll, beforeAll, describe } from 'vitest';
import { allRules } from './all-rules';
import { type Office, openOffice } from './office';
import { type PostgresCluster, startPostgres } from './postgres-cluster';

describe('provincial server on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let office: Office;
  beforeAll(async () => {
    cluster = await startPostgres();
    office = await openOffice(cluster.url);
  });
  afterAll(async () => {
    await office?.stop();
    await cluster?.stop();
  });

  for (const rules of allRules) {
    rules(() => office);
  }
});
