import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { typesetDocument } from '@shared/print/index';
import { sampleDocuments } from '../../server/sample/texts/index';
import { pdfOf } from '../integration/intake/samples';
import { tinos } from '../integration/print/pdf-tools';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A folder for the files that a test makes. */
export function paperFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'cong-van-papers-'));
}

/** Writes bytes under a name and gives the path. */
export function writePaper(folder: string, name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** A scanned-in letter as somebody else's office would send it; every one has other bytes. */
export async function letter(folder: string, name: string, pages = 1): Promise<string> {
  const bytes = await pdfOf(pages);
  return writePaper(folder, name, Buffer.concat([bytes, Buffer.from(`% ${name}\n`)]));
}

/** A decision of the district union, typeset, with blanks for its number and day and with the names of its signers. */
export async function openDecision(folder: string, name: string): Promise<string> {
  const sample = sampleDocuments.find(({ id }) => id === 'huyen-qd-21');
  if (sample === undefined) throw new Error('the sample decision is gone');
  const { pdf } = await typesetDocument({ ...sample.document, number: null, date: null }, tinos);
  return writePaper(folder, name, pdf);
}
