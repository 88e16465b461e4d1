import { formatDay, formatDocumentNumber } from '../text/vi-format';
import type { IncomingRegisterRow, OutgoingRegisterRow, RegisterKind, RegisterRows } from './register-types';

function incomingCells(row: IncomingRegisterRow): readonly string[] {
  return [
    formatDay(row.arrivedOn),
    formatDocumentNumber(row.arrivalNumber),
    row.author,
    row.symbol,
    formatDay(row.documentDate),
    row.subject,
    row.receiver,
    formatDay(row.forwardedOn),
    '',
    row.note,
  ];
}

function outgoingCells(row: OutgoingRegisterRow): readonly string[] {
  return [
    row.symbol,
    formatDay(row.documentDate),
    row.subject,
    row.signer,
    row.receivers,
    row.copyKeeper,
    row.copies === 0 ? '' : String(row.copies),
    formatDay(row.forwardedOn),
    '',
    row.note,
  ];
}

/** The ten cells of each entry in the order of the decree's columns; "Ký nhận" is empty. */
export function registerCells<K extends RegisterKind>(
  kind: K,
  rows: RegisterRows[K],
): readonly (readonly string[])[] {
  return kind === 'incoming'
    ? (rows as RegisterRows['incoming']).map(incomingCells)
    : (rows as RegisterRows['outgoing']).map(outgoingCells);
}
