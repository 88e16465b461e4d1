import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PrintFonts } from '@shared/print';

// The build puts the fonts beside the worker.
const folder = path.join(import.meta.dirname, 'fonts');
let loaded: Promise<PrintFonts> | undefined;

/** The Times-metric faces of all printed matter, read once. */
export function printFonts(): Promise<PrintFonts> {
  loaded ??= readAll();
  return loaded;
}

async function readAll(): Promise<PrintFonts> {
  const [regular, bold, italic, boldItalic] = await Promise.all(
    ['Tinos_400Regular', 'Tinos_700Bold', 'Tinos_400Regular_Italic', 'Tinos_700Bold_Italic'].map(
      async (name) => new Uint8Array(await readFile(path.join(folder, `${name}.ttf`))),
    ),
  );
  if (regular === undefined || bold === undefined || italic === undefined || boldItalic === undefined) {
    throw new Error('fonts missing');
  }
  return { regular, bold, italic, boldItalic };
}
