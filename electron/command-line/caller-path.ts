import path from 'node:path';
import process from 'node:process';

/** A path as the caller meant it: npm runs its scripts in the folder of the project, wherever it was called. */
export function pathFromCaller(file: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}
