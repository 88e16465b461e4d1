import { z } from 'zod';

export const verdicts = ['valid', 'indeterminate', 'invalid', 'unsigned'] as const;

/** One signature of a PDF as the checking screen shows it. `problems` are codes; their words are in the catalogue. */
export const signatureReportSchema = z.object({
  verdict: z.enum(verdicts),
  signatures: z.array(
    z.object({
      field: z.string(),
      verdict: z.enum(['valid', 'indeterminate', 'invalid']),
      integrity: z.string(),
      coverage: z.string(),
      changesAfter: z.string(),
      signerName: z.string(),
      signerOrganisation: z.string(),
      issuer: z.string(),
      notBefore: z.string(),
      notAfter: z.string(),
      claimedTime: z.string(),
      problems: z.array(z.string()),
    }),
  ),
  problems: z.array(z.string()),
});
export type SignatureReport = z.infer<typeof signatureReportSchema>;
