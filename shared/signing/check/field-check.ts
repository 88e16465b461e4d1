import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import { isString, textOf } from '../pdf/pdf-objects';
import type { CryptoPort } from '../ports';
import { type FoundTimestamp, readSignatureTimestamp } from './best-time';
import type { LocatedSignature } from './byte-range';
import type { SignatureProblem } from './check-report';
import { type ContentsCheck, checkContents } from './contents-check';
import { checkLater, type LaterCheck, nothingLater } from './later-check';

/** All that one signature says by itself, before anybody is asked to be trusted. */
export type FieldCheck = {
  readonly field: FormField;
  readonly located: LocatedSignature;
  readonly subFilter: string;
  readonly isTimestamp: boolean;
  /** First byte after what it covers; -1 when that cannot be told. */
  readonly end: number;
  readonly contents: ContentsCheck | null;
  /** Its own signature timestamp. */
  readonly timestamp: FoundTimestamp | null;
  readonly later: LaterCheck;
  /** Text of /M. */
  readonly claimedTime: string | null;
  readonly problems: readonly SignatureProblem[];
};

/** Checks one signature field: its place, its CMS, and what later revisions made of the document. */
export async function checkField(
  crypto: CryptoPort,
  document: PdfDocument,
  field: FormField,
  located: LocatedSignature,
  isShared: boolean,
): Promise<FieldCheck> {
  const { dict } = located;
  const subFilter = (await document.name(dict?.get('SubFilter'))) ?? '';
  const type = await document.name(dict?.get('Type'));
  const contents = located.sound ? await checkContents(crypto, document.source, located, subFilter) : null;
  const later = located.sound ? await checkLater(document, field, located) : nothingLater;
  const claimed = await document.resolve(dict?.get('M'));
  const isTimestamp = type === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161';
  return {
    field,
    located,
    subFilter,
    isTimestamp,
    end: located.sound ? located.end : -1,
    contents,
    timestamp: contents?.cms && !isTimestamp ? await readSignatureTimestamp(crypto, contents.cms) : null,
    later,
    claimedTime: isString(claimed) ? textOf(claimed) : null,
    problems: [
      ...(isShared ? (['SIGNATURE_SHARED_BY_FIELDS'] as const) : []),
      ...(located.sound ? located.problems : [located.problem]),
      ...(contents?.problems ?? []),
      ...later.problems,
    ],
  };
}
