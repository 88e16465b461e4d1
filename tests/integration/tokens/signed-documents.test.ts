import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokenService, type TokenService } from '../../../electron/main/services/token-service';
import { transformFile } from '../../../electron/signing/file-bytes';
import { tokenSigner } from '../../../electron/signing/token-signer';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type Signer, signPdf } from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  extractCms,
  fonts,
  makeDraft,
  makeNssDatabase,
  makePki,
  makeWorkDir,
  opensslVerify,
  pdfsig,
  qpdfCheck,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signingTime,
  type TestPki,
} from '../signing/fixtures';
import { buildHelper, type Helpers, makeToken, nodeHelpers, pin, type SoftToken, softHsm } from './fixtures';

const person = { id: 'nguyen-thi-thuy-duong', keyId: 'a1' };
const organisation = { id: 'pham-ky-ec', keyId: 'b2' };

let dir: string;
let pki: TestPki;
let nss: string;
let helpers: Helpers;
let service: TokenService;
let tokens: readonly SoftToken[];

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  nss = makeNssDatabase(dir, pki.root);
  const program = await buildHelper(join(dir, 'program'));
  // Two tokens of the same maker in one machine: the person's and the organisation's.
  tokens = [
    makeToken(dir, 'Token cá nhân', pki, [person]),
    makeToken(dir, 'Token cơ quan', pki, [organisation]),
  ];
  helpers = nodeHelpers(program, tokens[0]?.environment ?? {});
  service = createTokenService(helpers.start, async () => []);
});

afterAll(async () => {
  await service.close();
  removeWorkDir(dir);
});

async function open(label: string): Promise<Signer & { close(): Promise<void> }> {
  const { certificates } = await service.scan([softHsm]);
  const found = certificates.find(({ tokenLabel }) => tokenLabel === label);
  if (found === undefined) throw new Error(`no ${label}`);
  const { driver, tokenSerial, keyId } = found;
  const secret = new Uint8Array(Buffer.from(pin));
  const unlocked = await service.unlock({ driver, tokenSerial, keyId, pin: secret });
  return { ...tokenSigner(unlocked), close: () => unlocked.close() };
}

describe('PDFs signed with tokens', () => {
  test('both signatures of the law’s order, RSA and EC, with two tokens plugged in: valid for all tools', async () => {
    const draft = await makeDraft(join(dir, 'quyet-dinh.pdf'));
    const signers = [await open('Token cá nhân'), await open('Token cơ quan')] as const;
    const { final } = await signByTheOrderOfTheLaw(draft, ...signers);
    for (const signer of signers) {
      expect(signer.chain).toEqual([derOfPem(pki.issuing)]);
      await signer.close();
    }
    expect(pdfsig(final, nss).match(/Signature is Valid/g)).toHaveLength(2);
    expect(pdfsig(final, nss).match(/Certificate is Trusted/g)).toHaveLength(2);
    expect(qpdfCheck(final)).toBe(0);
    for (const part of extractCms(final))
      expect(opensslVerify(part, pki.root)).toContain('CAdES Verification successful');
    const { signatures } = await checkFile(final, [derOfPem(pki.root)]);
    expect(signatures.map(({ integrity }) => integrity)).toEqual(['ok', 'ok']);
  });

  test('thirty documents under one PIN: one login, one helper, each document valid', async () => {
    const draft = await makeDraft(join(dir, 'dot-ky.pdf'));
    const before = helpers.children.length;
    const signer = await open('Token cá nhân');
    for (let i = 0; i < 30; i++) {
      const file = join(dir, `dot-ky-${i}.pdf`);
      const placement = { page: 0, x: 350, y: 230, w: 120, h: 60 };
      await transformFile(draft, file, (source, sink) =>
        signPdf(source, sink, {
          crypto: nodeCrypto,
          fonts,
          signer,
          field: 'cv.person',
          placement,
          appearance: { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' },
          time: signingTime,
        }),
      );
      expect(pdfsig(file, nss)).toContain('Signature is Valid');
    }
    await signer.close();
    // One helper to list, one to sign.
    expect(helpers.children.length - before).toBe(2);
  });
});
