import { z } from 'zod';
import { errorCodes } from '../result/codes';
import { signatureLevelSchema } from '../schema/signature-state';
import { fileRefSchema, sha256Schema } from '../schema/values';

/** Values of the channels for signing: keys, tokens, sessions, settings. */

export const keyOwnerSchema = z.enum(['person', 'organ']);
export type KeyOwner = z.infer<typeof keyOwnerSchema>;

/** Where the private key is: in a PKCS#12 file kept sealed in the profile, or in a USB token that never gives it away. */
export const keySourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file') }),
  z.object({ kind: z.literal('token'), label: z.string(), driver: z.string() }),
]);

export const signingKeySchema = z.object({
  id: z.string(),
  owner: keyOwnerSchema,
  /** Person id for a personal key, unit id for the organisation's. */
  holder: z.string(),
  subject: z.string(),
  issuer: z.string(),
  /** Hexadecimal; '' for a key that was imported before serial numbers were kept. */
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  source: keySourceSchema,
  /** Used where the person chooses no other. */
  preferred: z.boolean(),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

/** A certificate in a token, readable without a PIN. */
export const tokenCertificateSchema = signingKeySchema
  .pick({ subject: true, issuer: true, serial: true, notBefore: true, notAfter: true })
  .extend({ driver: z.string(), token: z.string(), label: z.string(), keyId: z.string() });
export type TokenCertificate = z.infer<typeof tokenCertificateSchema>;

/** One document of a batch: only what is listed when the PIN is asked can be signed with it. */
export const sessionFileSchema = z.object({ sha256: sha256Schema, name: z.string().min(1).max(255) });
export const largestBatch = 100;

/** What every act takes besides its own: the open session of a batch, or the key to ask the PIN for. */
export const actKey = {
  session: z.string().max(60).optional(),
  keyId: z.string().max(60).optional(),
} as const;

export const signedFileSchema = z.object({
  file: fileRefSchema,
  level: signatureLevelSchema,
  /** Why there is no timestamp although an authority is set, or ''. */
  timestampProblem: z.union([z.literal(''), z.enum(errorCodes)]),
});

export const signingSettingsSchema = z.object({
  /** Address of the timestamp authority (RFC 3161), or '' where there is none. */
  tsa: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  level: signatureLevelSchema,
  hash: z.enum(['sha256', 'sha384', 'sha512']),
  /** RSASSA-PSS instead of PKCS #1 v1.5. */
  pss: z.boolean(),
});
export type SigningSettings = z.infer<typeof signingSettingsSchema>;
