import { z } from 'zod';
import { commandNames } from '../domain/command-table';
import { collectionNames } from '../schema/rows';
import { idSchema, type Json, jsonObjectSchema, momentSchema } from '../schema/values';

/**
 * A path into a row: a field name, or `field.key` for one entry of a map field (`history`, `opinions`, `attendance`,
 * `votes`, `deliveries`, …). Maps are merged entry by entry, so that two people never overwrite each other's entry.
 */
const pathPattern = /^[a-zA-Z][a-zA-Z0-9]*(\.[A-Za-z0-9][A-Za-z0-9._:#-]*)?$/;
const longestPath = 260;

/** The value that each path gets. */
const patchSchema = jsonObjectSchema.refine((patch) =>
  Object.keys(patch).every((path) => path.length <= longestPath && pathPattern.test(path)),
);

/** What one operation does to one row. `base` is the server revision of the row that its author saw; 0 for a new row. */
export const changeSchema = z.object({
  coll: z.enum(collectionNames as [(typeof collectionNames)[number], ...(typeof collectionNames)[number][]]),
  id: idSchema,
  base: z.number().int().nonnegative(),
  create: z.boolean(),
  patch: patchSchema,
});
export type Change = z.infer<typeof changeSchema> & { readonly patch: Readonly<Record<string, Json>> };

/**
 * One acknowledged piece of work: immutable, numbered per device without a gap, applied on the server exactly once.
 * All its changes are applied together or not at all. `at` is informative and never used for order.
 */
export const operationSchema = z.object({
  op: z.string().max(160),
  n: z.number().int().positive(),
  command: z.enum(commandNames),
  actor: idSchema,
  at: momentSchema,
  changes: z.array(changeSchema).min(1).max(50),
});
export type Operation = z.infer<typeof operationSchema> & { readonly changes: readonly Change[] };

export function operationId(device: string, n: number): string {
  return `${device}:${n}`;
}

/** The number in the id of an operation. */
export function numberOf(op: string): number {
  return Number(op.slice(op.lastIndexOf(':') + 1));
}
