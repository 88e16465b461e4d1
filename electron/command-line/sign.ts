import { rm, stat } from 'node:fs/promises';
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
import { openPkcs12, type Pkcs12Signer } from '../signing/pkcs12';
import { plainPlaces, raiseLevel } from '../signing/raise-level';
import { putInPlace } from '../vault/durable';
import { printFonts } from '../workers/documents/fonts';
import { readCertificates, readNamedFile } from './files';
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
  report(options, signer, await signToLevel(options, signer));
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

async function openSigner({ p12, passwordFile }: SignArguments): Promise<Pkcs12Signer> {
  const password = new TextDecoder().decode(await readNamedFile(passwordFile)).replace(/\r?\n$/, '');
  const [signer] = openPkcs12(await readNamedFile(p12), password);
  if (!signer) throw new AppError('P12_NO_KEY');
  return signer;
}

/** B-LT and B-LTA are built beside the output, which appears only when the whole level is reached. */
async function signToLevel(options: SignArguments, signer: Pkcs12Signer): Promise<Signed> {
  const { level, tsa, output } = options;
  if (tsa === null || level === 'B-B' || level === 'B-T') return sign(options, signer, output);
  const [signedPiece, raisedPiece] = [`${output}.signed`, `${output}.raised`];
  try {
    const signed = await sign(options, signer, signedPiece);
    const anchors = options.trust === null ? [] : await readCertificates(options.trust);
    const { validationData } = await raiseLevel(plainPlaces(signedPiece, raisedPiece), {
      crypto: nodeCrypto,
      level,
      timestamp: timestampService(tsa),
      http: createHttpPort(),
      anchors,
      // Untrusted as they are, they complete chains that name no address for an issuer.
      intermediates: signer.others,
      known: { crls: [], ocsps: [] },
      now: Date.now(),
    });
    if (validationData && validationData.missing.length > 0)
      throw new AppError('SERVICE_UNREACHABLE', validationData.missing.join(', '));
    await putInPlace(raisedPiece, output);
    return signed;
  } finally {
    for (const piece of [signedPiece, raisedPiece]) await rm(piece, { force: true });
  }
}

async function sign(options: SignArguments, signer: Signer, output: string): Promise<Signed> {
  const fonts = await printFonts();
  const { field, placement, certify, reason, location, tsa } = options;
  const time = Date.now();
  return transformFile(options.input, output, (source, sink) =>
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
