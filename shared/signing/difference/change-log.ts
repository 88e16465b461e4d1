import type { ChangeLevel, DocumentChange } from '../check/check-report';

/** How far later revisions went, from nothing to what no signature allows. */
export const changeRanks = {
  none: 0,
  /** Validation data and document timestamps, which even a certification with P=1 allows. */
  longTerm: 1,
  signatures: 2,
  formFill: 3,
  disallowed: 4,
} as const;

export type ChangeRank = (typeof changeRanks)[keyof typeof changeRanks];

const levels: readonly ChangeLevel[] = ['none', 'lta', 'signatures', 'form-fill', 'disallowed'];
const maxReported = 40;

/** Collects the changes between two revisions and keeps the gravest rank. */
export class ChangeLog {
  rank: ChangeRank = changeRanks.none;
  private readonly found: DocumentChange[] = [];

  add(rank: ChangeRank, what: string, place: { page?: number; rect?: readonly number[] } = {}): void {
    if (rank > this.rank) this.rank = rank;
    const level = levels[rank];
    const isReported = level !== undefined && level !== 'none' && level !== 'not-analysed';
    if (isReported && this.found.length < maxReported) this.found.push({ level, what, ...place });
  }

  disallow(what: string, place: { page?: number; rect?: readonly number[] } = {}): void {
    this.add(changeRanks.disallowed, what, place);
  }

  get level(): ChangeLevel {
    return levels[this.rank] ?? 'disallowed';
  }

  get changes(): readonly DocumentChange[] {
    return this.found;
  }
}
