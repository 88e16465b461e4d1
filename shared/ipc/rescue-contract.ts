import { z } from 'zod';
import { intakeSchema } from '../schema/documents';
import { noteSchema } from '../schema/meetings';
import { personSchema } from '../schema/people';
import { operationSchema } from '../sync/operation';

// The journal of operations, and the rescue mode (chế độ cứu hộ) that makes the local database again from it.

const nothing = z.undefined();
const done = z.object({});
const count = z.number().int().nonnegative();
const operations = z.array(operationSchema).max(100_000);

export const journalSummarySchema = z.object({
  operations: count,
  /** Lowest and highest number; 0 in an empty journal. */
  first: count,
  last: count,
  /** The last number that the server said it holds. */
  sentThrough: count,
  /** Operations above that number: the journal is the only known copy of them. */
  unsent: count,
  /** Whole lines that cannot be read at all. */
  unreadable: count,
});
export type JournalFacts = z.infer<typeof journalSummarySchema>;

/** Why the local database is made again: it cannot be read, it is not there, or the machine is a new one. */
export const rescueReasons = ['damaged', 'missing', 'new-machine'] as const;
export type RescueReason = (typeof rescueReasons)[number];

/** What came of a rescue; numbers only, never words of a document. */
export const rescueReportSchema = z.object({
  finishedAt: z.string(),
  reason: z.enum(rescueReasons),
  /** Operations that were put back, and numbers between the first and the last that could not be. */
  restored: count,
  lost: count,
  /** Whether the server was reached afterwards, the rows it gave, and operations that it does not have yet. */
  reachedServer: z.boolean(),
  rows: count,
  waiting: count,
  /** Files that rows name and this machine does not have. */
  filesMissing: count,
  /** Name of the folder of the profile that holds the damaged database; '' when there was none to set aside. */
  folder: z.string(),
});
export type RescueReport = z.infer<typeof rescueReportSchema>;

export const rescueStatusSchema = z.object({
  /** The reason of the rescue that is going on, or ''. It goes on until it is finished, over any number of restarts. */
  restoring: z.union([z.literal(''), z.enum(rescueReasons)]),
  /** Name of the folder that holds the database that was set aside, or ''. */
  folder: z.string(),
  journal: journalSummarySchema,
  last: rescueReportSchema.nullable(),
  /** Nobody has read the last report yet. */
  unread: z.boolean(),
});
export type RescueStatus = z.infer<typeof rescueStatusSchema>;

export const rescueContract = {
  /** On the disk when it answers: to be called before an operation is acknowledged. Errors: DISK_FULL, IO. */
  'journal:append': { input: z.object({ operation: operationSchema }), output: done },
  /** Operations with a number above `n`, in order; what cannot be read any more is left out. */
  'journal:read': {
    input: z.object({ n: count, limit: z.number().int().positive().max(1000) }),
    output: z.object({ operations: z.array(operationSchema) }),
  },
  /** Rewrites every operation that names a removed item (phát hiện nhầm). */
  'journal:forget': { input: z.object({ item: intakeSchema }), output: done },
  /** From number `n` on these operations count, and no others. */
  'journal:replace-from': { input: z.object({ n: count, operations }), output: done },
  /** Everything up to this number was acknowledged by the server long ago, and may go. */
  'journal:prune': { input: z.object({ n: count }), output: done },

  /** Private notes once more beside the database, which alone would lose them: no server has them. */
  'notes:all': { input: nothing, output: z.object({ notes: z.array(noteSchema) }) },
  /** On the disk when it answers; each in place of the one with its id. Errors: DISK_FULL, IO. */
  'notes:keep': { input: z.object({ notes: z.array(noteSchema).max(100_000) }), output: done },
  'notes:remove': { input: z.object({ id: noteSchema.shape.id }), output: done },

  'rescue:status': { input: nothing, output: rescueStatusSchema },
  /** Who has signed in on this machine before: they can do so again although the directory is lost and there is no network. */
  'rescue:people': { input: nothing, output: z.object({ people: z.array(personSchema) }) },
  /** How many files the vault holds: they do not depend on the local database. */
  'rescue:files': { input: nothing, output: z.object({ files: count }) },
  /**
   * The person wants the local database made again. What is there is set aside, never deleted, which needs that no window
   * has it open: the program restarts by itself.
   */
  'rescue:begin': { input: z.object({ reason: z.enum(['damaged', 'missing']) }), output: done },
  'rescue:finish': { input: rescueReportSchema, output: done },
  /** A person has read what came of it. */
  'rescue:close': { input: nothing, output: done },
} as const;
