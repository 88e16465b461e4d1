import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  bytesOf,
  childAt,
  childrenOf,
  derOid,
  derSequence,
  encodeDer,
  readDer,
} from '../../../shared/signing/asn1/der';
import { oids, signatureOids } from '../../../shared/signing/asn1/oids';
import { verifyWithAlgorithm } from '../../../shared/signing/certificates/signature-algorithm';
import { derBlocks, type SignatureReport } from '../../../shared/signing/index';
import { rawPdf } from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, type TestPki } from './fixtures';
import { newSigner } from './sign-file';

/** The base point of P-256, which is a public key like any other (SEC 2, 2.4.2). */
const ecPoint =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';

const holeBytes = 16_384;

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(path.join(dir, 'pki'));
  newSigner(pki, 'RSA:2048', 'signer');
});

afterAll(() => removeWorkDir(dir));

type Sign = (content: Buffer) => Buffer;

/** A PDF around the CMS that another program makes for its bytes. */
function pdfWith(subFilter: string, sign: Sign): Buffer {
  const file = rawPdf({
    1: '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>',
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>',
    4: '<</Type/Annot/Subtype/Widget/FT/Sig/T(first)/V 5 0 R/Rect[0 0 0 0]/F 132>>',
    5: `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/${subFilter}/ByteRange[0 ${' '.repeat(30)}]/Contents<${'0'.repeat(2 * holeBytes)}>>>`,
  });
  const start = file.indexOf('/Contents<') + '/Contents'.length;
  const end = start + 2 * holeBytes + 2;
  file.write(`${start} ${end} ${file.length - end}`, file.indexOf('/ByteRange[0 ') + 13, 'latin1');
  const cms = sign(Buffer.concat([file.subarray(0, start), file.subarray(end)]));
  file.write(cms.toString('hex'), start + 1, 'latin1');
  return file;
}

function openssl(...options: readonly string[]): Sign {
  const file = (ending: string): string => path.join(pki.dir, `signer.${ending}`);
  const keys = ['-signer', file('pem'), '-inkey', file('key'), '-certfile', pki.issuing];
  return (input) =>
    execFileSync('openssl', ['cms', '-sign', '-binary', '-outform', 'DER', ...keys, ...options], {
      input,
      stdio: 'pipe',
    });
}

async function check(
  subFilter: string,
  sign: Sign,
  root = derOfPem(pki.root),
): Promise<SignatureReport | undefined> {
  const output = path.join(dir, 'signed.pdf');
  writeFileSync(output, pdfWith(subFilter, sign));
  return (await checkFile(output, [root])).signatures[0];
}

const pss = ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss'];

describe('RSASSA-PSS (RFC 4055 section 3.1)', () => {
  test('the salt may be as long as the key leaves room for, more than one octet can say', async () => {
    const longest = openssl(...pss, '-keyopt', 'rsa_pss_saltlen:max');
    expect(await check('adbe.pkcs7.detached', longest)).toMatchObject({ integrity: 'ok', verdict: 'valid' });
  });

  test('a mask by another digest cannot be checked, which is not the same as wrong', async () => {
    const mask = openssl(...pss, '-keyopt', 'rsa_pss_saltlen:digest', '-keyopt', 'rsa_mgf1_md:sha1');
    expect(await check('adbe.pkcs7.detached', mask)).toMatchObject({ integrity: 'unsupported' });
  });
});

test('the signer is found by the name of its issuer whatever string types write it (RFC 5280 section 7.1)', async () => {
  const rewritten: Sign = (content) => {
    const cms = openssl('-md', 'sha256')(content);
    // The last countryName is that of the SignerInfo: PrintableString becomes UTF8String.
    cms[cms.lastIndexOf(Buffer.from('06035504061302564e', 'hex')) + 5] = 0x0c;
    return cms;
  };
  expect(await check('adbe.pkcs7.detached', rewritten)).toMatchObject({ integrity: 'ok', verdict: 'valid' });
});

test('attributes are signed in DER order, in whatever order they are sent (RFC 5652 section 5.4)', async () => {
  const unsorted: Sign = (content) => {
    const cms = openssl('-md', 'sha256', '-nosmimecap')(content);
    const contentType = cms.indexOf(Buffer.from('301806092a864886f70d010903', 'hex'));
    const signingTime = contentType + 26;
    const swapped = Buffer.concat([
      cms.subarray(signingTime, signingTime + 30),
      cms.subarray(contentType, signingTime),
    ]);
    swapped.copy(cms, contentType);
    return cms;
  };
  expect(await check('adbe.pkcs7.detached', unsorted)).toMatchObject({ integrity: 'ok', verdict: 'valid' });
});

test('the oldest format may do without attributes: whole, though its digest is too weak', async () => {
  const sign: Sign = (content) => {
    const digest = execFileSync('openssl', ['sha1', '-binary'], { input: content });
    return openssl('-nodetach', '-noattr', '-md', 'sha1')(digest);
  };
  expect(await check('adbe.pkcs7.sha1', sign)).toMatchObject({
    integrity: 'ok',
    verdict: 'invalid',
    problems: ['WEAK_DIGEST'],
  });
  const ofOther: Sign = () => sign(Buffer.from('another document'));
  expect(await check('adbe.pkcs7.sha1', ofOther)).toMatchObject({ integrity: 'broken' });
});

test.each([
  ['1.2.840.10045.3.1.7', 'wrong'],
  ['1.2.3.4', 'unsupported'],
])('a signature by a key on the curve %s that cannot be verified is %s', (curve, outcome) => {
  const point = Buffer.from(ecPoint, 'hex');
  const publicKey = derSequence(
    derSequence(derOid(oids.ecPublicKey), derOid(curve)),
    encodeDer(0x03, Uint8Array.of(0), point),
  );
  const algorithm = readDer(derSequence(derOid(signatureOids.ec.sha256)));
  const signed = { publicKey, data: Uint8Array.of(1), signature: Uint8Array.of(2) };
  expect(verifyWithAlgorithm(nodeCrypto, algorithm, null, signed)).toBe(outcome);
});

test('revocation lists stand beside the certificates (RFC 5652 section 10.2.1)', async () => {
  const lists = ['root', 'issuing'].flatMap((id) =>
    derBlocks(new Uint8Array(readFileSync(path.join(pki.dir, `${id}.crl.pem`))), 'X509 CRL'),
  );
  const plain = openssl('-md', 'sha256');
  const withLists: Sign = (content) => {
    const [type, holder] = childrenOf(readDer(plain(content)));
    if (!type || !holder) throw new Error('CMS expected');
    const parts = childrenOf(childAt(holder, 0)).map(bytesOf);
    const signedData = derSequence(...parts.slice(0, -1), encodeDer(0xa1, ...lists), ...parts.slice(-1));
    return Buffer.from(derSequence(bytesOf(type), encodeDer(0xa0, signedData)));
  };
  const verdictOf = async (sign: Sign): Promise<string | undefined> => {
    const output = path.join(dir, 'lists.pdf');
    writeFileSync(output, pdfWith('adbe.pkcs7.detached', sign));
    const anchors = [derOfPem(pki.root)];
    return (await checkFile(output, anchors, { crls: [] })).signatures[0]?.verdict;
  };
  expect(await verdictOf(plain)).toBe('indeterminate');
  expect(await verdictOf(withLists)).toBe('valid');
});

test('a trust anchor may be older than X.509 version 3, which first said who is an authority', async () => {
  const file = (ending: string): string => path.join(dir, `old.${ending}`);
  const key = pki.issuing.replace('.pem', '.key');
  const request = ['-config', path.join(pki.dir, 'openssl.cnf'), '-key', key, '-subj', '/C=VN/CN=Old'];
  execFileSync('openssl', ['req', '-new', ...request, '-out', file('csr')]);
  execFileSync('openssl', ['x509', '-req', '-in', file('csr'), '-signkey', key, '-out', file('pem')], {
    stdio: 'pipe',
  });
  const issuer = ['-CA', file('pem'), '-CAkey', key, '-set_serial', '7'];
  const csr = path.join(pki.dir, 'signer.csr');
  execFileSync('openssl', ['x509', '-req', '-in', csr, ...issuer, '-out', file('leaf.pem')], {
    stdio: 'pipe',
  });
  const sign: Sign = (input) => {
    const keys = ['-signer', file('leaf.pem'), '-inkey', path.join(pki.dir, 'signer.key')];
    return execFileSync('openssl', ['cms', '-sign', '-binary', '-outform', 'DER', ...keys], { input });
  };
  const report = await check('adbe.pkcs7.detached', sign, derOfPem(file('pem')));
  expect(report).toMatchObject({ integrity: 'ok', path: { status: 'trusted' } });
});
