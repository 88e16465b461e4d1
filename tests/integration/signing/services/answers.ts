import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { bytesOf, childAt, childrenOf, derSequence, readDer } from '../../../../shared/signing/asn1/der';
import { parseCms } from '../../../../shared/signing/cms/cms-parse';
import type { TestPki } from '../fixtures';

const run = promisify(execFile);

/** A timestamp authority that answers, but not what was asked. */
export type TsaFault =
  | 'rejection'
  | 'wrong-nonce'
  | 'wrong-imprint'
  | 'expired-certificate'
  | 'signed-by-another'
  | 'signed-by-two'
  | 'signer-not-named';

/** How `openssl cms` signs the same TSTInfo wrongly. */
const wrongSignings: ReadonlyMap<TsaFault | null, readonly string[]> = new Map<TsaFault, readonly string[]>([
  ['signed-by-another', ['-cades', '-signer', 'cdcs.pem', '-inkey', 'cdcs.key']],
  [
    'signed-by-two',
    ['-cades', '-signer', 'tsa.pem', '-inkey', 'tsa.key', '-signer', 'cdcs.pem', '-inkey', 'cdcs.key'],
  ],
  ['signer-not-named', ['-signer', 'tsa.pem', '-inkey', 'tsa.key']],
]);
const timestampInfo = '1.2.840.113549.1.9.16.1.4';

/** An OCSP responder that answers without the right to, or not at all. */
export type OcspFault = 'not-a-responder' | 'issuer-signs' | 'try-later';

export type Answer = { readonly type: string; readonly bytes: Buffer };

/** Runs an openssl command that reads one file and writes another. */
async function throughFiles(
  pki: TestPki,
  input: Uint8Array,
  command: (inFile: string, outFile: string) => readonly string[],
): Promise<Buffer> {
  const dir = await mkdtemp(join(pki.dir, 'answer-'));
  const [inFile, outFile] = [join(dir, 'in'), join(dir, 'out')];
  await writeFile(inFile, input);
  try {
    await run('openssl', [...command(inFile, outFile)], { cwd: pki.dir });
    return await readFile(outFile);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** `openssl ts -reply` to one request. */
export async function answerTimestamp(
  pki: TestPki,
  request: Buffer,
  fault: TsaFault | null,
): Promise<Answer> {
  const query = Buffer.from(request);
  if (fault === 'wrong-imprint') flipLastByte(query, [1, 1]);
  if (fault === 'wrong-nonce') flipLastByte(query, [2]);
  const signer = fault === 'expired-certificate' ? ['-signer', 'tsa-expired.pem'] : [];
  const asked = fault === 'rejection' ? inUnknownVersion(query) : query;
  const reply = ['ts', '-reply', '-config', 'openssl.cnf', '-section', 'tsa', ...signer];
  const bytes = await throughFiles(pki, asked, (inFile, outFile) => [
    ...reply,
    '-queryfile',
    inFile,
    '-out',
    outFile,
  ]);
  const signers = wrongSignings.get(fault);
  return {
    type: 'application/timestamp-reply',
    bytes: signers ? await signAgain(pki, bytes, signers) : bytes,
  };
}

/** A reply with the TSTInfo of another reply in a new CMS. */
async function signAgain(pki: TestPki, reply: Buffer, signers: readonly string[]): Promise<Buffer> {
  const [status, token] = childrenOf(readDer(reply));
  if (!status || !token) throw new Error('no token');
  const { content } = parseCms(bytesOf(token), nodeCrypto);
  const sign = ['cms', '-sign', '-binary', '-nodetach', '-econtent_type', timestampInfo, '-outform', 'DER'];
  const cms = await throughFiles(pki, content ?? new Uint8Array(0), (inFile, outFile) => [
    ...sign,
    ...signers,
    '-in',
    inFile,
    '-out',
    outFile,
  ]);
  return Buffer.from(derSequence(bytesOf(status), cms));
}

/** Changes the last byte of an element that is reached by child indices; nothing else of the request changes. */
function flipLastByte(request: Buffer, path: readonly number[]): void {
  const node = path.reduce((parent, index) => childAt(parent, index), readDer(request));
  request[node.end - 1] = (request[node.end - 1] ?? 0) ^ 1;
}

/** The same request in a version that does not exist, which an authority rejects. */
function inUnknownVersion(request: Buffer): Buffer {
  const [version] = childrenOf(readDer(request));
  const changed = Buffer.from(request);
  if (version) changed[version.end - 1] = 9;
  return changed;
}

/** `openssl ocsp` as a responder to one request. */
export async function answerOcsp(pki: TestPki, request: Buffer, fault: OcspFault | null): Promise<Answer> {
  const type = 'application/ocsp-response';
  if (fault === 'try-later') return { type, bytes: Buffer.from([0x30, 3, 0x0a, 1, 3]) };
  const signer = fault === 'not-a-responder' ? 'cdcs' : fault === 'issuer-signs' ? 'issuing' : 'ocsp';
  const responder = ['ocsp', '-index', 'issuing.index', '-CA', 'issuing.pem', '-ndays', '7', '-noverify'];
  const identity = ['-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`];
  const bytes = await throughFiles(pki, request, (inFile, outFile) => [
    ...responder,
    ...identity,
    '-reqin',
    inFile,
    '-respout',
    outFile,
  ]);
  return { type, bytes };
}

/** DER of a revocation list (`/issuing.crl`) or a certificate (`/issuing.cer`). */
export async function answerFile(pki: TestPki, path: string): Promise<Answer> {
  const [, id = '', kind] = /^\/(root|issuing)\.(crl|cer)$/.exec(path) ?? [];
  if (id === '') throw new Error(`nothing at ${path}`);
  const command = kind === 'crl' ? ['crl', '-in', `${id}.crl.pem`] : ['x509', '-in', `${id}.pem`];
  const { stdout } = await run('openssl', [...command, '-outform', 'DER'], {
    cwd: pki.dir,
    encoding: 'buffer',
  });
  return { type: kind === 'crl' ? 'application/pkix-crl' : 'application/pkix-cert', bytes: stdout };
}
