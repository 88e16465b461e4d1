import { latin1 } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import type { XrefEntry } from '../pdf/pdf-xref';
import type { ChangeLog } from './change-log';
import { isSameSyntax } from './revision-equality';

/**
 * Checks that the newer file continues the signed revision as ISO 32000-1 section 7.5.6 says: its cross-reference chain
 * runs through that of the signed revision, and every byte that was appended belongs to it. Gives the numbers of all
 * objects that later sections name.
 */
export async function compareChains(
  older: PdfDocument,
  newer: PdfDocument,
  log: ChangeLog,
): Promise<ReadonlySet<number>> {
  if (!isSameSyntax(older.trailer.get('Encrypt'), newer.trailer.get('Encrypt')))
    log.disallow('/Encrypt changed');
  const signed = newer.sections.findIndex(({ offset }) => offset === older.startXref);
  if (signed < 0) log.disallow('signed revision left out of the cross-reference chain');
  if (signed === 0) log.disallow('bytes appended without a cross-reference section');
  const later = signed < 0 ? newer.sections : newer.sections.slice(0, signed);
  // A section that stands within the signed bytes without being theirs has waited there for its day.
  if (later.some(({ offset }) => offset < older.source.size))
    log.disallow('hidden cross-reference section of the signed revision brought in');
  if (later.some(({ isAmbiguous }) => isAmbiguous)) log.disallow('object listed twice in one section');
  if (!(await endsWithNewestSection(newer))) log.disallow('bytes after the newest cross-reference section');
  const touched = new Set<number>();
  for (const { entries } of later) for (const num of entries.keys()) touched.add(num);
  compareSizes(older, newer, log);
  return touched;
}

const maxEnding = 1024;
const comments = '(?:\\s|%[^\\r\\n]*[\\r\\n])*';
const ending = new RegExp(
  `^${comments}(?:endstream${comments}endobj${comments})?startxref\\s+\\d+\\s+%%EOF\\s*$`,
);

/**
 * True when nothing but `startxref` follows the newest section. A file may otherwise end with the last lines of an earlier
 * revision once more, which takes back all later ones while their bytes are still there.
 */
async function endsWithNewestSection({ source, sections }: PdfDocument): Promise<boolean> {
  const end = sections[0]?.end ?? 0;
  const rest = source.size - end;
  return rest <= maxEnding && ending.test(latin1(await source.read(end, rest)));
}

/** Objects beyond the trailer's /Size count as missing (7.5.4), so a smaller /Size would hide them. */
function compareSizes(older: PdfDocument, newer: PdfDocument, log: ChangeLog): void {
  const [before, after] = [older.trailer.get('Size'), newer.trailer.get('Size')];
  if (typeof before !== 'number' || typeof after !== 'number' || after >= before) return;
  for (const [num, entry] of older.entries) {
    if (num >= after && num < before && isInUse(entry)) {
      log.disallow(`object ${num} hidden by a smaller /Size`);
      return;
    }
  }
}

function isInUse(entry: XrefEntry): boolean {
  return entry.type !== 'free';
}
