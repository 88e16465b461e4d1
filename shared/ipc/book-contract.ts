import { z } from 'zod';
import { personSchema } from '../schema/people';
import { idSchema } from '../schema/values';
import { breakGlassRequestSchema, leaseResponseSchema, unitDeviceSchema } from '../sync/protocol';

const nothing = z.undefined();
const provenPerson = z.object({ person: personSchema, pin: z.string().min(4).max(32) });

/** What this device may sign for a page: texts of slips and handovers, never one that gets a token. */
const slipTextSchema = z
  .string()
  .max(4000)
  .regex(/^(cong-van-so-1|CVXINSO|CVDACAP)\|/);

/** Requests about books that need the key of this device, PINs, or the keys of the other machines of the office. */
export const bookContract = {
  /** The machines of the unit, as they were known last. */
  'books:devices': {
    /** `fresh`: ask the server first, which takes its time when it cannot be reached. */
    input: z.object({ fresh: z.boolean() }),
    output: z.object({ devices: z.array(unitDeviceSchema.omit({ publicKey: true })) }),
  },
  /** How far this machine's clock was ahead of the server's when it was last reached, in milliseconds. */
  'books:clock': { input: nothing, output: z.object({ aheadMs: z.number() }) },
  'books:sign': { input: z.object({ text: slipTextSchema }), output: z.object({ proof: z.string() }) },
  'books:signed': {
    input: z.object({ device: idSchema, text: slipTextSchema, proof: z.string().max(200) }),
    output: z.object({ genuine: z.boolean() }),
  },
  /**
   * Both PINs are checked here; the server is told who they were. Errors: WRONG_PIN, PIN_LOCKED and NOT_FOUND (detail: the
   * person whose PIN it is), and the server's.
   */
  'books:break-glass': {
    input: breakGlassRequestSchema
      .omit({ people: true })
      .extend({ people: z.tuple([provenPerson, provenPerson]) }),
    output: leaseResponseSchema,
  },
} as const;
