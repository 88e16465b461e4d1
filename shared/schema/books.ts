import { z } from 'zod';
import { daySchema, idSchema, momentSchema } from './values';

/**
 * A register book (sổ): one per unit, kind, year and series. One device owns it by a fenced lease that never expires
 * by time; only the owner appends. `id` is `<unit>:<kind>:<year>:<series>`.
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
});
export type Book = z.infer<typeof bookSchema>;

/** One entry of a book. Never changed and never reused; a cancelled number stays with its reason. */
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
  status: z.enum(['issued', 'void']),
  reason: z.string().max(500),
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
  at: momentSchema,
  decision: z.enum(['', 'kept', 'lost']),
  decidedBy: z.string().max(120),
});
export type Conflict = z.infer<typeof conflictSchema>;
