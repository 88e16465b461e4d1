import { stat } from 'node:fs/promises';
import process from 'node:process';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import {
  type AppearanceSpec,
  describeCertificate,
  httpTimestampClient,
  type Signed,
  type Signer,
  signPdf,
  type TimestampClient,
  vietnamIsoTime,
} from '@shared/signing';
import { createHttpPort } from '../network/http-port';
import { transformFile } from '../signing/file-bytes';
import { openPkcs12 } from '../signing/pkcs12';
import { printFonts } from '../workers/documents/fonts';
import { readNamedFile } from './files';
import { runProgram } from './program';
import { readSignArguments, type SignArguments, signHelp } from './sign-options';

await runProgram(async () => {
  const options = readSignArguments(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(signHelp);
    return;
  }
  await refuseSameFile(options);
  const signer = await openSigner(options);
  const signed = await sign(options, signer);
  report(options, signer, signed);
});

/** The input is never written to, under whatever name. */
async function refuseSameFile({ input, output }: SignArguments): Promise<void> {
  const [from, to] = await Promise.all([input, output].map((file) => stat(file).catch(nothingThere)));
  if (from && to && from.dev === to.dev && from.ino === to.ino)
    throw new AppError('INVALID_INPUT', 'IN.pdf = OUT.pdf');
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw new AppError('IO', error.code);
}

async function openSigner({ p12, passwordFile }: SignArguments): Promise<Signer> {
  const password = new TextDecoder().decode(await readNamedFile(passwordFile)).replace(/\r?\n$/, '');
  const [signer] = openPkcs12(await readNamedFile(p12), password);
  if (!signer) throw new AppError('P12_NO_KEY');
  return signer;
}

async function sign(options: SignArguments, signer: Signer): Promise<Signed> {
  const fonts = await printFonts();
  const { field, placement, certify, reason, location, tsa } = options;
  const time = Date.now();
  return transformFile(options.input, options.output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      signer,
      fonts,
      time,
      hash: options.hash,
      placement,
      appearance: visibleText(signer, time),
      ...(options.pss ? { scheme: 'rsa-pss' as const } : {}),
      ...(field === null ? {} : { field }),
      ...(certify === null ? {} : { certify }),
      ...(reason === null ? {} : { reason }),
      ...(location === null ? {} : { location }),
      ...(tsa === null ? {} : { timestamp: timestampService(tsa) }),
    }),
  );
}

/** Shown where the field has room: at --visible, or in a field that the document brings. */
function visibleText(signer: Signer, time: number): AppearanceSpec {
  const { cn } = describeCertificate(nodeCrypto, signer.certificate);
  return { kind: 'text-lines', lines: [cn, vietnamIsoTime(time)] };
}

function timestampService(url: string): TimestampClient {
  return httpTimestampClient({ crypto: nodeCrypto, http: createHttpPort(), url, now: Date.now });
}

function report({ json, level, output }: SignArguments, signer: Signer, signed: Signed): void {
  const { cn, serial } = describeCertificate(nodeCrypto, signer.certificate);
  const { field, bytesAdded, byteRange, cmsSize } = signed;
  const facts = { file: output, level, field, signer: { cn, serial }, bytesAdded, byteRange, cmsSize };
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${output}: ${level}, ${field}, ${cn}\n`);
}
