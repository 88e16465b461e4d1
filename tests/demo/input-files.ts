import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export type InputFile = {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly isPdf: boolean;
};

/** The files of the input folder in the order of their names; folders and hidden files are passed over. */
export function readInput(folder: string): readonly InputFile[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(path.join(folder, name)).isFile())
    .sort((a, b) => a.localeCompare(b, 'vi'))
    .map((name) => {
      const file = path.join(folder, name);
      const bytes = readFileSync(file);
      return {
        path: file,
        // macOS stores names decomposed; the screens show them composed.
        name: name.normalize('NFC'),
        sha256: createHash('sha256').update(bytes).digest('hex'),
        isPdf: name.toLowerCase().endsWith('.pdf'),
      };
    });
}
