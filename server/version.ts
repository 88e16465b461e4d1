import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Version of this program, from the `package.json` it was installed with. */
export const programVersion = readVersion(import.meta.dirname);

function readVersion(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file))
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  return readVersion(path.dirname(folder));
}
