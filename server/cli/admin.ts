import { mkdir } from 'node:fs/promises';
import { unwrap } from '@shared/result/result';
import { makeContext, openStorage, type StorageOptions } from '../server';
import { askRunningServer } from './admin-socket';
import type { Answer, DataCommand, Values } from './command';
import { DataInUse, lockData } from './data-lock';
import type { CommandLine } from './options';
import { readCommand, withAbsolutePaths } from './read-command';

/**
 * Does an administrator's command: through the running server of the data folder, or on the data itself. DataInUse
 * for one that needs the data closed while a server has it open.
 */
export async function administer(options: Extract<CommandLine, { kind: 'admin' }>): Promise<Answer> {
  const typed = readCommand(options.args);
  const { command, values } = typed;
  if (command.on === 'files') return command.run(values);
  await mkdir(options.data, { recursive: true });
  let unlock: () => Promise<void>;
  try {
    unlock = await lockData(options.data);
  } catch (error) {
    if (command.on === 'closed-data' || !(error instanceof DataInUse)) throw error;
    return unwrap(await askRunningServer(options.data, withAbsolutePaths(typed)));
  }
  const storage = {
    data: options.data,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    ...(options.files === undefined ? {} : { files: options.files }),
  };
  try {
    return await (command.on === 'data' ? runOnData(command, storage, values) : command.run(storage, values));
  } finally {
    await unlock();
  }
}

async function runOnData(command: DataCommand, storage: StorageOptions, values: Values): Promise<Answer> {
  const database = await openStorage(storage);
  try {
    const context = await makeContext(database, storage);
    const answer = await command.run(context, values);
    await context.pokes.close();
    return answer;
  } finally {
    await database.close();
  }
}
