import type { Outgoing, OutgoingState } from '@shared/schema/documents';
import type { Person } from '@shared/schema/people';

/** The filter chips above the list, in the order of the road. */
export const outgoingChips = [
  'all',
  'draft',
  'submitted',
  'signed',
  'numbered',
  'sealed',
  'issued',
  'to-sign',
  'returned',
] as const;
export type OutgoingChip = (typeof outgoingChips)[number];

const statesOf: Partial<Record<OutgoingChip, readonly OutgoingState[]>> = {
  draft: ['draft'],
  submitted: ['submitted'],
  signed: ['signed', 'waiting-number'],
  numbered: ['numbered'],
  sealed: ['sealed'],
  issued: ['issued', 'cancelled'],
};

/** The states that a chip shows; null for chips that ask for more than a state. */
export function statesOfChip(chip: OutgoingChip): readonly OutgoingState[] | null {
  return statesOf[chip] ?? null;
}

/** Whether a document belongs under a chip; "chờ tôi ký" asks for the person at the workstation. */
export function belongsTo(chip: OutgoingChip, document: Outgoing, person: Person | null): boolean {
  if (chip === 'all') return true;
  if (chip === 'to-sign')
    return person !== null && document.state === 'submitted' && document.signer === person.id;
  if (chip === 'returned') return document.state === 'draft' && document.returnReason !== '';
  return statesOfChip(chip)?.includes(document.state) ?? false;
}
