import { z } from 'zod';
import { slipLine } from '../domain/slips';
import { errorCodes } from '../result/codes';

/**
 * Numbers over the network of the office, while the server is out of reach: the machine that holds the book listens, the
 * others bring it their request slips over TLS and take its answer slips away. Both slips bear the signature of the
 * machine that wrote them, as they do on a USB stick.
 */
export const lanPort = 47_815;

/** `host:port`; the host is a name or an IPv4 address. */
export const lanAddressSchema = z
  .string()
  .trim()
  .max(120)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,100}[A-Za-z0-9])?:[1-9]\d{0,4}$/)
  .refine((address) => portOf(address) <= 65_535);

export const lanSlipSchema = z.string().max(4000);
export const lanRequestSchema = z.object({ slip: lanSlipSchema });
/** The answer slip, or why there is none. */
export const lanAnswerSchema = z.union([
  z.object({ slip: lanSlipSchema }),
  z.object({ code: z.enum(errorCodes) }),
]);
export type LanAnswer = z.infer<typeof lanAnswerSchema>;

/** Who listens: `proof` is the machine's signature of {@link listenerText}. */
export const lanListenerSchema = z.object({ device: z.string().max(120), proof: z.string().max(200) });

export const lanPaths = { listener: '/v1/listener', number: '/v1/number' } as const;

/**
 * What a machine signs to say that a connection ends at it.
 * @param fingerprint SHA-256 of the certificate of the connection, hex
 */
export function listenerText(device: string, fingerprint: string): string {
  return slipLine(['CVMANGNB', device, fingerprint]);
}

export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}

export function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}
