import type { Stored } from '@shared/domain/plan';
import type { IncomingState } from '@shared/schema/documents';

export const incomingChips = [
  'all',
  'arrived',
  'registered',
  'submitted',
  'assigned',
  'in-progress',
  'mine',
  'overdue',
  'done',
  'returned',
] as const;
export type IncomingChip = (typeof incomingChips)[number];

const open: readonly IncomingState[] = ['registered', 'submitted', 'assigned', 'in-progress'];

/** The chip that an address names; 'all' for anything else. */
export function chipOf(filter: string): IncomingChip {
  return incomingChips.find((chip) => chip === filter) ?? 'all';
}

/** What the form part of an address asks for. */
export type Mode = 'read' | 'register' | 'edit' | 'paper';
export function modeOf(path: string): Mode {
  if (path === '/register-paper') return 'paper';
  if (path.endsWith('/register')) return 'register';
  return path.endsWith('/edit') ? 'edit' : 'read';
}

/** States that the database looks for; null for every state. */
export function statesOfChip(chip: IncomingChip): readonly IncomingState[] | null {
  switch (chip) {
    case 'all':
      return null;
    case 'mine':
      return ['assigned', 'in-progress'];
    case 'overdue':
      return open;
    default:
      return [chip];
  }
}

/** Rows of a chip among those of its states. */
export function rowsOfChip(
  rows: readonly Stored<'incoming'>[],
  chip: IncomingChip,
  me: string,
  today: string,
): readonly Stored<'incoming'>[] {
  if (chip === 'mine') return rows.filter((row) => isMine(row, me));
  if (chip === 'overdue') return rows.filter((row) => row.dueDate !== '' && row.dueDate < today);
  return rows;
}

function isMine(row: Stored<'incoming'>, me: string): boolean {
  return row.assignment?.lead === me || row.assignment?.support.includes(me) === true;
}

/** `35/KH-LĐLĐ` as printed on the document; '' when it has none. */
export function numberAndSymbol(row: { readonly number: string; readonly symbol: string }): string {
  if (row.number === '') return row.symbol;
  return row.symbol === '' ? row.number : `${row.number}/${row.symbol}`;
}

/** The next document after `id` that still waits for somebody; undefined when none is left. */
export function nextOpen(rows: readonly Stored<'incoming'>[], id: string): Stored<'incoming'> | undefined {
  const waits = (row: Stored<'incoming'>): boolean =>
    row.id !== id && row.state !== 'done' && row.state !== 'returned';
  const at = rows.findIndex((row) => row.id === id);
  return rows.slice(at + 1).find(waits) ?? rows.find(waits);
}
