import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inkBox, isBlue, isRed } from '../../driver/ink';
import { clear, paintPng, sealPicture, signaturePicture } from '../../driver/pictures';
import {
  type DraftOptions,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  type TestPki,
} from './fixtures';

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

const diameter = (36 * 72) / 25.4;
/** Of the blue part of the picture, which the wave of the pen fills from side to side. */
const wave = signaturePicture();
/** A name written steeply: higher than wide. */
const steep = paintPng(60, 100, (x, y) => (Math.abs(x - 0.6 * y) < 6 ? [20, 40, 200, 255] : clear));

async function signed(name: string, person: Uint8Array, options: DraftOptions = {}) {
  const draft = await makeDraft(join(dir, `${name}.pdf`), options);
  const signers = [signerOf(pki, 'nguyen-thi-thuy-duong'), signerOf(pki, 'ldld-huyen')] as const;
  const { final } = await signByTheOrderOfTheLaw(draft, ...signers, { person, organ: sealPicture() });
  const page = options.scanned ? 2 : 1;
  const blue = inkBox(final, isBlue, { dpi: 144, page });
  const red = inkBox(final, isRed, { dpi: 144, page });
  if (!blue || !red) throw new Error('both pictures expected');
  return { final, blue, red };
}

describe('Phụ lục I, phần I, mục II.7 và II.8: hình chữ ký và hình dấu của chính cơ quan', () => {
  test('hình chữ ký xanh ở giữa chức vụ và họ tên, đúng tỷ lệ, bỏ lề trong suốt', async () => {
    const { blue } = await signed('person', wave);
    // The title stands at 320, the name at 220, both around 425.
    expect(blue.top).toBeLessThan(318);
    expect(blue.bottom).toBeGreaterThan(230);
    expect((blue.left + blue.right) / 2).toBeGreaterThan(410);
    expect((blue.left + blue.right) / 2).toBeLessThan(450);
    const proportions = (blue.right - blue.left) / (blue.top - blue.bottom);
    expect(Math.abs(proportions - 480 / 157)).toBeLessThan(0.1);
  });

  test.each([
    ['chữ ký dài', wave, {}],
    ['chữ ký cao, hẹp', steep, {}],
    ['trang xoay', wave, { rotate: 90 }],
    ['trang ký thêm vào bản quét', steep, { scanned: true }],
  ] as const)('dấu đỏ đúng 36 mm, trùm 1/3 bên trái hình chữ ký: %s', async (name, person, options) => {
    const { blue, red } = await signed(name, person, options);
    expect(Math.abs(red.right - red.left - diameter)).toBeLessThan(1);
    expect(Math.abs(red.top - red.bottom - diameter)).toBeLessThan(1);
    const covered = (red.right - blue.left) / (blue.right - blue.left);
    expect(covered).toBeGreaterThan(0.3);
    expect(covered).toBeLessThan(0.37);
    const apart = (red.top + red.bottom) / 2 - (blue.top + blue.bottom) / 2;
    expect(Math.abs(apart)).toBeLessThan(1);
  });

  test('hai hình nằm trong tệp với mặt nạ trong suốt, cỡ của phần có nét', async () => {
    const { final } = await signed('masks', wave);
    const rows = execFileSync('pdfimages', ['-list', final], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .slice(2);
    const images = rows.map((row) => row.trim().split(/\s+/).slice(2, 5).join(' '));
    expect(images).toContain('image 480 157');
    expect(images).toContain('smask 480 157');
    expect(images).toContain('image 360 360');
    expect(images).toContain('smask 360 360');
  });
});
