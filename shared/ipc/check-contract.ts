import { z } from 'zod';
import { errorCodes } from '../result/codes';
import { fileRefSchema, sha256Schema } from '../schema/values';
import { signatureReportSchema, verdicts } from './signature-report';

// The channels for checking signatures, and for what a check rests on: trusted authorities and revocation data.

const nothing = z.undefined();
const done = z.object({});
const path = z.string().max(4096);
const ticket = z.string().min(1).max(60);

export const trustAnchorSchema = z.object({
  /** SHA-256 of the certificate: hexadecimal pairs with colons between them. */
  fingerprint: z.string(),
  subject: z.string(),
  organisation: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** When and by which person it was trusted; '' for one that is only shown, and for those of earlier versions. */
  addedAt: z.string(),
  addedBy: z.string(),
});
export type TrustAnchor = z.infer<typeof trustAnchorSchema>;

export const revocationListSchema = z.object({
  /** SHA-256 of the list, hexadecimal. */
  id: z.string(),
  issuer: z.string(),
  thisUpdate: z.string(),
  /** '' for a list that says nothing of its end. */
  nextUpdate: z.string(),
  source: z.enum(['file', 'online']),
  addedAt: z.string(),
});
export type RevocationListFacts = z.infer<typeof revocationListSchema>;

/** A file of the vault, or one outside of it that the person chose for a check. */
export const checkSourceSchema = z.union([z.object({ sha256: sha256Schema }), z.object({ ticket })]);
export type CheckSource = z.infer<typeof checkSourceSchema>;

/** What the check in the background said of one file; 'unchecked' when it gave up, with the reason. */
export const fileVerdictSchema = z.object({
  sha256: sha256Schema,
  verdict: z.enum([...verdicts, 'unchecked']),
  reason: z.union([z.literal(''), z.enum(errorCodes)]),
});
export type FileVerdict = z.infer<typeof fileVerdictSchema>;

export const checkContract = {
  /**
   * Checks every signature of a PDF in a process of its own. `online` asks the addresses that certificates name for
   * missing revocation data; without it nothing goes out. `keep` also writes report and evidence as a file into the vault.
   */
  'signing:check': {
    input: z.object({
      source: checkSourceSchema,
      name: z.string().min(1).max(255),
      online: z.boolean(),
      keep: z.boolean(),
    }),
    output: z.object({ report: signatureReportSchema, kept: fileRefSchema.nullable() }),
  },
  /** The revision that a signature covers, byte for byte, as a file of the vault that no row names. NO_SIGNATURE. */
  'signing:extract-revision': {
    input: z.object({
      source: checkSourceSchema,
      field: z.string().max(2000),
      name: z.string().min(1).max(255),
    }),
    output: z.object({ file: fileRefSchema }),
  },
  /** Known verdicts; those not known yet are worked out in the background and told by `signing:verdict`. */
  'signing:verdicts': {
    input: z.object({ sha256: z.array(sha256Schema).max(500) }),
    output: z.object({ verdicts: z.array(fileVerdictSchema) }),
  },
  'trust:anchors': { input: nothing, output: z.object({ anchors: z.array(trustAnchorSchema) }) },
  /** Trusts what the preview of this ticket has shown. */
  'trust:confirm-anchor': { input: z.object({ ticket }), output: z.object({ anchor: trustAnchorSchema }) },
  'trust:remove-anchor': { input: z.object({ fingerprint: z.string().max(200) }), output: done },
  'trust:revocation-lists': { input: nothing, output: z.object({ lists: z.array(revocationListSchema) }) },
  'trust:remove-revocation-list': { input: z.object({ id: z.string().max(200) }), output: done },
} as const;

/** Made by the preload only, with paths that the page never sees. */
export const privateCheckContract = {
  /** Remembers a chosen PDF for checks; it is read where it lies and never taken in. */
  'signing:choose-file': {
    input: z.object({ path }),
    output: z.object({ ticket, name: z.string(), size: z.number().int() }),
  },
  /** Shows a certificate with its fingerprint; nothing is trusted yet. CERT_WRONG_USAGE when it is no authority. */
  'trust:preview-anchor': {
    input: z.object({ path }),
    output: z.object({ ticket, anchor: trustAnchorSchema, known: z.boolean() }),
  },
  /** Takes revocation lists (DER or PEM). An older list than the one that is here is left out. */
  'trust:import-revocation-lists': {
    input: z.object({ path }),
    output: z.object({ added: z.array(revocationListSchema), older: z.number().int() }),
  },
} as const;

export const checkEvents = {
  'signing:verdict': fileVerdictSchema,
  /** What is trusted has changed: verdicts that are shown may not hold any more. */
  'trust:changed': z.object({}),
} as const;
