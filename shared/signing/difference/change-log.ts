import type { ChangeLevel, DocumentChange } from '../check/check-report';

/** How far later revisions went, from nothing to what no signature allows. */
export const changeRanks = {
  none: 0,
  /** Validation data, document timestamps and what shows nothing: even a certification with P=1 allows them. */
  longTerm: 1,
  signatures: 2,
  formFill: 3,
  annotations: 4,
  disallowed: 5,
} as const;

export type ChangeRank = (typeof changeRanks)[keyof typeof changeRanks];

/** Where a change shows: page index, rectangle in user space, and whether it hides what had been signed there. */
export type ChangePlace = { page?: number; rect?: readonly number[]; covers?: boolean };

const levels: readonly ChangeLevel[] = [
  'none',
  'lta',
  'signatures',
  'form-fill',
  'annotations',
  'disallowed',
];
const maxReported = 40;

/** Collects the changes between two revisions and keeps the gravest rank. */
export class ChangeLog {
  rank: ChangeRank = changeRanks.none;
  /** True once something that was added hides signed content. */
  coversContent = false;
  private readonly found: DocumentChange[] = [];

  add(rank: ChangeRank, what: string, place: ChangePlace = {}): void {
    if (rank > this.rank) this.rank = rank;
    if (place.covers) this.coversContent = true;
    const level = levels[rank];
    const isReported = level !== undefined && level !== 'none' && level !== 'not-analysed';
    if (isReported && this.found.length < maxReported) this.found.push({ level, what, ...place });
  }

  disallow(what: string, place: ChangePlace = {}): void {
    this.add(changeRanks.disallowed, what, place);
  }

  get level(): ChangeLevel {
    return levels[this.rank] ?? 'disallowed';
  }

  get changes(): readonly DocumentChange[] {
    return this.found;
  }
}
