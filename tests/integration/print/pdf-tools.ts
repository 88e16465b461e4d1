import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PrintFonts } from '@shared/print/index';

const fontFolder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
const readFont = (name: string) => new Uint8Array(readFileSync(join(fontFolder, name)));

/** The faces the program prints with. */
export const tinos: PrintFonts = {
  regular: readFont('400Regular/Tinos_400Regular.ttf'),
  bold: readFont('700Bold/Tinos_700Bold.ttf'),
  italic: readFont('400Regular_Italic/Tinos_400Regular_Italic.ttf'),
  boldItalic: readFont('700Bold_Italic/Tinos_700Bold_Italic.ttf'),
};

export const pointsPerMm = 72 / 25.4;

/** Writes bytes to a file of its own, hands its path over, and removes it again. */
export function withFile<T>(bytes: Uint8Array, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cong-van-print-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, bytes);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}

/** Text of each page in reading order. */
export function pageTexts(pdf: Uint8Array): readonly string[] {
  return withFile(pdf, (path) => run('pdftotext', ['-enc', 'UTF-8', path, '-']).split('\f').slice(0, -1));
}

/** Text of a whole file with every run of white space as one space. */
export function flowingText(pdf: Uint8Array): string {
  return pageTexts(pdf).join(' ').replace(/\s+/gu, ' ');
}

export type Word = {
  readonly text: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  /** Points from the bottom of the page. */
  readonly bottom: number;
  readonly top: number;
  /** Upper and lower edge in points from the top: right also where a turned page is given unturned. */
  readonly fromTop: readonly [number, number];
};
export type PageBox = { readonly width: number; readonly height: number };

/** Pages and words with their boxes, origin at the bottom left of the page as displayed. */
export function wordBoxes(pdf: Uint8Array): {
  readonly pages: readonly PageBox[];
  readonly words: readonly Word[];
} {
  const html = withFile(pdf, (path) => run('pdftotext', ['-cropbox', '-bbox', path, '-']));
  const pages: PageBox[] = [];
  const words: Word[] = [];
  const pattern =
    /<page width="([\d.]+)" height="([\d.]+)">|<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)<\/word>/gu;
  for (const match of html.matchAll(pattern)) {
    if (match[1] !== undefined) {
      pages.push({ width: Number(match[1]), height: Number(match[2]) });
      continue;
    }
    const height = pages.at(-1)?.height ?? 0;
    words.push({
      text: (match[7] ?? '').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
      page: pages.length - 1,
      left: Number(match[3]),
      right: Number(match[5]),
      top: height - Number(match[4]),
      bottom: height - Number(match[6]),
      fromTop: [Number(match[4]), Number(match[6])],
    });
  }
  return { pages, words };
}

/** What qpdf finds wrong with a file; '' when nothing. */
export function qpdfComplaints(pdf: Uint8Array): string {
  return withFile(pdf, (path) => {
    const report = run('qpdf', ['--check', path]);
    return report.includes('No syntax or stream encoding errors found') ? '' : report;
  });
}

export type Font = {
  readonly name: string;
  readonly embedded: boolean;
  readonly subset: boolean;
  readonly unicode: boolean;
};

/** The fonts of a file as pdffonts lists them. */
export function fontsOf(pdf: Uint8Array): readonly Font[] {
  const lines = withFile(pdf, (path) => run('pdffonts', [path]))
    .split('\n')
    .slice(2)
    .filter((line) => line !== '');
  return lines.map((line) => {
    const flags = /\s(yes|no) (yes|no) (yes|no)\s+\d+\s+\d+\s*$/u.exec(line);
    return {
      name: line.slice(0, line.indexOf(' ')),
      embedded: flags?.[1] === 'yes',
      subset: flags?.[2] === 'yes',
      unicode: flags?.[3] === 'yes',
    };
  });
}

type QpdfOutline = {
  readonly title: string;
  readonly destpageposfrom1: number;
  readonly kids: readonly QpdfOutline[];
};
export type Bookmark = {
  readonly title: string;
  readonly page: number;
  readonly children: readonly Bookmark[];
};

/** Bookmarks with the page each opens, from 1. */
export function bookmarksOf(pdf: Uint8Array): readonly Bookmark[] {
  const json = withFile(pdf, (path) => run('qpdf', ['--json=1', '--json-key=outlines', path]));
  const convert = (outline: QpdfOutline): Bookmark => ({
    title: outline.title,
    page: outline.destpageposfrom1,
    children: outline.kids.map(convert),
  });
  return (JSON.parse(json) as { outlines: readonly QpdfOutline[] }).outlines.map(convert);
}

/** Attached files by name, as they come out. */
export function attachmentsOf(pdf: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return withFile(pdf, (path, folder) => {
    const out = mkdtempSync(join(folder, 'out-'));
    run('pdfdetach', ['-enc', 'UTF-8', '-saveall', '-o', out, path]);
    return new Map(readdirSync(out).map((name) => [name, new Uint8Array(readFileSync(join(out, name)))]));
  });
}

/** Runs qpdf over a file and gives what it wrote. */
export function throughQpdf(
  pdf: Uint8Array,
  args: (input: string, output: string) => readonly string[],
): Uint8Array {
  return withFile(pdf, (path, folder) => {
    const output = join(folder, 'out.pdf');
    run('qpdf', args(path, output));
    return new Uint8Array(readFileSync(output));
  });
}

/** Share of dark pixels of a page, drawn at 36 dots per inch in grey. */
export function inkOf(pdf: Uint8Array, page: number): number {
  return withFile(pdf, (path, folder) => {
    const root = join(folder, 'page');
    run('pdftoppm', ['-r', '36', '-gray', '-f', String(page), '-l', String(page), '-singlefile', path, root]);
    const image = readFileSync(`${root}.pgm`);
    const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/u.exec(image.subarray(0, 40).toString('latin1'));
    const pixels = image.subarray(header?.[0].length ?? 0);
    return pixels.reduce((dark, grey) => dark + (grey < 128 ? 1 : 0), 0) / pixels.length;
  });
}
