import type { Stored } from '@shared/domain/plan';
import { useMemo } from 'react';
import { useRows, useSession } from '../../data';
import { filterByText } from '../../ui';
import { belongsTo, type OutgoingChip, outgoingChips } from './chips';
import { rowText } from './OutgoingRow';

const openStates = ['draft', 'submitted', 'signed', 'waiting-number', 'numbered', 'sealed'] as const;
/** Issued documents read at a time; the open ones are always all there. */
export const issuedStep = 500;

export type OutgoingList = {
  /** null while loading. */
  readonly rows: readonly Stored<'outgoing'>[] | null;
  readonly counts: Readonly<Record<OutgoingChip, number>>;
  /** There are older issued documents than those read. */
  readonly more: boolean;
};

/**
 * The documents under a chip that fit the typed text, newest first, and how many open ones stand under each chip. The
 * document in front stays in the list when an act takes it to another chip, until the cursor moves on.
 */
export function useOutgoingList(
  chip: OutgoingChip,
  text: string,
  issuedLimit: number,
  front: Stored<'outgoing'> | null,
): OutgoingList {
  const { person } = useSession();
  const open = useRows('outgoing', { selector: { state: { $in: [...openStates] } } });
  const issued = useRows('outgoing', { selector: { state: 'issued' }, limit: issuedLimit });
  return useMemo(() => {
    const counts = Object.fromEntries(
      outgoingChips.map((key) => [
        key,
        key === 'all' ? 0 : (open ?? []).filter((row) => belongsTo(key, row, person)).length,
      ]),
    ) as Record<OutgoingChip, number>;
    if (open === null || issued === null) return { rows: null, counts, more: false };
    const under = [...open, ...issued].filter((row) => belongsTo(chip, row, person));
    const fitting = text.trim() === '' ? under : filterByText(under, rowText, text, under.length);
    const kept = front === null || fitting.some(({ id }) => id === front.id) ? fitting : [...fitting, front];
    const rows = [...kept].sort((a, b) => a.newestFirst - b.newestFirst);
    const more = (chip === 'all' || chip === 'issued') && issued.length === issuedLimit;
    return { rows, counts, more };
  }, [open, issued, chip, text, issuedLimit, person, front]);
}
