import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/** Class path of libpdfbox2-java and what it needs, where Debian puts them. */
export const pdfBoxJars = ['pdfbox2', 'fontbox2', 'commons-logging', 'bcprov', 'bcpkix', 'bcutil']
  .map((name) => `/usr/share/java/${name}.jar`)
  .join(':');

export type BouncyCastleReport = {
  readonly verified: boolean;
  readonly signingCertificateV2: boolean;
  readonly signingTime: boolean;
  /** The signed attributes are a DER SET OF: in ascending order. */
  readonly attributesInOrder: boolean;
  /** Self-issued certificates inside the CMS. */
  readonly roots: number;
  /** Whether the signature timestamp fits the signature value; null without one. */
  readonly timestamp: boolean | null;
};

/** What BouncyCastle says of each signature of the files, in order. */
export function bouncyCastle(...files: readonly string[]): readonly BouncyCastleReport[] {
  const program = path.join(import.meta.dirname, 'tools', 'ShowSignatures.java');
  const output = execFileSync('java', ['-cp', pdfBoxJars, program, ...files], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line): BouncyCastleReport => JSON.parse(line));
}

/** What MuPDF says of each signature. */
export function mutoolVerify(file: string): string {
  return spawnSync('mutool', ['sign', '-v', file], { encoding: 'utf8' }).stdout;
}

type Color = readonly [number, number, number];
export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly at: (x: number, y: number) => Color;
};

/** Draws page 1 with poppler or MuPDF at 72 dpi, so that a pixel is a point; y counts from the top. */
export function render(file: string, tool: 'pdftoppm' | 'mutool'): Picture {
  const args =
    tool === 'pdftoppm'
      ? ['-r', '72', '-cropbox', '-f', '1', '-l', '1', file]
      : ['draw', '-q', '-r', '72', '-F', 'ppm', '-o', '-', file, '1'];
  const { stdout } = spawnSync(tool, args, { maxBuffer: 1 << 28 });
  const header = /^P6\s+(?:#[^\n]*\n)?(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 100).toString('latin1'));
  if (header === null) throw new Error(`${tool} drew nothing`);
  const [width = 0, height = 0] = header.slice(1).map(Number);
  const start = header[0].length;
  const at = (x: number, y: number): Color => {
    const offset = start + 3 * (y * width + x);
    return [stdout[offset] ?? 0, stdout[offset + 1] ?? 0, stdout[offset + 2] ?? 0];
  };
  return { width, height, at };
}

export type Box = {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
};

/** The box of the pixels of a colour, in points from the lower left corner. */
export function colorBox({ width, height, at }: Picture, isInk: (color: Color) => boolean): Box {
  let [left, right, bottom, top] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(at(x, y))) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      bottom = Math.min(bottom, height - y - 1);
      top = Math.max(top, height - y);
    }
  }
  return { left, bottom, right, top };
}
