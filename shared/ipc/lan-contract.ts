import { z } from 'zod';
import { idSchema } from '../schema/values';
import { lanAddressSchema, lanAnswerSchema, lanSlipSchema } from '../sync/lan-numbers';

const nothing = z.undefined();
const listeningSchema = z.object({
  /** Whether this machine gives numbers over the network of the office, now and after the next start. */
  on: z.boolean(),
  /** Where it can be reached, `host:port`; none while it does not listen. */
  addresses: z.array(z.string()),
  /** Where the holder of the book was reached the last time, or ''. */
  lastAddress: z.string(),
});

/** Numbers over the network of the office. */
export const lanContract = {
  'lan:status': { input: nothing, output: listeningSchema },
  'lan:listen': { input: z.object({ on: z.boolean() }), output: listeningSchema },
  /** Brings a request slip to the holder of the book; gives the answer slip. Errors: LAN_*, those of giving a number. */
  'lan:ask': {
    input: z.object({ address: lanAddressSchema, device: idSchema, slip: lanSlipSchema }),
    output: z.object({ slip: lanSlipSchema }),
  },
  /** What came of a request that `lan:asked` has told. */
  'lan:answered': {
    input: z.object({ ticket: z.string().max(60), answer: lanAnswerSchema }),
    output: z.object({}),
  },
} as const;

export const lanEvents = {
  /** Another machine of the office asks for a number; its slip is genuine. */
  'lan:asked': z.object({ ticket: z.string(), slip: lanSlipSchema }),
} as const;
