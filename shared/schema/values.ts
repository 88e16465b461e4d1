import { z } from 'zod';

// A page's Content-Security-Policy forbids `new Function`, which makes zod several times as fast everywhere else.
z.config({ jitless: 'document' in globalThis });

/** Identifier of a row, device, person or unit: short, printable, safe in paths and keys. */
export const idSchema = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:#-]*$/);

/** SHA-256 of the received bytes, lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Calendar day `YYYY-MM-DD`, or '' where not known. */
export const daySchema = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/);

/** Moment in ISO 8601, or '' where not known. */
export const momentSchema = z.string().max(40);

export const fileKinds = ['pdf', 'docx', 'xlsx', 'image', 'video', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A file by content: the bytes live in the vault and on the server under their SHA-256. */
export const fileRefSchema = z.object({
  sha256: sha256Schema,
  size: z.number().int().nonnegative(),
  name: z.string().min(1).max(255),
  mime: z.string().max(120),
  kind: z.enum(fileKinds),
  pages: z.number().int().nonnegative(),
});
export type FileRef = z.infer<typeof fileRefSchema>;

/** Độ khẩn by the decree, highest last. */
export const urgencies = ['normal', 'urgent', 'very-urgent', 'flash'] as const;
export type Urgency = (typeof urgencies)[number];

/** One line of an append-only trail, stored in a map under the id of the operation that wrote it. */
export const historyEntrySchema = z.object({
  by: z.string(),
  at: momentSchema,
  what: z.string().max(60),
  detail: z.string().max(2000),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export const historySchema = z.record(z.string(), historyEntrySchema);

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than any row is, and no deeper than what walks through a value can go. */
const deepestJson = 64;

/** Named JSON values. One walk: zod's own schema of the same tries each kind of value in turn, for every value. */
export const jsonObjectSchema = z.custom<Record<string, Json>>(
  (value) =>
    typeof value === 'object' && !Array.isArray(value) && value !== null && isJson(value, deepestJson),
);

function isJson(value: unknown, levels: number): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || levels === 0) return false;
  if (Array.isArray(value)) return value.every((part) => isJson(part, levels - 1));
  return isPlain(value) && Object.values(value).every((part) => isJson(part, levels - 1));
}

/** No date, map or other thing that JSON does not know; from whichever window or process it came. */
function isPlain(value: object): boolean {
  const made: unknown = Object.getPrototypeOf(value);
  return made === null || Object.getPrototypeOf(made) === null;
}
