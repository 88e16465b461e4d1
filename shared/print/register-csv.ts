import { cleanText } from './clean-text';
import { registerCells } from './register-rows';
import { type RegisterKind, type RegisterRows, registerColumns } from './register-types';

const byteOrderMark = '\ufeff';

/**
 * One field by RFC 4180. A leading `= + - @` (also after spaces) would be run as a formula by a spreadsheet,
 * so such text is preceded by an apostrophe; control characters are dropped.
 */
function csvField(text: string): string {
  const plain = cleanText(text);
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A register book as CSV: UTF-8 text with a byte order mark (spreadsheets need it for Vietnamese), CRLF
 * lines, the same ten columns as the printed book, headings first.
 */
export function registerCsv<K extends RegisterKind>(kind: K, rows: RegisterRows[K]): string {
  const table = [registerColumns[kind].map((column) => column.title), ...registerCells(kind, rows)];
  return byteOrderMark + table.map((cells) => `${cells.map(csvField).join(',')}\r\n`).join('');
}
