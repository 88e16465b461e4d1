import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memorySource, transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  beginSigning,
  completeSigning,
  type Signed,
  type SigningAnswer,
  type SigningSession,
} from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  extractCms,
  fonts,
  makeDraft,
  makePki,
  makeWorkDir,
  opensslVerify,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';
import { bouncyCastle, mutoolVerify } from './independent-tools';

const person = 'nguyen-thi-thuy-duong';
const other = 'ldld-huyen';

let dir: string;
let pki: TestPki;
let prepared: string;
let session: SigningSession;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  const draft = await makeDraft(join(dir, 'draft.pdf'), { objectStreams: true });
  prepared = join(dir, 'prepared.pdf');
  const { certificate, chain } = signerOf(pki, person);
  const begun = await transformFile(draft, prepared, (source, sink) =>
    beginSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      certificate,
      chain,
      scheme: 'rsa-pkcs1',
      hash: 'sha384',
      placement: { page: 0, x: 60, y: 60, w: 150, h: 50 },
      appearance: { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' },
      time: signingTime,
    }),
  );
  // What a restart does: only what was written to disk is left.
  writeFileSync(join(dir, 'session.json'), JSON.stringify(begun));
  session = JSON.parse(readFileSync(join(dir, 'session.json'), 'utf8'));
});

afterAll(() => removeWorkDir(dir));

/** The service: openssl signs the digest that it is given, with the key of `id`. */
function serviceSigns(id: string): Uint8Array {
  const digest = join(dir, 'digest.bin');
  writeFileSync(digest, Buffer.from(session.digestToSign, 'hex'));
  const key = ['-inkey', join(pki.dir, `${id}.key`)];
  return new Uint8Array(
    execFileSync('openssl', ['pkeyutl', '-sign', ...key, '-in', digest, '-pkeyopt', 'digest:sha384']),
  );
}

function complete(output: string, answer: SigningAnswer, file = prepared): Promise<Signed> {
  return transformFile(file, output, (source, sink) =>
    completeSigning(source, sink, session, answer, nodeCrypto),
  );
}

describe('a signature in two halves, with a restart between them', () => {
  test('a raw signature by the service passes every independent tool', async () => {
    const output = join(dir, 'completed.pdf');
    const signed = await complete(output, { signature: serviceSigns(person) });
    expect(signed.field).toBe('Signature1');
    expect(qpdfCheck(output)).toBe(0);
    expect(pdfsigReport(output)).toMatch(
      /Total document signed\n {2}- Signature Validation: Signature is Valid/,
    );
    expect(mutoolVerify(output)).toContain('unchanged since signing');
    for (const cms of extractCms(output))
      expect(opensslVerify(cms, pki.root)).toContain('CAdES Verification successful');
    expect(bouncyCastle(output)).toMatchObject([{ verified: true, signingCertificateV2: true }]);
    const { signatures } = await checkFile(output, [derOfPem(pki.root)]);
    expect(signatures[0]).toMatchObject({ integrity: 'ok', coverage: 'whole-file' });
  });

  test('a CMS that the service builds itself is taken when it is a PAdES one by the right certificate', async () => {
    const output = join(dir, 'by-cms.pdf');
    const content = join(dir, 'content.bin');
    const bytes = readFileSync(prepared);
    const [, holeStart, holeEnd] = session.byteRange;
    writeFileSync(content, Buffer.concat([bytes.subarray(0, holeStart), bytes.subarray(holeEnd)]));
    const serviceCms = (id: string): Uint8Array => {
      const key = ['-signer', join(pki.dir, `${id}.pem`), '-inkey', join(pki.dir, `${id}.key`)];
      const how = ['-md', 'sha384', '-binary', '-cades', '-outform', 'DER'];
      return new Uint8Array(execFileSync('openssl', ['cms', '-sign', ...how, ...key, '-in', content]));
    };
    await complete(output, { cms: serviceCms(person) });
    expect(pdfsigReport(output)).toContain('Signature is Valid');
    await expect(complete(output, { cms: serviceCms(other) })).rejects.toMatchObject({
      code: 'SIGNER_MISMATCH',
    });
    await expect(complete(output, { cms: Uint8Array.of(0x30, 0x80) })).rejects.toMatchObject({
      code: 'SIGNER_MISMATCH',
    });
  });

  test('a signature by another key → SIGNER_MISMATCH, and no file', async () => {
    const output = join(dir, 'other-key.pdf');
    const answer = complete(output, { signature: serviceSigns(other) });
    await expect(answer).rejects.toMatchObject({ code: 'SIGNER_MISMATCH' });
    expect(existsSync(output)).toBe(false);
  });

  test('a prepared file that was changed since → SIGNING_SESSION_MISMATCH, and no file', async () => {
    const output = join(dir, 'changed.pdf');
    const original = readFileSync(prepared);
    const [, holeStart] = session.byteRange;
    for (const at of [100, holeStart + 10, original.length - 10]) {
      const changed = join(dir, 'changed-prepared.pdf');
      const copy = Buffer.from(original);
      copy[at] = (copy[at] ?? 0) ^ 1;
      writeFileSync(changed, copy);
      const answer = complete(output, { signature: serviceSigns(person) }, changed);
      await expect(answer).rejects.toMatchObject({ code: 'SIGNING_SESSION_MISMATCH' });
      expect(existsSync(output)).toBe(false);
    }
  });

  test('a file of another length → SIGNING_SESSION_MISMATCH', async () => {
    const longer = memorySource(new Uint8Array(Buffer.concat([readFileSync(prepared), Buffer.from('\n')])));
    const sink = { write: () => Promise.resolve() };
    const answer = completeSigning(longer, sink, session, { signature: serviceSigns(person) }, nodeCrypto);
    await expect(answer).rejects.toMatchObject({ code: 'SIGNING_SESSION_MISMATCH' });
  });
});
