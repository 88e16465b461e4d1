const longest = 140;

/** A title as the name of a file on every system: no reserved signs, single spaces, not too long, with `.pdf`. */
export function pdfFileName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return `${plain.slice(0, longest).trim()}.pdf`;
}
