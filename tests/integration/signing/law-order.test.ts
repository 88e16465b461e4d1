import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vietnamPdfDate } from '../../../shared/signing/vietnam-time';
import { inkBox, isBlue, isRed } from '../../driver/ink';
import {
  checkFile,
  type DraftOptions,
  derOfPem,
  extractCms,
  extractText,
  makeDraft,
  makeNssDatabase,
  makePki,
  makeWorkDir,
  opensslVerify,
  pdfsig,
  qpdfCheck,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

type Kind = DraftOptions & { readonly qpdf?: readonly string[]; readonly organisation?: string };

const kinds: Readonly<Record<string, Kind>> = {
  'xref table': {},
  'xref stream and object streams': { objectStreams: true },
  'object streams by another producer': { qpdf: ['--object-streams=generate'] },
  linearized: { qpdf: ['--linearize'] },
  'linearized with object streams': { qpdf: ['--linearize', '--object-streams=generate'] },
  'rotated by 90': { rotate: 90 },
  'rotated by 180': { rotate: 180, objectStreams: true },
  'rotated by 270': { rotate: 270 },
  'cropped page': { crop: true },
  'scan without text': { scanned: true },
  'organisation with an EC key': { organisation: 'ec' },
};

let dir: string;
let pki: TestPki;
let nss: string;
let root: Uint8Array;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  nss = makeNssDatabase(dir, pki.root);
  root = derOfPem(pki.root);
});

afterAll(() => removeWorkDir(dir));

describe('Nghị định 30/2020: người có thẩm quyền ký, cấp số và ngày, rồi cơ quan ký', () => {
  test.each(Object.entries(kinds))('%s', async (name, kind) => {
    const path = join(dir, `${name.replaceAll(' ', '-')}.pdf`);
    await makeDraft(path, kind);
    if (kind.qpdf) execFileSync('qpdf', [...kind.qpdf, '--replace-input', path]);
    const person = signerOf(pki, 'nguyen-thi-thuy-duong');
    const organisation = signerOf(pki, kind.organisation === 'ec' ? 'pham-ky-ec' : 'ldld-huyen');
    const { stages, final, prepared } = await signByTheOrderOfTheLaw(path, person, organisation);

    for (const [i, stage] of stages.entries()) {
      expect(qpdfCheck(stage), stage).toBe(0);
      const next = stages[i + 1];
      if (next)
        expect(readFileSync(next).subarray(0, readFileSync(stage).length).equals(readFileSync(stage))).toBe(
          true,
        );
    }
    const report = pdfsig(final, nss);
    expect(report.match(/Signature is Valid/g)).toHaveLength(2);
    expect(report.match(/Certificate is Trusted/g)).toHaveLength(2);
    expect(report.split('Signature #2')[1]).toContain('Total document signed');
    for (const cms of extractCms(final))
      expect(opensslVerify(cms, pki.root)).toContain('CAdES Verification successful');

    const check = await checkFile(final, [root]);
    expect(check.verdict).toBe('valid');
    expect(
      check.signatures.map(({ field, changesAfter, coverage, docMdp }) => ({
        field,
        changesAfter,
        coverage,
        docMdp,
      })),
    ).toEqual([
      { field: 'cv.person', changesAfter: 'form-fill', coverage: 'earlier-revision', docMdp: 2 },
      { field: 'cv.organ', changesAfter: 'none', coverage: 'whole-file', docMdp: 2 },
    ]);
    expect(check.signatures[0]?.signer).toMatchObject({
      cn: 'Nguyễn Thị Thuỳ Dương',
      o: 'Liên đoàn Lao động huyện thử nghiệm',
      issuer: 'Tổ chức chứng thực thử nghiệm Công Văn G1',
    });
    expect(check.signatures[0]?.claimedTime).toBe(vietnamPdfDate(signingTime));
    expect(prepared.signingPageAdded).toBe(kind.scanned === true);
    const text = extractText(final).replace(/\s+/g, ' ');
    expect(text).toMatch(/Số: 35 ?\/KH-LĐLĐ/);
    expect(text).toMatch(/ngày 05 tháng 02 năm 2026/);
    expect(text).toBe(text.normalize('NFC'));
  });
});

test('chữ ký cá nhân màu xanh ở giữa chức vụ và họ tên, dấu đỏ trùm 1/3 bên trái, đúng kích thước thực', async () => {
  const path = await makeDraft(join(dir, 'picture.pdf'));
  const { final, prepared } = await signByTheOrderOfTheLaw(
    path,
    signerOf(pki, 'nguyen-thi-thuy-duong'),
    signerOf(pki, 'ldld-huyen'),
  );
  const { personSignature: person, organSignature: seal } = prepared;
  if (!person || !seal) throw new Error('places expected');
  expect(seal.w).toBeCloseTo((36 * 72) / 25.4, 6);
  expect(seal.x + seal.w).toBeCloseTo(person.x + person.w / 3, 6);
  expect(person.y).toBeGreaterThan(220);
  expect(person.y + person.h).toBeLessThan(320);
  const blue = inkBox(final, isBlue);
  const red = inkBox(final, isRed);
  if (!blue || !red) throw new Error('ink expected');
  expect(blue.right).toBeCloseTo(person.x + person.w, -0.5);
  expect(red.left).toBeCloseTo(seal.x, -0.5);
  expect(red.top - red.bottom).toBeGreaterThan(seal.h * 0.94);
  expect(red.top - red.bottom).toBeLessThan(seal.h * 1.02);
});
