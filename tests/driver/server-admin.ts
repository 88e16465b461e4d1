import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Province } from './province';

const serverEntry = path.resolve(import.meta.dirname, '../../out/server/index.js');

/** Runs a command of the administrator on the server of a province, running or not, and gives what it printed. */
export async function administer(province: Province, ...args: readonly string[]): Promise<string> {
  const data = path.join(province.folder, 'server');
  const command = [serverEntry, 'admin', '--data', data, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: 60_000 });
  return stdout.trim();
}

/**
 * The server's own audit: numbers without gap, double or broken chain, feeds, operations, files.
 * @returns the line that says there is no fault
 * @throws with every fault
 */
export async function auditServer(province: Province): Promise<string> {
  return (await administer(province, 'audit')).split('\n').at(-1) ?? '';
}
