import { readFileSync } from 'node:fs';
import { openFileSource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { AppError } from '../../../shared/result/result';
import { checkSignatures, inspectPdf } from '../../../shared/signing/index';
import { processorTime } from '../../processor-time';

/** Runs inside a small heap: reads one hostile file in every way the office does, and prints how it went. */
async function readHostileFile(path: string): Promise<void> {
  const source = await openFileSource(path);
  const start = processorTime();
  const { verdict, problems } = await checkSignatures(source, {
    crypto: nodeCrypto,
    anchors: [],
    now: Date.now(),
  });
  const checked = processorTime();
  const inspection = await inspectPdf(source, nodeCrypto).then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
  const times = { check: checked - start, inspect: processorTime() - checked };
  // The peak of this process alone; resource usage would count that of the process it was forked from as well.
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  const megabytes = Number(peak?.[1]) / 1024;
  process.stdout.write(JSON.stringify({ verdict, problems, inspection, times, megabytes }));
}

void readHostileFile(process.argv[2] ?? '');
