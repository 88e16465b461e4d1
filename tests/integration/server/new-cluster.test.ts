import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { makeCluster } from '../../../server/storage/new-cluster';

it('a first start that was killed while it made the database leaves nothing in the way of the next one', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'cong-van-cluster-'));
  const left = path.join(data, 'database.new');
  await mkdir(left);
  await writeFile(path.join(left, 'PG_VERSION'), '18\n');
  await makeCluster(path.join(data, 'database'));
  expect(await readdir(data)).toEqual(['database']);
  const database = await PGlite.create(path.join(data, 'database'));
  const { rows } = await database.query('select 1 as one');
  await database.close();
  expect(rows).toEqual([{ one: 1 }]);
  await rm(data, { recursive: true, force: true });
});
