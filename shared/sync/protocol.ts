import { z } from 'zod';
import { collectionNames, schemaVersion } from '../schema/rows';
import { daySchema, idSchema, sha256Schema } from '../schema/values';
import { operationSchema } from './operation';

/** Version of the wire protocol, sent in `x-protocol`; `x-schema` carries {@link schemaVersion}. */
export const protocolVersion = 1;
export const protocolHeaders = {
  'x-protocol': String(protocolVersion),
  'x-schema': String(schemaVersion),
} as const;

const collection = z.enum(
  collectionNames as [(typeof collectionNames)[number], ...(typeof collectionNames)[number][]],
);

/** A row as the server holds it. `gone` says that the row has left the bucket and must be removed locally. */
export const wireRowSchema = z.object({
  coll: collection,
  id: idSchema,
  rev: z.number().int().nonnegative(),
  gone: z.boolean(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type WireRow = z.infer<typeof wireRowSchema>;

export const enrolRequestSchema = z.object({
  code: z.string().min(4).max(64),
  name: z.string().min(1).max(100),
  /** Public half of the device key: JWK, EC P-256. */
  publicKey: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  /** The id of a device that the server has forgotten, because it was restored to a day before the enrolment. */
  deviceId: idSchema.optional(),
});
export const enrolResponseSchema = z.object({
  deviceId: idSchema,
  serverId: z.string(),
  unit: idSchema,
  unitName: z.string(),
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** `signature` is ECDSA P-256/SHA-256 (IEEE P1363, base64url) over `${deviceId}.${ts}.${nonce}`. */
export const tokenRequestSchema = z.object({
  deviceId: idSchema,
  ts: z.number().int(),
  nonce: z.string().min(16).max(64),
  signature: z.string().max(200),
});
/** A machine made of a backup replaces the key of its device; `signature` is by the old key. */
export const replaceKeyRequestSchema = tokenRequestSchema.extend({
  publicKey: enrolRequestSchema.shape.publicKey,
});
export const tokenResponseSchema = z.object({
  access: z.string(),
  expiresAt: z.number().int(),
  now: z.string(),
});

export const pushRequestSchema = z.object({
  epoch: z.string(),
  ops: z.array(operationSchema).max(200),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** The reason of a refusal that means: the server holds other work under this number. */
export const numberReused = 'NUMBER_REUSED';

/**
 * `ok`: applied as sent. `conflict`: applied, but some fields had been changed by another device since `base`; the
 * values that lost are kept in `conflicts`. `rejected`: nothing of it was applied, `reason` is an error code.
 * `rows` are the current server rows the operation named, as far as the caller may see them (only when rejected).
 */
export const opResultSchema = z.object({
  op: z.string(),
  status: z.enum(['ok', 'conflict', 'rejected']),
  reason: z.string(),
  rows: z.array(wireRowSchema),
});
export type OpResult = z.infer<typeof opResultSchema>;

export const pushResponseSchema = z.object({
  results: z.array(opResultSchema),
  /** Highest operation number of this device that the server has taken in; the next push starts after it. */
  lastN: z.number().int().nonnegative(),
  epoch: z.string(),
  now: z.string(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const pullRequestSchema = z.object({
  epoch: z.string(),
  cursors: z.record(z.string(), z.number().int().nonnegative()),
  limit: z.number().int().min(1).max(2000),
  /**
   * The device has read the history of this epoch to its end, and everything that it keeps has been answered by it. A
   * restored server gives no free book away before every machine of the unit has said so.
   */
  settled: z.boolean().optional(),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

/**
 * Rows of every bucket this device may read, in feed order after the given cursor. All buckets and `lastN` are read in
 * one snapshot. `drop` names buckets the client sent but may no longer read: it removes their rows.
 */
export const pullResponseSchema = z.object({
  epoch: z.string(),
  serverId: z.string(),
  buckets: z.array(
    z.object({
      bucket: z.string(),
      rows: z.array(wireRowSchema),
      next: z.number().int().nonnegative(),
      /** Where the feed ends: what lies between `next` and here is still to come. Older servers do not tell. */
      head: z.number().int().nonnegative().optional(),
      more: z.boolean(),
    }),
  ),
  drop: z.array(z.string()),
  lastN: z.number().int().nonnegative(),
  now: z.string(),
});
export type PullResponse = z.infer<typeof pullResponseSchema>;

/** `digest` is the XOR of the first 8 bytes of SHA-256(`coll|id|rev`) over the live rows of the bucket, in hex. */
export const digestRequestSchema = z.object({ bucket: z.string() });
export const digestResponseSchema = z.object({
  bucket: z.string(),
  count: z.number().int().nonnegative(),
  digest: z.string().regex(/^[0-9a-f]{16}$/),
  head: z.number().int().nonnegative(),
});
export type DigestResponse = z.infer<typeof digestResponseSchema>;

/** Acquire a free book (created when it does not exist), or release one that this device owns. Only ever online. */
export const leaseRequestSchema = z.object({
  kind: z.enum(['incoming', 'outgoing']),
  year: z.number().int().min(2000).max(2200),
  series: z.string().min(1).max(40),
  action: z.enum(['acquire', 'release']),
  /** For a release: the number this device would give next and its head hash; must equal the server's. */
  next: z.number().int().nonnegative(),
  headHash: z.string().max(64),
});
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;
export const leaseResponseSchema = z.object({
  granted: z.boolean(),
  owner: z.string(),
  row: wireRowSchema,
  /** The history in which this is true: a server that was restored since knows nothing of it. */
  epoch: z.string(),
});
export type LeaseResponse = z.infer<typeof leaseResponseSchema>;

/**
 * Sổ của máy bị mất: two people take a book from its owner (or declare the numbers lost that an earlier owner still owes,
 * when `epoch` is his). `lastNumber` and `lastDate` are the last ones of the paper book. Only ever online.
 */
export const breakGlassRequestSchema = z.object({
  book: idSchema,
  epoch: z.number().int().positive(),
  lastNumber: z.number().int().nonnegative(),
  lastDate: daySchema,
  people: z.tuple([idSchema, idSchema]),
});
export type BreakGlassRequest = z.infer<typeof breakGlassRequestSchema>;

/** The devices of the unit, those that were shut out too: their names, and the keys that slips are checked with. */
export const unitDeviceSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: z.enum(['active', 'revoked']),
  publicKey: enrolRequestSchema.shape.publicKey,
});
export type UnitDevice = z.infer<typeof unitDeviceSchema>;
export const unitDevicesResponseSchema = z.object({ devices: z.array(unitDeviceSchema) });

/** Verifier of a person's PIN: scrypt, so that a person can sign in with no network. Salt and hash in base64. */
export const pinVerifierSchema = z.object({
  person: idSchema,
  salt: z.string(),
  hash: z.string(),
  cost: z.number().int(),
});
export type PinVerifier = z.infer<typeof pinVerifierSchema>;
export const pinsResponseSchema = z.object({ pins: z.array(pinVerifierSchema) });

export const filesHaveRequestSchema = z.object({ sha256: z.array(sha256Schema).max(500) });
export const filesHaveResponseSchema = z.object({ missing: z.array(sha256Schema) });

/** When the devices of each unit were last in touch; '' for never. `devices` are those that are not revoked. */
export const unitsSeenResponseSchema = z.object({
  units: z.array(
    z.object({
      unit: idSchema,
      name: z.string(),
      devices: z.number().int().nonnegative(),
      lastSeen: z.string(),
    }),
  ),
  now: z.string(),
});
export type UnitsSeenResponse = z.infer<typeof unitsSeenResponseSchema>;

/** Body of every refusal. */
export const refusalSchema = z.object({ code: z.string(), detail: z.string().optional() });

/** Paths of the HTTP interface; see server/PROTOCOL.md. */
export const endpoints = {
  health: '/v1/health',
  enrol: '/v1/enrol',
  token: '/v1/token',
  deviceKey: '/v1/device/key',
  push: '/v1/sync/push',
  pull: '/v1/sync/pull',
  digest: '/v1/sync/digest',
  stream: '/v1/sync/stream',
  lease: '/v1/books/lease',
  breakGlass: '/v1/books/break-glass',
  devices: '/v1/devices',
  pins: '/v1/people/pins',
  unitsSeen: '/v1/units/last-seen',
  filesHave: '/v1/files/have',
  /** tus 1.0; metadata `sha256` and `name`. */
  filesUpload: '/v1/files/upload',
  /** GET/HEAD `/v1/files/<sha256>`, ranges allowed; 404 until verified. */
  files: '/v1/files',
} as const;
