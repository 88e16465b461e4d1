import { sha256Schema } from '@shared/schema/values';
import { z } from 'zod';

export const partSchema = z.object({ size: z.number().int().nonnegative(), sha256: sha256Schema });

/** What a backup holds. `madeAt` and `lastWork` by the server's clock; `lastWork` is when it last took work in. */
export const manifestSchema = z.object({
  format: z.literal(1),
  name: z.string().regex(/^[0-9A-Za-z-]+$/),
  madeAt: z.string(),
  lastWork: z.string(),
  serverId: z.string(),
  epoch: z.string(),
  /** Which migrations had been done, and the schema of the rows. */
  migration: z.number().int().positive(),
  schema: z.number().int().positive(),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      rows: z.number().int().nonnegative(),
      ...partSchema.shape,
    }),
  ),
  /** The list of files by content, itself a part: `<sha256> <size>` in each line. */
  contents: z.object({
    files: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    ...partSchema.shape,
  }),
  /** Files that the database names and the store did not have, or had damaged: not in the backup. */
  absent: z.array(sha256Schema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** One file of the content store. */
export type ContentFile = { readonly sha256: string; readonly size: number };
