/** Characters that take no ink and would print as boxes: controls, zero-width marks, soft hyphen, BOM; not line feeds. */
const invisible = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Makes text fit for a page: NFC (one glyph per Vietnamese letter), CRLF and CR as LF, tabs as spaces,
 * invisible characters dropped. Line feeds stay: they are hard line breaks.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(/\t/gu, ' ').replace(invisible, '').normalize('NFC');
}
