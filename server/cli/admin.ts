import { mkdir } from 'node:fs/promises';
import { unwrap } from '@shared/result/result';
import { makeContext, openStorage } from '../server';
import { askRunningServer } from './admin-socket';
import { DataInUse, lockData } from './data-lock';
import type { CommandLine } from './options';
import { runAdmin } from './run-admin';

/** Does an administrator's command: through the running server of the data folder, or on the data itself. */
export async function administer(options: Extract<CommandLine, { kind: 'admin' }>): Promise<string> {
  await mkdir(options.data, { recursive: true });
  let unlock: () => Promise<void>;
  try {
    unlock = await lockData(options.data);
  } catch (error) {
    if (error instanceof DataInUse) return unwrap(await askRunningServer(options.data, options.args));
    throw error;
  }
  try {
    const storage = {
      data: options.data,
      ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    };
    const database = await openStorage(storage);
    try {
      return await runAdmin(await makeContext(database, storage), options.args);
    } finally {
      await database.close();
    }
  } finally {
    await unlock();
  }
}
