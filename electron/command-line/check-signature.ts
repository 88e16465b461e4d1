import process from 'node:process';
import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';
import { FileChecker } from './check-files';
import { readCertificates, readRevocationData } from './files';
import { runProgram } from './program';

const help = `npm run --silent check-signature -- FILE... [options] --json

Checks the signatures of PDF files and prints one line of JSON for each. Asks no network unless told to.

  --trust DIR   certificates that are trusted (PEM or DER); without them no signature is valid
  --crl DIR     revocation lists (PEM or DER) and OCSP responses (DER)
  --at ISO      the moment to judge at, e.g. 2031-01-01T00:00:00Z; now without it
  --online      asks the certification services for what is missing
  --json        the form of the lines; there is no other

Exit status 0 when all lines were printed, 2 when the command itself was wrong.
`;

await runProgram(async () => {
  const { files, trust, crl, at, online, isHelp } = readOptions();
  if (isHelp) return void process.stdout.write(help);
  if (files.length === 0) throw new AppError('INVALID_INPUT', 'FILE');
  const checker = new FileChecker({
    anchors: trust === undefined ? [] : await readCertificates(trust),
    revocationData: crl === undefined ? [] : await readRevocationData(crl),
    now: momentOf(at),
    isOnline: online,
  });
  try {
    for (const file of files) process.stdout.write(`${await checker.check(file)}\n`);
  } finally {
    await checker.close();
  }
});

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { trust: text, crl: text, at: text, online: flag, json: flag, help: flag },
    });
    const { help: isHelp, ...rest } = values;
    return { ...rest, isHelp, files: positionals };
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('INVALID_INPUT', error.message);
    throw error;
  }
}

function momentOf(at: string | undefined): number {
  if (at === undefined) return Date.now();
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) throw new AppError('INVALID_INPUT', `--at ${at}`);
  return moment;
}
