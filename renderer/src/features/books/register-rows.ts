import { documentTypes } from '@shared/domain/document-types';
import { formatNumber } from '@shared/domain/numbering';
import { refusalIn } from '@shared/domain/refused-number';
import type { IncomingRegisterRow, OutgoingRegisterRow } from '@shared/print/register-types';
import type { NumberEntry } from '@shared/schema/books';
import type { Incoming, Outgoing } from '@shared/schema/documents';
import type { HistoryEntry } from '@shared/schema/values';
import { dayInHanoi } from '@shared/text/time';

/** Names that a register prints for ids, and the words it needs; ids that are not known print as ''. */
export type RegisterNames = {
  readonly person: (id: string) => string;
  readonly unit: (id: string) => string;
  /** Remarks printed in the last column. */
  readonly words: {
    readonly notHere: string;
    readonly voided: (reason: string) => string;
    /** In place of a reason that the server gave. */
    readonly refused: string;
    readonly missing: string;
    readonly explained: (reason: string) => string;
    readonly fromPaper: string;
    readonly archive: string;
    readonly more: (count: number) => string;
  };
};

/** One line of the book as the grid shows it: a number with its document, or a number that is missing. */
export type RegisterLine<Row> = {
  readonly key: string;
  readonly n: number;
  readonly document: string;
  readonly kind: 'entry' | 'void' | 'gap' | 'no-document';
  readonly row: Row;
};

/** Sổ đăng ký văn bản đến, one line for every number from 01 on, in the order of the book (Phụ lục IV, VI). */
export function incomingLines(
  entries: readonly NumberEntry[],
  documents: ReadonlyMap<string, Incoming>,
  names: RegisterNames,
): readonly RegisterLine<IncomingRegisterRow>[] {
  return linesOf(entries, documents, (entry, document, n) => ({
    arrivedOn: dayOf(entry),
    arrivalNumber: n,
    author: document?.issuer ?? entry?.paper?.party ?? '',
    symbol:
      document === undefined
        ? (entry?.paper?.symbol ?? '')
        : numberAndSymbol(document.number, document.symbol),
    documentDate: document?.date ?? '',
    subject: document === undefined ? (entry?.paper?.subject ?? '') : typeAndSubject(document),
    receiver: document === undefined ? '' : names.person(receiverOf(document)),
    forwardedOn:
      document === undefined ? '' : firstDay(document.history, ['incoming.submit', 'incoming.assign']),
    note: noteOf(entry, document, names.words, document?.note ?? ''),
  }));
}

/** Sổ đăng ký văn bản đi, one line for every number from 01 on, in the order of the book (Phụ lục IV, I). */
export function outgoingLines(
  entries: readonly NumberEntry[],
  documents: ReadonlyMap<string, Outgoing>,
  names: RegisterNames,
): readonly RegisterLine<OutgoingRegisterRow>[] {
  return linesOf(entries, documents, (entry, document, n) => ({
    symbol: numberAndSymbol(formatNumber(n), document?.symbol ?? entry?.paper?.symbol ?? ''),
    documentDate: dayOf(entry),
    subject: document === undefined ? (entry?.paper?.subject ?? '') : typeAndSubject(document),
    signer: document === undefined ? (entry?.paper?.party ?? '') : names.person(document.signer),
    receivers: document === undefined ? '' : receiversOf(document, names),
    copyKeeper: document === undefined ? '' : names.words.archive,
    copies: document?.copies ?? 0,
    forwardedOn:
      document === undefined || document.issuedAt === '' ? '' : dayInHanoi(Date.parse(document.issuedAt)),
    note: noteOf(entry, document, names.words, ''),
  }));
}

function linesOf<Document extends { readonly id: string }, Row>(
  entries: readonly NumberEntry[],
  documents: ReadonlyMap<string, Document>,
  rowOf: (entry: NumberEntry | undefined, document: Document | undefined, n: number) => Row,
): readonly RegisterLine<Row>[] {
  const lines: RegisterLine<Row>[] = [];
  let expected = 1;
  for (const entry of [...entries].sort((a, b) => a.n - b.n)) {
    for (; expected < entry.n; expected += 1) {
      const row = rowOf(undefined, undefined, expected);
      lines.push({ key: `gap-${expected}`, n: expected, document: '', kind: 'gap', row });
    }
    expected = Math.max(expected, entry.n + 1);
    const document = documents.get(entry.document);
    const kind = kindOf(entry, document !== undefined);
    lines.push({
      key: entry.id,
      n: entry.n,
      document: entry.document,
      kind,
      row: rowOf(entry, document, entry.n),
    });
  }
  return lines;
}

/** A placeholder knows no day of its own. */
function dayOf(entry: NumberEntry | undefined): string {
  return entry === undefined || entry.status === 'lost-device' ? '' : entry.date;
}

function kindOf({ status, paper }: NumberEntry, known: boolean): RegisterLine<unknown>['kind'] {
  if (status === 'void') return 'void';
  if (status === 'lost-device') return 'gap';
  return known || paper !== undefined ? 'entry' : 'no-document';
}

function noteOf(
  entry: NumberEntry | undefined,
  document: unknown,
  words: RegisterNames['words'],
  note: string,
): string {
  if (entry === undefined) return words.missing;
  if (entry.status === 'void')
    return words.voided(refusalIn(entry.reason) === null ? entry.reason : words.refused);
  if (entry.status === 'paper') return words.fromPaper;
  if (entry.status === 'lost-device')
    return entry.reason === '' ? words.missing : words.explained(entry.reason);
  return document === undefined && entry.paper === undefined ? words.notHere : note;
}

/** `35/KH-LĐLĐ`; Party style `06-NQ/TU` keeps its hyphen; whichever half is missing is left out. */
function numberAndSymbol(number: string, symbol: string): string {
  if (number === '' || symbol === '') return `${number}${symbol}`;
  return symbol.includes('/') && !symbol.includes('-') ? `${number}-${symbol}` : `${number}/${symbol}`;
}

/** A công văn has no type name in front: its trích yếu follows "V/v" (Phụ lục I, II.5). */
function typeAndSubject(document: { readonly type: string; readonly subject: string }): string {
  if (document.type === '' || document.type === documentTypes[0].name) return document.subject;
  const already = document.subject
    .toLocaleLowerCase('vi')
    .startsWith(`${document.type.toLocaleLowerCase('vi')} `);
  return already ? document.subject : `${document.type} ${document.subject}`;
}

function receiverOf(document: Incoming): string {
  return document.assignment?.lead ?? document.submittedTo;
}

function receiversOf(document: Outgoing, names: RegisterNames): string {
  const others = document.otherReceivers
    .split(/\r?\n|;/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return joinWithin([...document.receivers.map(names.unit).filter((name) => name !== ''), ...others], names);
}

/** A cell of the printed book holds at most this many characters. */
const longestCell = 1900;

function joinWithin(parts: readonly string[], names: RegisterNames): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    const next = text === '' ? part : `${text}; ${part}`;
    if (next.length > longestCell) return `${text}; ${names.words.more(parts.length - index)}`;
    text = next;
  }
  return text;
}

function firstDay(history: Readonly<Record<string, HistoryEntry>>, acts: readonly string[]): string {
  const moments = Object.values(history)
    .filter((entry) => acts.includes(entry.what) && entry.at !== '')
    .map((entry) => entry.at)
    .sort((a, b) => a.localeCompare(b));
  return moments[0] === undefined ? '' : dayInHanoi(Date.parse(moments[0]));
}
