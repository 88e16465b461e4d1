/** A number and a symbol as they stand on a document, e.g. `35` and `KH-LĐLĐ`. */
export type NumberAndSymbol = { readonly number: string; readonly symbol: string };

const numberPattern = String.raw`(\d{1,6}[a-zđ]?)`;
const statePattern = new RegExp(
  String.raw`^(?:số\s*:?\s*)?${numberPattern}\s*[/ ]\s*([\p{L}\d][\p{L}\d&.\-/ ]*)$`,
  'iu',
);
const partyPattern = new RegExp(
  String.raw`^(?:số\s*:?\s*)?${numberPattern}\s*-\s*([\p{L}]{1,6}\s*/\s*[\p{L}\d.\- ]+)$`,
  'iu',
);

/**
 * Reads what a clerk types or pastes for number and symbol: state style `35/KH-LĐLĐ`, Party style `06-NQ/TU`, and sloppy
 * forms such as `Số: 35 /KH-LĐLĐ` and `128 NQ/CP`. Gives null when the text is neither.
 */
export function parseNumberAndSymbol(text: string): NumberAndSymbol | null {
  const clean = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const match = partyPattern.exec(clean) ?? statePattern.exec(clean);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { number: match[1], symbol: match[2].replace(/\s+/g, '') };
}

/**
 * Key under which two registrations of the same document meet (Appendix VI, III.1.h: same number, symbol and issuer).
 * Spacing, letter case, leading zeros and the order of a Party symbol do not matter. '-' for a document with no number.
 */
export function duplicateKey(number: string, symbol: string, issuer: string): string {
  if (number.trim() === '') return '-';
  const parts = symbol
    .normalize('NFC')
    .toLocaleUpperCase('vi')
    .split(/[-/\s]+/)
    .filter((part) => part !== '');
  const issuerKey = issuer
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
  return `${number
    .trim()
    .toLocaleLowerCase('vi')
    .replace(/^0+(?=\d)/, '')}|${parts.sort().join('-')}|${issuerKey}`.slice(0, 300);
}
