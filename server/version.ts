import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder that this program was installed in: the one with its `package.json`. */
export const programFolder = folderWithPackage(import.meta.dirname);

/** Version of this program. */
export const programVersion = (
  JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8')) as { readonly version: string }
).version;

function folderWithPackage(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : folderWithPackage(path.dirname(folder));
}
