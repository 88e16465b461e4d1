import type { ErrorCode } from '../../result/codes';
import type { FileKind } from '../../schema/values';

/** One item of the agenda, in order. */
export type PackAgendaItem = {
  readonly id: string;
  readonly title: string;
  readonly presenter: string;
  /** Planned minutes, 0 where not planned. */
  readonly minutes: number;
};

/** The meeting a pack is made for. `startsAt` is ISO 8601 and prints as Vietnamese time. */
export type PackMeeting = {
  readonly superior: string;
  readonly issuer: string;
  readonly title: string;
  readonly startsAt: string;
  readonly venue: string;
  readonly chair: string;
  /** Number of this publication, from 1. */
  readonly version: number;
  readonly agenda: readonly PackAgendaItem[];
  readonly createdAt?: string;
};

/** One paper of the meeting. */
export type PackPaper = {
  readonly title: string;
  /** The agenda item it belongs to; any other value files it under "Tài liệu khác". */
  readonly agendaItemId: string;
  readonly fileName: string;
  readonly mime: string;
  readonly kind: FileKind;
  /** Lower-case hexadecimal SHA-256 of the original. */
  readonly sha256: string;
  /** The original file; null when it is not to be put in the pack (a video) or not at hand. */
  readonly bytes: Uint8Array | null;
};

/** Why the pages of a paper are not in the pack. */
export type PackProblemCode = Extract<
  ErrorCode,
  'FILE_ENCRYPTED' | 'FILE_BROKEN' | 'FILE_EMPTY' | 'FILE_NOT_FOUND'
>;

export type PackProblem = {
  readonly title: string;
  readonly fileName: string;
  readonly code: PackProblemCode;
};

/** Where a paper stands in the pack, pages from 1. */
export type PackedPaper = {
  readonly title: string;
  readonly agendaItemId: string;
  readonly firstPage: number;
  readonly pages: number;
};

export type AssembledPack = {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly papers: readonly PackedPaper[];
  readonly problems: readonly PackProblem[];
};
