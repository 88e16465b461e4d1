import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export type InputFile = {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly isPdf: boolean;
};

/**
 * The files of the input folder in the order of their names; folders and hidden files are passed over. A file that
 * cannot be read is told to `onUnreadable` and does not stop the rest.
 */
export function readInput(
  folder: string,
  onUnreadable: (name: string, error: unknown) => void,
): readonly InputFile[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort((a, b) => a.localeCompare(b, 'vi'))
    .flatMap((name) => {
      const file = path.join(folder, name);
      try {
        if (!statSync(file).isFile()) return [];
        const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
        // macOS stores names decomposed; the screens show them composed.
        return [
          { path: file, name: name.normalize('NFC'), sha256, isPdf: name.toLowerCase().endsWith('.pdf') },
        ];
      } catch (error) {
        onUnreadable(name, error);
        return [];
      }
    });
}
