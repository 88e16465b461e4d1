import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import * as fontkit from '@cantoo/fontkit';
import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import { openFileSource, transformFile } from '../../../electron/signing/file-bytes';
import { openPkcs12 } from '../../../electron/signing/pkcs12';
import { readTextItems } from '../../../electron/signing/text-items';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  type CheckReport,
  checkSignatures,
  derBlocks,
  type FontFiles,
  fillNumberAndDate,
  findSignaturePlaces,
  type Prepared,
  pictureSize,
  prepareForSigning,
  type Signer,
  signPdf,
} from '../../../shared/signing/index';

const require = createRequire(import.meta.url);
const tinos = (style: string): Uint8Array =>
  new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`)));

export const fonts: Required<FontFiles> = {
  regular: tinos('400Regular'),
  bold: tinos('700Bold'),
  italic: tinos('400Regular_Italic'),
};

/** A moment after the test certificates begin to be valid, also those that a long run makes at its end. */
export const signingTime = Math.floor(Date.now() / 1000) * 1000 + 2 * 3_600_000;

export type TestPki = {
  readonly dir: string;
  readonly root: string;
  readonly issuing: string;
  readonly password: string;
  readonly p12: Readonly<Record<string, string>>;
};

export function makeWorkDir(): string {
  return mkdtempSync(join(tmpdir(), 'cv-signing-'));
}

/** Runs the real set-up script; plain JavaScript outside the compiler zones, hence a process. */
export async function makePki(dir: string, options: { readonly services?: string } = {}): Promise<TestPki> {
  const script = join(process.cwd(), 'build', 'test-pki.mjs');
  const code = `import(${JSON.stringify(script)}).then(async (m) => console.log(JSON.stringify(await m.makeTestPki(${JSON.stringify(dir)}, ${JSON.stringify(options)}))))`;
  const { stdout } = await promisify(execFile)('node', ['--input-type=module', '-e', code]);
  for (const id of ['root', 'issuing'])
    trialCrls.push(...derBlocks(new Uint8Array(readFileSync(join(dir, `${id}.crl.pem`))), 'X509 CRL'));
  return { dir, ...JSON.parse(stdout) };
}

/** Revocation lists of every trial authority that this process has made; without them no signature is valid. */
export const trialCrls: Uint8Array[] = [];

export function signerOf(pki: TestPki, id: string): Signer {
  const [signer] = openPkcs12(new Uint8Array(readFileSync(pki.p12[id] ?? '')), pki.password);
  if (!signer) throw new Error(`no signer ${id}`);
  return signer;
}

export function derOfPem(path: string): Uint8Array {
  return new Uint8Array(execFileSync('openssl', ['x509', '-in', path, '-outform', 'DER']));
}

export type DraftOptions = {
  readonly objectStreams?: boolean;
  readonly rotate?: 0 | 90 | 180 | 270;
  readonly crop?: boolean;
  readonly scanned?: boolean;
};

/** A one-page decision laid out as the decree asks, with blanks for number and date. */
export async function makeDraft(path: string, options: DraftOptions = {}): Promise<string> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const regular = await pdf.embedFont(fonts.regular, { subset: true });
  const [w, h] = [595.28, 841.89];
  const turn = options.rotate ?? 0;
  const page = pdf.addPage(turn === 90 || turn === 270 ? [h, w] : [w, h]);
  if (!options.scanned) {
    // The content is turned so that the page reads upright as displayed.
    const put = (text: string, x: number, y: number): void => {
      const origin = { 0: [x, y], 90: [h - y, x], 180: [w - x, h - y], 270: [y, w - x] }[turn];
      const [left = 0, bottom = 0] = origin;
      page.drawText(text, { x: left, y: bottom, size: 13, font: regular, rotate: degrees(turn) });
    };
    put('LIÊN ĐOÀN LAO ĐỘNG HUYỆN', 70, 780);
    put('Số:', 100, 750);
    put('/KH-LĐLĐ', 160, 750);
    put('Krông Búk, ngày        tháng        năm 2026', 300, 750);
    put('Kế hoạch kiểm tra đồng cấp năm 2026', 150, 700);
    put('Nơi nhận:', 80, 320);
    put('CHỦ TỊCH', 400, 320);
    put('Nguyễn Thị Thuỳ Dương', 366, 220);
  }
  page.setRotation(degrees(turn));
  if (options.crop) page.setCropBox(20, 30, 540, 780);
  writeFileSync(path, await pdf.save({ useObjectStreams: options.objectStreams ?? false }));
  return path;
}

/** A PNG of one colour with half of it transparent, as scanned seals and signatures are. */
export function makePng(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): Uint8Array {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 4 + 1) + 1 + x * 4;
      rows.set([red, green, blue, (x + y) % 8 < 4 ? 255 : 0], at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
  };
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const parts = [
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

export type LawOrder = {
  readonly stages: readonly string[];
  readonly final: string;
  readonly prepared: Prepared;
};

/** Draft → fields → person certifies → number and date → organisation signs, as files `<base>.1.pdf` and so on. */
export async function signByTheOrderOfTheLaw(
  draft: string,
  person: Signer,
  organisation: Signer,
  pictures?: { readonly person: Uint8Array; readonly organ: Uint8Array },
): Promise<LawOrder> {
  const stage = (n: number): string => draft.replace(/\.pdf$/, `.${n}.pdf`);
  const texts = await readTextItems(new Uint8Array(readFileSync(draft)));
  const places = findSignaturePlaces(texts, {
    title: 'Chủ tịch',
    name: 'Nguyễn Thị Thuỳ Dương',
    sealDiameter: 36,
  });
  const signingPage = {
    symbol: '/KH-LĐLĐ',
    title: ['CHỦ TỊCH'],
    name: 'Nguyễn Thị Thuỳ Dương',
    placeName: 'Krông Búk',
  };
  const common = { crypto: nodeCrypto, fonts };
  const prepared = await transformFile(draft, stage(1), (source, sink) =>
    prepareForSigning(source, sink, {
      ...common,
      ...places,
      sealDiameter: 36,
      personPicture: pictures ? pictureSize(nodeCrypto, pictures.person) : null,
      signingPage,
    }),
  );
  await transformFile(stage(1), stage(2), (source, sink) =>
    signPdf(source, sink, {
      ...common,
      signer: person,
      field: 'cv.person',
      appearance: { kind: 'picture', png: pictures?.person ?? makePng(120, 60, [20, 40, 200]) },
      certify: 2,
      reason: 'Ký ban hành',
      time: signingTime,
    }),
  );
  await transformFile(stage(2), stage(3), (source, sink) =>
    fillNumberAndDate(source, sink, { ...common, number: '35', date: '2026-02-05' }),
  );
  await transformFile(stage(3), stage(4), (source, sink) =>
    signPdf(source, sink, {
      ...common,
      signer: organisation,
      field: 'cv.organ',
      appearance: pictures
        ? { kind: 'picture', png: pictures.organ }
        : {
            kind: 'drawn-seal',
            organisation: 'Công đoàn cơ sở thử nghiệm',
            superior: 'Liên đoàn Lao động huyện',
          },
      time: signingTime + 60_000,
    }),
  );
  return { stages: [draft, stage(1), stage(2), stage(3), stage(4)], final: stage(4), prepared };
}

/** Runs our own checker over a file. */
export async function checkFile(
  path: string,
  anchors: readonly Uint8Array[],
  options: { readonly now?: number; readonly crls?: readonly Uint8Array[] } = {},
): Promise<CheckReport> {
  const source = await openFileSource(path);
  try {
    return await checkSignatures(source, {
      crypto: nodeCrypto,
      anchors,
      crls: trialCrls,
      now: signingTime,
      ...options,
    });
  } finally {
    await source.close();
  }
}

/** An NSS database in which only the given root is trusted. */
export function makeNssDatabase(dir: string, root: string): string {
  const database = join(dir, 'nss');
  execFileSync('mkdir', ['-p', database]);
  execFileSync('certutil', ['-N', '-d', `sql:${database}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${database}`, '-n', 'root', '-t', 'CT,C,C', '-i', root]);
  return database;
}

export function pdfsig(path: string, nssDir: string, ...flags: readonly string[]): string {
  return spawnSync('pdfsig', [...flags, '-nssdir', nssDir, path], { encoding: 'utf8' }).stdout;
}

/** Exit status of `qpdf --check`: 0 is clean, 3 is warnings. */
export function qpdfCheck(path: string): number | null {
  return spawnSync('qpdf', ['--check', path], { encoding: 'utf8' }).status;
}

export type ExtractedCms = { readonly cms: string; readonly content: string };

/** Cuts each signature of a PDF into the files that `openssl cms -verify` wants: the CMS and the signed bytes. */
export function extractCms(path: string): readonly ExtractedCms[] {
  const bytes = readFileSync(path);
  const text = bytes.toString('latin1');
  return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]/g)].map((match, i) => {
    const [holeStart = 0, holeEnd = 0, tail = 0] = match.slice(1).map(Number);
    const hole = Buffer.from(text.slice(holeStart + 1, holeEnd - 1), 'hex');
    const length = hole.readUInt16BE(2) + 4;
    const files = { cms: `${path}.${i}.der`, content: `${path}.${i}.bin` };
    writeFileSync(files.cms, hole.subarray(0, length));
    writeFileSync(
      files.content,
      Buffer.concat([bytes.subarray(0, holeStart), bytes.subarray(holeEnd, holeEnd + tail)]),
    );
    return files;
  });
}

/** Verifies a detached CMS as CAdES with OpenSSL; gives its message. */
export function opensslVerify({ cms, content }: ExtractedCms, root: string): string {
  const input = ['-inform', 'DER', '-in', cms, '-content', content, '-binary'];
  const result = spawnSync(
    'openssl',
    ['cms', '-verify', '-cades', ...input, '-CAfile', root, '-out', '/dev/null'],
    {
      encoding: 'utf8',
    },
  );
  return result.stderr;
}

export function extractText(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}

export function removeWorkDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

/** What poppler says about the signatures of a file, without any trust. */
export function pdfsigReport(path: string): string {
  return spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }).stdout;
}
