import type { Person, Unit } from '@shared/schema/people';
import { printedOutgoing as printed } from '../../i18n/printed-outgoing';

/** What a signer signs as: Decree 30/2020, article 13 and appendix I.II.7; '' where the head signs as such. */
export const capacities = ['TM.', 'KT.', 'TL.', 'TUQ.', 'Q.', ''] as const;
export type Capacity = (typeof capacities)[number];

const capitals = (text: string): string => text.trim().toLocaleUpperCase('vi');

/** The head for whom somebody signs: a deputy's own head, for everybody else the head of the union. */
function headTitle(position: string): string {
  const deputy = printed.deputy.exec(position.trim());
  return deputy?.[1] === undefined ? printed.head : capitals(deputy[1]);
}

/**
 * The lines in capitals above a signature: `TM. BAN THƯỜNG VỤ` / `CHỦ TỊCH`. A union signs TM., TL. and TUQ. for its
 * collective; without one they stand before the title of its head (Phụ lục I.II.7.b).
 */
export function authorityLines(
  capacity: string,
  unit: Pick<Unit, 'collective'>,
  signer: Pick<Person, 'position'>,
): readonly string[] {
  const position = capitals(signer.position);
  const body = capitals(unit.collective) || headTitle(signer.position);
  const lines = {
    'TM.': [`TM. ${body}`, position],
    'KT.': [`KT. ${headTitle(signer.position)}`, position],
    'TL.': [`TL. ${body}`, position],
    'TUQ.': [`TUQ. ${body}`, position],
    'Q.': [`Q. ${position.replace(printed.actingPrefix, '')}`],
    '': [position],
  }[capacity as Capacity] ?? [position];
  return lines.filter((line) => line !== '');
}

/** What a signer usually signs as: the head for the collective, a deputy for the head, others by order. */
export function usualCapacity(signer: Pick<Person, 'position'>): Capacity {
  const position = signer.position.trim();
  if (printed.deputy.test(position)) return 'KT.';
  if (printed.actingHead.test(position)) return 'Q.';
  return printed.chair.test(position) ? 'TM.' : 'TL.';
}
