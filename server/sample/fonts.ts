import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PrintFonts } from '@shared/print/index';

/** Reads the four faces of Tinos, a Times-metric family with all Vietnamese letters, from its package. */
export async function readPrintFonts(): Promise<PrintFonts> {
  const { resolve } = createRequire(import.meta.url);
  const face = (style: string) => readFile(resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`));
  const [regular, bold, italic, boldItalic] = await Promise.all([
    face('400Regular'),
    face('700Bold'),
    face('400Regular_Italic'),
    face('700Bold_Italic'),
  ]);
  return { regular, bold, italic, boldItalic };
}
