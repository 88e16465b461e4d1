import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Province, sampleVariable } from '../driver/province';

/** Makes the sample province with its trial keys once before all tests; each of them works on a copy of its own. */
export default async function makeSample(): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cong-van-sample-'));
  const province = await Province.start(folder);
  province.certificates();
  await province.stopServer();
  process.env[sampleVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
