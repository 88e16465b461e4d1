import { afterAll, beforeAll, describe } from 'vitest';
import { exchangeRules } from './exchange-rules';
import { fileRules } from './file-rules';
import { identityRules } from './identity-rules';
import { numberingRules } from './numbering-rules';
import { type Office, openOffice } from './office';
import { type PostgresCluster, startPostgres } from './postgres-cluster';
import { pushRules } from './push-rules';
import { visibilityRules } from './visibility-rules';

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

  for (const rules of [identityRules, pushRules, numberingRules, exchangeRules, fileRules, visibilityRules]) {
    rules(() => office);
  }
});
