import { AppError } from '../result/result';
import type { Attendance, Conclusion, Meeting, Pack, Vote, VoteRule } from '../schema/meetings';
import { levelWith, type MinutesRole, type SignatureLevel } from '../schema/signature-state';
import type { FileRef } from '../schema/values';
import { type Context, createRow, historyPatch, newestFirst, type Plan, patchRow, type Stored } from './plan';
import type { Rise } from './rise';

export type MeetingForm = Pick<
  Meeting,
  'title' | 'place' | 'startsAt' | 'chair' | 'secretary' | 'agenda' | 'papers' | 'participants' | 'quorum'
>;

/** Begins to prepare a meeting. */
export function createMeeting(context: Context, form: MeetingForm): Plan {
  if (form.title.trim() === '') throw new AppError('MISSING_FIELD', 'title');
  const row: Meeting = {
    ...form,
    id: context.newId(),
    unit: context.person.unit,
    newestFirst: newestFirst(form.startsAt === '' ? context.now : form.startsAt),
    state: 'preparing',
    pack: null,
    attendance: {},
    votes: {},
    conclusions: {},
    startedAt: '',
    endedAt: '',
    minutesText: '',
    minutes: null,
    history: {
      [context.newId()]: { by: context.person.id, at: context.now, what: 'meeting.create', detail: '' },
    },
  };
  return { command: 'meeting.create', changes: [createRow('meetings', row)] };
}

/** Changes agenda, papers or participants before the meeting opens; a published pack needs publishing again. */
export function prepareMeeting(
  context: Context,
  meeting: Stored<'meetings'>,
  form: Partial<MeetingForm>,
): Plan {
  return {
    command: 'meeting.prepare',
    changes: [patchRow('meetings', meeting, { ...form, ...historyPatch(context, 'meeting.prepare') })],
  };
}

/**
 * The canonical text of a pack: agenda, papers, their order and hashes. Its SHA-256 is the manifest that every
 * device compares, so that "tài liệu tôi nhận khác" has a factual answer.
 */
export function packManifest(
  meeting: Pick<Meeting, 'id' | 'title' | 'agenda' | 'papers'>,
  version: number,
): string {
  return JSON.stringify({
    meeting: meeting.id,
    version,
    title: meeting.title,
    agenda: meeting.agenda.map((item) => [item.id, item.title]),
    papers: meeting.papers.map((paper) => [
      paper.id,
      paper.agendaItem,
      paper.title,
      paper.file.sha256,
      paper.file.size,
    ]),
  });
}

/** Phát hành gói tài liệu: from now on the units of the participants see the meeting. */
export function publishMeeting(
  context: Context,
  meeting: Stored<'meetings'>,
  pack: { readonly manifest: string; readonly document: FileRef | null },
): Plan {
  if (meeting.agenda.length === 0) throw new AppError('MISSING_FIELD', 'agenda');
  if (meeting.participants.length === 0) throw new AppError('MISSING_FIELD', 'participants');
  const next: Pack = {
    version: (meeting.pack?.version ?? 0) + 1,
    at: context.now,
    by: context.person.id,
    manifest: pack.manifest,
    document: pack.document,
  };
  const patch = {
    state: 'published',
    pack: next,
    ...historyPatch(context, 'meeting.publish', String(next.version)),
  } as const;
  return { command: 'meeting.publish', changes: [patchRow('meetings', meeting, patch)] };
}

/** Khai mạc. QUORUM_NOT_MET while fewer than the required share of the summoned are there. */
export function openMeeting(context: Context, meeting: Stored<'meetings'>): Plan {
  if (!quorumOf(meeting).met) throw new AppError('QUORUM_NOT_MET');
  const patch = { state: 'open', startedAt: context.now, ...historyPatch(context, 'meeting.open') } as const;
  return { command: 'meeting.open', changes: [patchRow('meetings', meeting, patch)] };
}

/** Điểm danh of one participant: có mặt, or vắng with the reason. */
export function recordAttendance(
  context: Context,
  meeting: Stored<'meetings'>,
  participant: string,
  status: Attendance['status'],
  reason = '',
): Plan {
  if (!meeting.participants.some((known) => known.id === participant))
    throw new AppError('NOT_FOUND', participant);
  const patch = { [`attendance.${participant}`]: { status, at: context.now, reason } };
  return { command: 'meeting.attend', changes: [patchRow('meetings', meeting, patch)] };
}

export type Quorum = {
  readonly summoned: number;
  readonly present: number;
  readonly needed: number;
  readonly met: boolean;
};

/** Whether enough of the summoned are present (Điều lệ, Điều 10: at least 2/3; or more than half where so ruled). */
export function quorumOf(meeting: Pick<Meeting, 'participants' | 'attendance' | 'quorum'>): Quorum {
  const summoned = meeting.participants.length;
  const present = meeting.participants.filter((p) => meeting.attendance[p.id]?.status === 'present').length;
  const needed =
    meeting.quorum === 'two-thirds' ? Math.ceil((summoned * 2) / 3) : Math.floor(summoned / 2) + 1;
  return { summoned, present, needed, met: summoned > 0 && present >= needed };
}

/** Voting members summoned and present: the electorate of a show of hands. */
export function electorateOf(meeting: Pick<Meeting, 'participants' | 'attendance'>): {
  readonly summoned: number;
  readonly present: number;
} {
  const voting = meeting.participants.filter((p) => p.voting);
  return {
    summoned: voting.length,
    present: voting.filter((p) => meeting.attendance[p.id]?.status === 'present').length,
  };
}

/** Whether `agree` passes: more than half, or at least two thirds, of the rule's denominator. */
export function votePasses(
  rule: VoteRule,
  agree: number,
  electorate: { readonly summoned: number; readonly present: number },
): boolean {
  const denominator = electorate[rule.denominator];
  return rule.threshold === 'over-half'
    ? agree * 2 > denominator
    : denominator > 0 && agree * 3 >= denominator * 2;
}

export type HandVote = Pick<Vote, 'agendaItem' | 'question' | 'rule' | 'agree' | 'disagree' | 'other'>;

/**
 * Biểu quyết giơ tay: the secretary types three counts. INVALID_INPUT when they add up to more than the voting members
 * present; who raised no hand is neither for nor against, so fewer is allowed.
 */
export function recordVote(context: Context, meeting: Stored<'meetings'>, hands: HandVote): Plan {
  if (!quorumOf(meeting).met) throw new AppError('QUORUM_NOT_MET');
  const electorate = electorateOf(meeting);
  if (hands.agree + hands.disagree + hands.other > electorate.present)
    throw new AppError('INVALID_INPUT', 'counts');
  const vote: Vote = {
    ...hands,
    ...electorate,
    passed: votePasses(hands.rule, hands.agree, electorate),
    at: context.now,
  };
  const patch = { [`votes.${context.newId()}`]: vote, ...historyPatch(context, 'meeting.vote') };
  return { command: 'meeting.vote', changes: [patchRow('meetings', meeting, patch)] };
}

/** A conclusion of the chair, with owner and deadline where it is a task. */
export function recordConclusion(
  context: Context,
  meeting: Stored<'meetings'>,
  conclusion: Omit<Conclusion, 'at'>,
): Plan {
  const patch = {
    [`conclusions.${context.newId()}`]: { ...conclusion, at: context.now },
    ...historyPatch(context, 'meeting.conclude'),
  };
  return { command: 'meeting.conclude', changes: [patchRow('meetings', meeting, patch)] };
}

/** Bế mạc. */
export function closeMeeting(context: Context, meeting: Stored<'meetings'>): Plan {
  const patch = { state: 'closed', endedAt: context.now, ...historyPatch(context, 'meeting.close') } as const;
  return { command: 'meeting.close', changes: [patchRow('meetings', meeting, patch)] };
}

/** Keeps the text of the minutes and, once typeset, the file. WRONG_STATE after somebody has signed them. */
export function saveMinutes(
  context: Context,
  meeting: Stored<'meetings'>,
  minutes: { readonly text: string; readonly file: FileRef | null },
): Plan {
  if (Object.keys(meeting.minutesSigned ?? {}).length > 0) throw new AppError('WRONG_STATE', 'signed');
  const patch = {
    minutesText: minutes.text,
    minutes: minutes.file,
    ...historyPatch(context, 'meeting.minutes'),
  };
  return { command: 'meeting.minutes', changes: [patchRow('meetings', meeting, patch)] };
}

export type SignedMinutes = {
  /** SHA-256 of the file that was signed. */
  readonly from: string;
  readonly file: FileRef;
  readonly level: SignatureLevel;
};

/** In what office a person signs the minutes of a meeting: as thư ký, as chủ tọa, both, or not at all. */
export function minutesRolesOf(
  meeting: Pick<Meeting, 'chair' | 'secretary'>,
  person: string,
): readonly MinutesRole[] {
  return (['secretary', 'chair'] as const).filter((role) => meeting[role] === person);
}

/**
 * Thư ký or chủ tọa has signed the minutes (Mẫu 1.9), in either order. NOT_ALLOWED for anybody else; WRONG_STATE for a
 * second signature in the same office, before the end of the meeting, and when another file stands there meanwhile.
 */
export function signMinutes(
  context: Context,
  meeting: Stored<'meetings'>,
  role: MinutesRole,
  signed: SignedMinutes,
): Plan {
  if (meeting[role] !== context.person.id) throw new AppError('NOT_ALLOWED', role);
  if (meeting.state !== 'closed') throw new AppError('WRONG_STATE', meeting.state);
  if (meeting.minutesSigned?.[role] !== undefined) throw new AppError('FIELD_ALREADY_SIGNED', role);
  if (meeting.minutes?.sha256 !== signed.from) throw new AppError('WRONG_STATE', 'minutes');
  const patch = {
    minutes: signed.file,
    minutesSignature: { level: levelWith(meeting.minutesSignature, signed.level), raisedAt: '' },
    [`minutesSigned.${role}`]: { by: context.person.id, at: context.now },
    ...historyPatch(context, 'meeting.sign-minutes', role),
  };
  return { command: 'meeting.sign-minutes', changes: [patchRow('meetings', meeting, patch)] };
}

/** The signatures of the minutes got validation data and timestamps. WRONG_STATE when another file stands there meanwhile. */
export function raiseMinutes(context: Context, meeting: Stored<'meetings'>, rise: Rise): Plan {
  if (meeting.minutes?.sha256 !== rise.from) throw new AppError('WRONG_STATE', 'minutes');
  const patch = {
    minutes: rise.raised,
    minutesSignature: { level: rise.level, raisedAt: context.now },
    ...historyPatch(context, 'meeting.raise-minutes', rise.level),
  };
  return { command: 'meeting.raise-minutes', changes: [patchRow('meetings', meeting, patch)] };
}
