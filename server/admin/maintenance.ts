import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({ at: z.string(), ok: z.boolean() });

/** When a backup or an audit last ended, and whether nothing was wrong. `at` in ISO 8601. */
export type MaintenanceRecord = z.infer<typeof recordSchema>;
export type Maintenance = 'backup' | 'audit';

// Beside the data and not among them: a restored backup must not tell what was done on another machine.
const fileOf = (data: string, kind: Maintenance) => path.join(data, 'maintenance', `${kind}.json`);

export async function recordMaintenance(
  data: string,
  kind: Maintenance,
  record: MaintenanceRecord,
): Promise<void> {
  const file = fileOf(data, kind);
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(`${file}.new`, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(record)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** What was last recorded, or null where it was never done in this data folder. */
export async function lastMaintenance(data: string, kind: Maintenance): Promise<MaintenanceRecord | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(fileOf(data, kind), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
