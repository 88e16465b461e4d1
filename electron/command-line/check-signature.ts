import process from 'node:process';
import { parseArgs } from 'node:util';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { checkSignatures } from '@shared/signing';
import { openFileSource } from '../signing/file-bytes';
import { readCertificates } from './files';
import { runProgram } from './program';

await runProgram(async () => {
  const { values, positionals } = readArguments(process.argv.slice(2));
  const anchors = values.trust === undefined ? [] : await readCertificates(values.trust);
  const now = values.at === undefined ? Date.now() : Date.parse(values.at);
  if (Number.isNaN(now)) throw new AppError('INVALID_INPUT', '--at');
  for (const file of positionals)
    process.stdout.write(`${JSON.stringify(await lineOf(file, anchors, now))}\n`);
});

function readArguments(args: string[]) {
  const options = { trust: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('INVALID_INPUT', error.message);
    throw error;
  }
}

/** What the checker says of one file; a file that cannot be read gives its code. */
async function lineOf(file: string, anchors: readonly Uint8Array[], now: number): Promise<object> {
  try {
    const source = await openFileSource(file);
    try {
      return { file, ...(await checkSignatures(source, { crypto: nodeCrypto, anchors, now })) };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { file, verdict: 'invalid', signatures: [], problems: [error.code] };
  }
}
