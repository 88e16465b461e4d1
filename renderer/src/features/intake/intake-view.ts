import { type FiledItem, hasFile } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { type ErrorCode, errorCodes } from '@shared/result/codes';

export const intakeChips = ['waiting', 'problem', 'registered', 'set-aside', 'purged'] as const;
export type IntakeChip = (typeof intakeChips)[number];

/** The chip that an address names; 'waiting' for anything else. */
export function chipOf(filter: string): IntakeChip {
  return intakeChips.find((chip) => chip === filter) ?? 'waiting';
}

/** Items of a chip. Those with a problem wait too: they are in both lists, so that none is overlooked. */
export function itemsOfChip(
  rows: readonly Stored<'intake'>[],
  chip: IntakeChip,
): readonly Stored<'intake'>[] {
  if (chip === 'problem') return rows.filter((row) => row.state === 'waiting' && row.problem !== '');
  return rows.filter((row) => row.state === chip);
}

/** The earliest item with the same bytes that came before this one; undefined when this one is the first. */
export function twinOf(rows: readonly Stored<'intake'>[], item: FiledItem): FiledItem | undefined {
  return rows
    .filter(hasFile)
    .filter((row) => row.file.sha256 === item.file.sha256 && cameBefore(row, item) < 0)
    .sort(cameBefore)[0];
}

function cameBefore(a: Stored<'intake'>, b: Stored<'intake'>): number {
  return a.at.localeCompare(b.at) || a.id.localeCompare(b.id);
}

/** The code of what is wrong with a file; null when nothing is. An unknown word reads as a broken file. */
export function problemCode(problem: string): ErrorCode | null {
  if (problem === '') return null;
  return errorCodes.find((code) => code === problem) ?? 'FILE_BROKEN';
}

/** The item to register after `id`: the next one in the list, else the first. */
export function nextWaiting(rows: readonly Stored<'intake'>[], id: string): Stored<'intake'> | undefined {
  const waiting = rows.filter((row) => row.state === 'waiting');
  const at = waiting.findIndex((row) => row.id === id);
  return waiting.slice(at + 1).find((row) => row.id !== id) ?? waiting.find((row) => row.id !== id);
}
