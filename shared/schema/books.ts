import { z } from 'zod';
import { daySchema, idSchema, momentSchema } from './values';

/**
 * The end of one owner's time with a book (bàn giao): signed by the device that gives the book away, or by the server
 * that gave it. The chain of these proves who may number, also to a server that was restored to an older day.
 */
export const handoverSchema = z.object({
  book: idSchema,
  /** The epoch that ends; the next owner numbers under `epoch + 1`. */
  epoch: z.number().int().nonnegative(),
  /** Device that ends its epoch; '' where nobody held the book. */
  from: z.string().max(120),
  /** The next owner, or '' for a book that is given back. */
  to: z.string().max(120),
  /** The first number of the next epoch. */
  next: z.number().int().positive(),
  lastDate: daySchema,
  headHash: z.string().max(64),
  /** 'device': signed by `from`. 'server': given by the server. 'lost': two people took it from a lost device. */
  kind: z.enum(['device', 'server', 'lost']),
  at: momentSchema,
  /** The two people who took the book from a lost device. */
  people: z.array(idSchema).max(2).optional(),
  proof: z.string().max(200),
});
export type Handover = z.infer<typeof handoverSchema>;

/** Numbers that an earlier owner has given and that have not all arrived: `next` to `end - 1`, under its own epoch. */
export const tailSchema = z.object({
  device: z.string().max(120),
  next: z.number().int().positive(),
  lastDate: daySchema,
  headHash: z.string().max(64),
  end: z.number().int().positive(),
  endDate: daySchema,
  /** Hash of the last entry; '' where the device is lost and nobody knows it. */
  endHash: z.string().max(64),
  /** Whether placeholders stand for these numbers. */
  lost: z.boolean(),
});
export type Tail = z.infer<typeof tailSchema>;

/**
 * A register book (sổ): one per unit, kind, year and series. One device owns it by a fenced lease that never expires
 * by time; only the owner appends. `id` is `<unit>:<kind>:<year>:<series>`. Optional fields came later.
 */
export const bookSchema = z.object({
  id: idSchema,
  unit: idSchema,
  kind: z.enum(['incoming', 'outgoing']),
  year: z.number().int(),
  series: z.string().max(40),
  owner: z.string().max(120),
  epoch: z.number().int().nonnegative(),
  /** The number that the next entry gets; a new book starts at 1 (Điều 15.1, 22.2). */
  next: z.number().int().positive(),
  lastDate: daySchema,
  headHash: z.string().max(64),
  /** Name of the series for people; '' or absent for the common one. */
  title: z.string().max(200).optional(),
  /** Types of documents it numbers; none: every type that no other book of the year names (Điều 15.1.c). */
  types: z.array(z.string().max(100)).max(60).optional(),
  /** Rule for the symbol of its documents, e.g. `{type}-UBKT`; '' for the unit's own. */
  symbol: z.string().max(30).optional(),
  /** When the year was closed, and by whom; absent while the book is open. */
  closed: z.object({ at: momentSchema, by: z.string().max(120) }).optional(),
  /** The epoch for which the owner has sent its proof. */
  taken: z.number().int().nonnegative().optional(),
  /** How the book came to each next owner, under the epoch that ended. */
  handovers: z.record(z.string(), handoverSchema).optional(),
  tails: z.record(z.string(), tailSchema).optional(),
  /** Numbers of a lost device that are neither written from paper nor explained (khuyết số). */
  unexplained: z.array(z.number().int().positive()).max(1000).optional(),
});
export type Book = z.infer<typeof bookSchema>;

/** What the paper book says of a number whose document was lost with its device. */
export const paperEntrySchema = z.object({
  symbol: z.string().max(30),
  subject: z.string().max(500),
  /** Author of an incoming document, signer of an outgoing one. */
  party: z.string().max(200),
  by: z.string().max(120),
  at: momentSchema,
});
export type PaperEntry = z.infer<typeof paperEntrySchema>;

/**
 * One entry of a book, never reused. 'void': cancelled, with its reason. 'lost-device': a placeholder for a number that a
 * lost device has given, to be written from paper ('paper') or explained by `reason`.
 */
export const numberSchema = z.object({
  id: idSchema,
  unit: idSchema,
  book: idSchema,
  n: z.number().int().positive(),
  date: daySchema,
  document: idSchema,
  by: z.string().max(120),
  at: momentSchema,
  epoch: z.number().int().nonnegative(),
  prev: z.string().max(64),
  hash: z.string().max(64),
  status: z.enum(['issued', 'void', 'lost-device', 'paper']),
  reason: z.string().max(500),
  /** Who cancelled or explained it, and when. */
  settled: z.object({ by: z.string().max(120), at: momentSchema }).optional(),
  paper: paperEntrySchema.optional(),
});
export type NumberEntry = z.infer<typeof numberSchema>;

/** A value that lost a field merge on the server: kept for ever, decided by a person. */
export const conflictSchema = z.object({
  id: idSchema,
  unit: idSchema,
  newestFirst: z.number(),
  coll: z.string().max(40),
  entity: idSchema,
  field: z.string().max(200),
  kept: z.json(),
  lost: z.json(),
  keptBy: z.string().max(120),
  lostBy: z.string().max(120),
  /** When each value was written, by the clock of its author; absent where the server did not know. */
  keptAt: momentSchema.optional(),
  lostAt: momentSchema.optional(),
  /** When the server met the second one. */
  at: momentSchema,
  decision: z.enum(['', 'kept', 'lost']),
  decidedBy: z.string().max(120),
});
export type Conflict = z.infer<typeof conflictSchema>;
