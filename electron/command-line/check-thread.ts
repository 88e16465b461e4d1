import { parentPort, workerData } from 'node:worker_threads';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { checkSignatures } from '@shared/signing/index';
import { createHttpPort, withinTotalTime } from '../network/http-port';
import { openFileSource } from '../signing/file-bytes';
import type { CheckTrust } from './check-files';
import { checkLine, unreadableLine } from './check-line';

const { anchors, revocationData, now, isOnline } = workerData as CheckTrust;

parentPort?.on('message', (file: string) => {
  check(file).then(
    (line) => parentPort?.postMessage(line),
    // A defect of ours must cost one file its verdict, never the others theirs.
    (error: unknown) => parentPort?.postMessage(unreadableLine(file, codeOf(error))),
  );
});

async function check(file: string): Promise<string> {
  const source = await openFileSource(file);
  try {
    const report = await checkSignatures(source, {
      crypto: nodeCrypto,
      anchors,
      // Which of the two each file is, its own reader tells.
      crls: revocationData,
      ocsps: revocationData,
      now,
      ...(isOnline ? { online: withinTotalTime(createHttpPort()) } : {}),
    });
    return checkLine(file, report);
  } finally {
    await source.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'INTERNAL';
}
