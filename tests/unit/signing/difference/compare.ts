import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { compareRevisions } from '../../../../shared/signing/difference/difference';
import { PdfDocument } from '../../../../shared/signing/pdf/pdf-document';
import type { FieldLock } from '../../../../shared/signing/pdf/pdf-fields';
import {
  changedText,
  contractObjects,
  type RawObjects,
  type RawUpdate,
  rawPdf,
  rawUpdate,
} from '../../../integration/signing/attack-files';

export type Difference = {
  readonly level: string;
  readonly what: readonly string[];
  readonly covers: boolean;
  /** Where something changed; null for a change without a place. */
  readonly places: readonly (readonly number[] | null)[];
};

export const open = (file: Buffer): Promise<PdfDocument> =>
  PdfDocument.open(memorySource(new Uint8Array(file)), nodeCrypto);

/** What the comparison says of two files, of which the second continues the first. */
export async function compareFiles(
  before: Buffer,
  after: Buffer,
  locks: readonly FieldLock[] = [],
): Promise<Difference> {
  const newer = await open(after);
  const log = await compareRevisions(await newer.openRevision(before.length), newer, locks);
  return {
    level: log.level,
    what: log.changes.map(({ what }) => what),
    covers: log.coversContent,
    places: log.changes.map(({ rect }) => rect ?? null),
  };
}

/** The same for the contract with some objects of its own, and an update of it. */
export function compareUpdate(
  own: RawObjects,
  update: RawUpdate,
  locks: readonly FieldLock[] = [],
): Promise<Difference> {
  const before = rawPdf({ ...contractObjects, ...own });
  return compareFiles(before, rawUpdate(before, update), locks);
}

/** Objects of the contract with more entries in front. */
export const withMore = (
  num: number,
  entries: string,
  objects: RawObjects = contractObjects,
): RawObjects => ({
  [num]: changedText(objects[num] ?? '', '<<', `<<${entries}`),
});

/** The contract with more annotations on its first page. */
export const annotated = (numbers: string): RawObjects => ({
  3: changedText(contractObjects[3] ?? '', '24 0 R]', `24 0 R ${numbers}]`),
});

/** The form with more fields. */
export const fielded = (numbers: string, objects: RawObjects = contractObjects): RawObjects => ({
  8: changedText(objects[8] ?? '', '22 0 R]', `22 0 R ${numbers}]`),
});
