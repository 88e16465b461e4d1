import { z } from 'zod';
import { daySchema, fileRefSchema, momentSchema } from './values';

/** Levels of PAdES baseline signatures (EN 319 142-1), lowest first. */
export const signatureLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export const signatureLevelSchema = z.enum(signatureLevels);
export type SignatureLevel = z.infer<typeof signatureLevelSchema>;

/** Level of the file of a document, and when it was raised; '' while it stands as it was signed. */
export const signatureStateSchema = z.object({ level: signatureLevelSchema, raisedAt: momentSchema });
export type SignatureState = z.infer<typeof signatureStateSchema>;

/** Hình thức sao (Điều 25): SAO Y, SAO LỤC, TRÍCH SAO. */
export const copyForms = ['sao-y', 'sao-luc', 'trich-sao'] as const;
export type CopyForm = (typeof copyForms)[number];

/** An electronic copy that the organisation has signed; the document it was made from stays as it is. */
export const electronicCopySchema = z.object({
  form: z.enum(copyForms),
  file: fileRefSchema,
  /** SHA-256 of the file it was made from. */
  of: z.string(),
  at: momentSchema,
  by: z.string(),
  /** Its number in the yearly series of copies, where the unit keeps one (Phụ lục I, Phần II). */
  number: z.number().int().positive().optional(),
  bookId: z.string().max(120).optional(),
  date: daySchema.optional(),
});
export type ElectronicCopy = z.infer<typeof electronicCopySchema>;
export const electronicCopiesSchema = z.record(z.string(), electronicCopySchema);

/** Who has signed the minutes of a meeting (Mẫu 1.9): both persons, each once. */
export const minutesRoles = ['secretary', 'chair'] as const;
export type MinutesRole = (typeof minutesRoles)[number];
export const minutesSignatureSchema = z.object({ by: z.string(), at: momentSchema });
export const minutesSignaturesSchema = z.partialRecord(z.enum(minutesRoles), minutesSignatureSchema);
export type MinutesSignatures = z.infer<typeof minutesSignaturesSchema>;

/** Whether a level is at least another. */
export function reaches(level: SignatureLevel, wanted: SignatureLevel): boolean {
  return signatureLevels.indexOf(level) >= signatureLevels.indexOf(wanted);
}

/** The level of a file with several signatures is that of the lowest; `before` is that of the earlier ones. */
export function levelWith(before: SignatureState | undefined, added: SignatureLevel): SignatureLevel {
  return before !== undefined && reaches(added, before.level) ? before.level : added;
}
