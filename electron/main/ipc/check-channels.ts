import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { toFileError } from '../../vault/file-errors';
import type { Stored } from '../../vault/vault';
import { describeFile } from '../services/file-refs';
import type { OfficeServices } from '../services/office-services';
import { emitToAll, type Handle } from './handle';

/** Checks of signatures that a person asks for, and the verdicts of files that came in. */
export function registerCheckChannels(handle: Handle, services: OfficeServices): void {
  const { signatureChecks, vault, intake, chosenFiles } = services;
  signatureChecks.onVerdict((verdict) => emitToAll('signing:verdict', verdict));

  handle('signing:choose-file', async ({ path: chosen }) => ({
    ticket: chosenFiles.give(chosen),
    name: path.basename(chosen).normalize('NFC'),
    size: await sizeOf(chosen),
  }));
  handle('signing:check', async (request) => {
    const { report, kept } = await signatureChecks.check(request);
    if (request.online) {
      // What was fetched may settle other files as well.
      signatureChecks.forget();
      emitToAll('trust:changed', {});
    }
    return { report, kept: kept === null ? null : keptFile(kept, request.name) };
  });
  handle('signing:extract-revision', async ({ source, field, name }) => {
    const target = vault.newFile();
    try {
      await signatureChecks.extract(source, field, target);
      return { file: await describeFile(intake, await vault.adopt(target), name) };
    } catch (error) {
      await vault.discard(target);
      throw error;
    }
  });
  handle('signing:verdicts', ({ sha256 }) => ({ verdicts: [...signatureChecks.verdicts(sha256)] }));
}

/** The kept report as rows name it: a file that is replicated like others, and shown by no reader. */
function keptFile({ sha256, size }: Stored, name: string): FileRef {
  const stem = name.replace(/\.pdf$/iu, '').slice(0, 200);
  return {
    sha256,
    size,
    name: `kiem-tra-chu-ky ${stem}.json`,
    mime: 'application/json',
    kind: 'other',
    pages: 0,
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw toFileError(error);
  }
}

/** Reads a file that must be small. FILE_NOT_FOUND, FILE_TOO_LARGE. */
export async function readAtMost(file: string, limit: number): Promise<Uint8Array> {
  if ((await sizeOf(file)) > limit) throw new AppError('FILE_TOO_LARGE');
  return new Uint8Array(await readFile(file));
}
