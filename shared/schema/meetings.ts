import { z } from 'zod';
import { minutesSignaturesSchema, signatureStateSchema } from './signature-state';
import { daySchema, fileRefSchema, historySchema, idSchema, momentSchema, sha256Schema } from './values';

export const meetingStates = ['preparing', 'published', 'open', 'closed'] as const;
export type MeetingState = (typeof meetingStates)[number];

export const agendaItemSchema = z.object({
  id: idSchema,
  title: z.string().min(1).max(300),
  minutes: z.number().int().nonnegative().max(1440),
  presenter: z.string().max(100),
});
export type AgendaItem = z.infer<typeof agendaItemSchema>;

export const paperSchema = z.object({
  id: idSchema,
  agendaItem: z.string(),
  title: z.string().min(1).max(300),
  file: fileRefSchema,
});
export type Paper = z.infer<typeof paperSchema>;

export const participantSchema = z.object({
  id: idSchema,
  name: z.string().min(1).max(100),
  position: z.string().max(100),
  unit: z.string().max(120),
  voting: z.boolean(),
});
export type Participant = z.infer<typeof participantSchema>;

export const attendanceSchema = z.object({
  status: z.enum(['present', 'absent']),
  at: momentSchema,
  reason: z.string().max(300),
});
export type Attendance = z.infer<typeof attendanceSchema>;

/** Rule by which a show of hands passes: share of a stated denominator. Source: Điều lệ, overridable per office. */
export const voteRuleSchema = z.object({
  threshold: z.enum(['over-half', 'two-thirds']),
  denominator: z.enum(['summoned', 'present']),
});
export type VoteRule = z.infer<typeof voteRuleSchema>;

/** Biểu quyết giơ tay: counts typed by the secretary; the electorate is frozen when the vote is recorded. */
export const voteSchema = z.object({
  agendaItem: z.string(),
  question: z.string().min(1).max(500),
  rule: voteRuleSchema,
  summoned: z.number().int().nonnegative(),
  present: z.number().int().nonnegative(),
  agree: z.number().int().nonnegative(),
  disagree: z.number().int().nonnegative(),
  other: z.number().int().nonnegative(),
  passed: z.boolean(),
  at: momentSchema,
});
export type Vote = z.infer<typeof voteSchema>;

export const conclusionSchema = z.object({
  agendaItem: z.string(),
  text: z.string().min(1).max(2000),
  owner: z.string().max(120),
  due: daySchema,
  at: momentSchema,
});
export type Conclusion = z.infer<typeof conclusionSchema>;

/** What was published, so that every device can tell whether its pack is complete and unchanged. */
export const packSchema = z.object({
  version: z.number().int().positive(),
  at: momentSchema,
  by: z.string(),
  /** SHA-256 of the canonical manifest: agenda, papers, order, hashes. */
  manifest: sha256Schema,
  document: fileRefSchema.nullable(),
});
export type Pack = z.infer<typeof packSchema>;

export const meetingSchema = z.object({
  id: idSchema,
  unit: idSchema,
  newestFirst: z.number(),
  state: z.enum(meetingStates),
  title: z.string().min(1).max(300),
  place: z.string().max(200),
  startsAt: momentSchema,
  chair: z.string().max(120),
  secretary: z.string().max(120),
  agenda: z.array(agendaItemSchema).max(200),
  papers: z.array(paperSchema).max(500),
  participants: z.array(participantSchema).max(2000),
  /** Share of the summoned who must be there: Điều lệ, at least 2/3. */
  quorum: z.enum(['two-thirds', 'over-half']),
  pack: packSchema.nullable(),
  attendance: z.record(z.string(), attendanceSchema),
  votes: z.record(z.string(), voteSchema),
  conclusions: z.record(z.string(), conclusionSchema),
  startedAt: momentSchema,
  endedAt: momentSchema,
  minutesText: z.string().max(50_000),
  minutes: fileRefSchema.nullable(),
  /** Thư ký and chủ tọa, each once; with the first of them the minutes are fixed. */
  minutesSigned: minutesSignaturesSchema.optional(),
  minutesSignature: signatureStateSchema.optional(),
  history: historySchema,
});
export type Meeting = z.infer<typeof meetingSchema>;

/** A private note on a page of a paper: stays on this device, is never replicated. */
export const noteSchema = z.object({
  id: idSchema,
  person: z.string(),
  meeting: z.string(),
  paper: z.string(),
  page: z.number().int().nonnegative(),
  text: z.string().max(4000),
  at: momentSchema,
});
export type Note = z.infer<typeof noteSchema>;
