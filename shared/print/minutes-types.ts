import type { DocumentHead, Receiver } from './document-types';

/** Someone in the minutes, with the position that is written after the name. */
export type MinutesPerson = { readonly name: string; readonly position: string };

/** Result of a show of hands, with the rule it was judged by spelled out. */
export type MinutesVote = {
  readonly question: string;
  /** How it was held: `giơ tay`. */
  readonly method: string;
  readonly counts: readonly { readonly label: string; readonly count: number }[];
  /** What the shares are taken of: `tổng số ủy viên có mặt`, 23. */
  readonly base: { readonly name: string; readonly count: number };
  /** The threshold in words: `trên 1/2 tổng số ủy viên có mặt (từ 12 phiếu tán thành)`. */
  readonly threshold: string;
  readonly passed: boolean;
};

/** One step of the meeting as it happened. */
export type MinutesStep = {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly votes: readonly MinutesVote[];
};

export type MinutesConclusion = {
  readonly text: string;
  readonly owner: string;
  /** `YYYY-MM-DD` or ''. */
  readonly due: string;
};

/** Biên bản of a meeting (NĐ 30/2020, Phụ lục III, Mẫu 1.9). Moments are ISO 8601 and print as Vietnamese time. */
export type Minutes = Omit<DocumentHead, 'place' | 'date' | 'openDate'> & {
  /** Name of the meeting, under BIÊN BẢN. */
  readonly title: string;
  readonly startedAt: string;
  /** '' while the meeting runs: room is left for the pen. */
  readonly endedAt: string;
  readonly venue: string;
  readonly attendance: {
    readonly summoned: number;
    readonly present: readonly MinutesPerson[];
    readonly absent: readonly (MinutesPerson & { readonly reason: string })[];
    readonly guests: readonly MinutesPerson[];
    /** The quorum rule in words, and whether it was met. */
    readonly quorum: { readonly rule: string; readonly met: boolean };
  };
  readonly chair: MinutesPerson;
  readonly secretary: MinutesPerson;
  readonly proceedings: readonly MinutesStep[];
  readonly conclusions: readonly MinutesConclusion[];
  readonly receivers: readonly Receiver[];
  readonly sealDiameter?: number;
  readonly createdAt?: string;
};
