import { z } from 'zod';

/** The printed matter that the document worker sets; the data are those of `shared/print`. */
export const printJobSchema = z.object({
  kind: z.enum(['document', 'register', 'slip', 'minutes', 'pack']),
  data: z.record(z.string(), z.unknown()),
});
export type PrintJob = z.infer<typeof printJobSchema>;
