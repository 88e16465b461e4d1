import { z } from 'zod';
import { sha256Schema } from '../schema/values';

export const verdicts = ['valid', 'indeterminate', 'invalid', 'unsigned'] as const;
export type ReportVerdict = (typeof verdicts)[number];

/** Moment in ISO 8601 (UTC), or '' where not known. */
const moment = z.string().max(40);
const text = z.string().max(2000);
const code = z.string().max(60);

/** One change made after a signature; `page` from 1, 0 where it belongs to none; `rect` in user space of the page. */
export const reportedChangeSchema = z.object({
  level: code,
  what: text,
  page: z.number().int().nonnegative(),
  rect: z.array(z.number()).max(4),
  /** It hides something that had been signed. */
  covers: z.boolean(),
});
export type ReportedChange = z.infer<typeof reportedChangeSchema>;

/** Whether one certificate of the path was revoked, by which data and of when. */
export const reportedRevocationSchema = z.object({
  subject: text,
  status: z.enum(['good', 'revoked', 'unknown']),
  source: z.enum(['crl', 'ocsp', 'none']),
  issuedAt: moment,
  revokedAt: moment,
});

export const reportedSignatureSchema = z.object({
  field: text,
  type: z.enum(['signature', 'docTimestamp']),
  subFilter: code,
  verdict: z.enum(['valid', 'indeterminate', 'invalid']),
  integrity: code,
  coverage: code,
  /** Which of how many versions of the file it signs, both from 1. */
  revision: z.number().int(),
  revisions: z.number().int(),
  changesAfter: code,
  changes: z.array(reportedChangeSchema).max(100),
  docMdp: z.number().int().nullable(),
  /** PAdES baseline level, or ''. */
  level: code,
  signerName: text,
  signerOrganisation: text,
  serial: text,
  issuer: text,
  notBefore: moment,
  notAfter: moment,
  /** Text of /M: a PDF date that the signer wrote. */
  claimedTime: code,
  /** The time at which the certificate was judged, and what proves it; 'now' proves nothing. */
  timeSource: z.enum(['signature-timestamp', 'document-timestamp', 'now']),
  time: moment,
  pathStatus: code,
  pathCode: code,
  /** Common names from the signer to the anchor. */
  path: z.array(text).max(20),
  revocation: z.array(reportedRevocationSchema).max(20),
  problems: z.array(code).max(60),
});
export type ReportedSignature = z.infer<typeof reportedSignatureSchema>;

/** What a check of the signatures of one PDF said. `problems` are codes; their words are in the catalogue. */
export const signatureReportSchema = z.object({
  verdict: z.enum(verdicts),
  checkedAt: moment,
  file: z.object({ sha256: sha256Schema, size: z.number().int(), name: z.string().max(255) }),
  signatures: z.array(reportedSignatureSchema).max(500),
  problems: z.array(code).max(60),
});
export type SignatureReport = z.infer<typeof signatureReportSchema>;

/** What the saved report begins with, so that other programs know what they read. */
export const reportFormat = { format: 'cong-van.signature-check', version: 1 } as const;

/**
 * The report as it is saved and kept beside the document: with the certificates and the revocation data that it rests
 * on (DER in base64), so that the check can be repeated by others and later (TT 15/2025, verifying software).
 */
export const keptReportSchema = signatureReportSchema.extend({
  format: z.literal(reportFormat.format),
  version: z.literal(reportFormat.version),
  evidence: z.object({
    certificates: z.array(z.base64()),
    crls: z.array(z.base64()),
    ocsps: z.array(z.base64()),
  }),
});
export type KeptReport = z.infer<typeof keptReportSchema>;
