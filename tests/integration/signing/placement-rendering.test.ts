import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { writePng } from '../../../shared/signing/appearance/png-writer';
import { placeCopyText, vietnamIsoTime } from '../../../shared/signing/index';
import {
  makeDraft,
  makePki,
  makeWorkDir,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';
import { colorBox, type Picture, render } from './independent-tools';
import { writeRawPdf } from './raw-pdf';
import { signFile } from './sign-file';

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

/** A red picture whose upper left quarter is blue, so that its place and its turn can both be seen. */
function marker(width: number, height: number, alpha = 255): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isBlue = x < width / 2 && y < height / 2;
      rgb.set(isBlue ? [0, 0, 255] : [255, 0, 0], 3 * (y * width + x));
    }
  }
  const image = { width, height, rgb, alpha: new Uint8Array(width * height).fill(alpha) };
  return writePng(nodeCrypto, image);
}

const isRed = ([red, green, blue]: readonly number[]): boolean => red! > 200 && green! < 60 && blue! < 60;
const isBlue = ([red, green, blue]: readonly number[]): boolean => blue! > 200 && red! < 60 && green! < 60;

const boxes: Readonly<Record<string, string>> = {
  'plain page': '/MediaBox[0 0 595 842]',
  'crop box inside the media box': '/MediaBox[0 0 595 842]/CropBox[50 70 550 800]',
  'negative origin': '/MediaBox[-100 -200 495 642]',
  'origin away from zero, cropped': '/MediaBox[300 400 895 1242]/CropBox[320 450 800 1200]',
  'crop box larger than the media box': '/MediaBox[0 0 595 842]/CropBox[-50 -50 700 900]',
};
const turns = [0, 90, 180, 270, -90, 450];
const place = { page: 0, x: 60, y: 90, w: 160, h: 80 };

function pageWith(name: string, attributes: string, content = ''): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R${attributes}/Contents 4 0 R>>`,
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  ];
  return writeRawPdf(join(dir, `${name.replaceAll(/\W/g, '-')}.pdf`), { objects });
}

function expectNear(found: object, expected: object): void {
  for (const [side, value] of Object.entries(expected)) {
    const difference = Math.abs(Object.entries(found).find(([key]) => key === side)?.[1] - value);
    expect(difference, side).toBeLessThanOrEqual(1);
  }
}

function expectUpright(picture: Picture): void {
  const { x, y, w, h } = place;
  expectNear(
    colorBox(picture, (color) => isRed(color) || isBlue(color)),
    {
      left: x,
      bottom: y,
      right: x + w,
      top: y + h,
    },
  );
  expectNear(colorBox(picture, isBlue), { left: x, bottom: y + h / 2, right: x + w / 2, top: y + h });
}

describe('a signature lies where it was asked for on the page as displayed, and upright', () => {
  test.each(Object.entries(boxes).flatMap(([name, box]) => turns.map((turn) => [name, turn, box] as const)))(
    '%s, /Rotate %i',
    async (name, turn, box) => {
      const input = pageWith(`${name}${turn}`, `${box}/Rotate ${turn}`);
      const output = input.replace('.pdf', '.signed.pdf');
      const appearance = { kind: 'picture', png: marker(80, 40) } as const;
      await signFile(input, output, { signer: signerOf(pki, 'cdcs'), placement: place, appearance });
      expectUpright(render(output, 'pdftoppm'));
      expectUpright(render(output, 'mutool'));
    },
  );

  test.each([0, 90, 180, 270])('in a field that the document brings, /Rotate %i', async (turn) => {
    const output = join(dir, `own-field-${turn}.signed.pdf`);
    const objects = [
      '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate ${turn}/Annots[4 0 R]>>`,
      `<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu)/F 4/Rect[${userRectangle(turn).join(' ')}]>>`,
    ];
    const input = writeRawPdf(join(dir, `own-field-${turn}.pdf`), { objects });
    const appearance = { kind: 'picture', png: marker(80, 40) } as const;
    await signFile(input, output, { signer: signerOf(pki, 'cdcs'), field: 'Chu', appearance });
    expectUpright(render(output, 'pdftoppm'));
    expectUpright(render(output, 'mutool'));
  });
});

/** Where the displayed rectangle lies on an A4 page of 595 by 842 points that is shown with a turn. */
function userRectangle(turn: number): readonly number[] {
  const { x, y, w, h } = place;
  if (turn === 90) return [595 - y - h, x, 595 - y, x + w];
  if (turn === 180) return [595 - x - w, 842 - y - h, 595 - x, 842 - y];
  return turn === 270 ? [y, 842 - x - w, y + h, 842 - x] : [x, y, x + w, y + h];
}

test('a transparent picture lets the text below be seen (Phụ lục I, phần I, mục II.7)', async () => {
  const green = '0 0.8 0 rg 0 0 595 842 re f';
  const input = pageWith('transparent', '/MediaBox[0 0 595 842]', green);
  const output = join(dir, 'transparent.signed.pdf');
  const appearance = { kind: 'picture', png: marker(80, 40, 128) } as const;
  await signFile(input, output, { signer: signerOf(pki, 'cdcs'), placement: place, appearance });
  for (const tool of ['pdftoppm', 'mutool'] as const) {
    const [red, green, blue] = render(output, tool).at(place.x + 120, 842 - place.y - 20);
    expect(Math.abs(red - 128)).toBeLessThan(4);
    expect(Math.abs(green - 102)).toBeLessThan(4);
    expect(blue).toBeLessThan(4);
  }
});

type Word = { readonly text: string; readonly box: readonly number[] };

/** The words of page 1 with left, top, right and bottom, from the upper left corner. */
function wordsOf(file: string): readonly Word[] {
  const html = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
  const words = html.matchAll(
    /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/g,
  );
  return [...words].map(([, left, top, right, bottom, text = '']) => ({
    text,
    box: [left, top, right, bottom].map(Number),
  }));
}

describe('visible texts', () => {
  test.each([
    [200, 60],
    [90, 40],
    [400, 80],
  ])('five lines of 120 letters in %i by %i points are all there, inside the box, in NFC', async (w, h) => {
    const sentence = 'ẪỂỠ Người ký quyết định khen thưởng Chủ tịch Liên đoàn Lao động tỉnh Đắk Lắk đã ký số';
    const lines = [1, 2, 3, 4, 5].map((n) => `${n}. ${sentence} ${sentence}`.slice(0, 120).trim());
    const input = pageWith(`long-${w}`, '/MediaBox[0 0 595 842]');
    const output = join(dir, `long-${w}.signed.pdf`);
    const placement = { page: 0, x: 100, y: 300, w, h };
    const appearance = { kind: 'text-lines', lines: lines.map((line) => line.normalize('NFD')) } as const;
    await signFile(input, output, { signer: signerOf(pki, 'cdcs'), placement, appearance });
    const words = wordsOf(output);
    expect(words.map(({ text }) => text).join(' ')).toBe(lines.join(' ').normalize('NFC'));
    for (const { box } of words) {
      expect(box[0]).toBeGreaterThanOrEqual(placement.x - 0.5);
      expect(box[2]).toBeLessThanOrEqual(placement.x + w + 0.5);
      expect(box[1]).toBeGreaterThanOrEqual(842 - placement.y - h - 0.5);
      expect(box[3]).toBeLessThanOrEqual(842 - placement.y + 0.5);
    }
    const fonts = execFileSync('pdffonts', [output], { encoding: 'utf8' }).split('\n').slice(2, -1);
    expect(fonts).toHaveLength(1);
    expect(fonts[0]).toMatch(/Identity-H +yes yes yes/);
  });

  test.each([
    ['sao-y', 'Sao y'],
    ['sao-luc', 'Sao lục'],
    ['trich-sao', 'Trích sao'],
  ] as const)(
    'Phụ lục I, phần II, mục I.3: %s at the top right, 10 pt, with the time of signing',
    async (form, words) => {
      const input = await makeDraft(join(dir, `${form}.pdf`), { scanned: true });
      const output = join(dir, `${form}.signed.pdf`);
      const organisation = 'Liên đoàn Lao động huyện Krông Búk';
      await signFile(input, output, {
        signer: signerOf(pki, 'ldld-huyen'),
        placement: placeCopyText({ w: 595.28, h: 841.89 }),
        appearance: { kind: 'copy-text', form, organisation },
      });
      expect(qpdfCheck(output)).toBe(0);
      const lines = execFileSync('pdftotext', ['-layout', output, '-'], { encoding: 'utf8' })
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && line !== '\f');
      expect(lines).toEqual([words, organisation, vietnamIsoTime(signingTime)]);
      for (const { box } of wordsOf(output)) {
        expect(box[0]).toBeGreaterThan(595 / 2);
        expect(box[3]).toBeLessThan(80);
      }
    },
  );
});
