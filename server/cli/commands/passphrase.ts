import { readFile } from 'node:fs/promises';
import { AppError } from '@shared/result/result';
import { optional, type Values } from '../command';

/** The passphrase in the file of `--passphrase-file`, without its line end; '' where none is named. */
export async function readPassphrase(values: Values): Promise<string> {
  const file = optional(values, 'passphrase-file', '');
  if (file === '') return '';
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.message : '--passphrase-file');
  });
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase === '') throw new AppError('INVALID_INPUT', '--passphrase-file is empty');
  return passphrase;
}
