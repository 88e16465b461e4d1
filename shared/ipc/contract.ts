import { z } from 'zod';
import { errorCodes } from '../result/codes';
import { placeSchema, signingPlacesSchema } from '../schema/documents';
import { personSchema } from '../schema/people';
import { copyForms, minutesRoles, signatureLevelSchema } from '../schema/signature-state';
import { daySchema, fileRefSchema, idSchema, sha256Schema } from '../schema/values';
import {
  digestRequestSchema,
  digestResponseSchema,
  leaseRequestSchema,
  leaseResponseSchema,
  pullRequestSchema,
  pullResponseSchema,
  pushRequestSchema,
  pushResponseSchema,
  unitsSeenResponseSchema,
} from '../sync/protocol';
import { backupContract, backupEvents } from './backup-contract';
import { bookContract } from './book-contract';
import { checkContract, checkEvents, privateCheckContract } from './check-contract';
import { lanContract, lanEvents } from './lan-contract';
import { printJobSchema } from './print-jobs';
import { rescueContract } from './rescue-contract';
import {
  actKey,
  keyOwnerSchema,
  largestBatch,
  sessionFileSchema,
  signedFileSchema,
  signingKeySchema,
  signingSettingsSchema,
  tokenCertificateSchema,
} from './signing-values';

const nothing = z.undefined();
const done = z.object({});

export const deviceStatusSchema = z.object({
  /** 'none' before the workstation has been enrolled for a unit. */
  enrolment: z.enum(['none', 'enrolled', 'revoked']),
  deviceId: z.string(),
  deviceName: z.string(),
  serverId: z.string(),
  unit: z.string(),
  unitName: z.string(),
  /** Person who is signed in, or ''. */
  person: z.string(),
  /** How the master key is kept: by the operating system, or by a file that only this account may read. */
  keyProtection: z.enum(['os', 'file']),
  /** An enrolment code given on the command line, offered as the default of the enrolment screen. */
  suggestedCode: z.string(),
  suggestedServer: z.string(),
});
export type DeviceStatus = z.infer<typeof deviceStatusSchema>;

export const takenFileSchema = z.object({
  file: fileRefSchema,
  problem: z.union([z.literal(''), z.enum(errorCodes)]),
});
export type TakenFileResult = z.infer<typeof takenFileSchema>;

export const signaturePictureSchema = z.object({
  owner: z.enum(['person', 'organ']),
  holder: z.string(),
  /** Pixels of the part that shows. */
  width: z.number(),
  height: z.number(),
  /** Without any transparency: it will hide the text below. */
  opaque: z.boolean(),
  /** A reduced PNG in base64, 200 kB at most. */
  preview: z.string().max(200_000),
});
export type SignaturePicture = z.infer<typeof signaturePictureSchema>;

/** Every request the page may make of the main process: the only place where a channel is described. */
export const contract = {
  'app:info': {
    input: nothing,
    output: z.object({ version: z.string(), electron: z.string(), chrome: z.string(), node: z.string() }),
  },

  // the workstation and the person at it
  'device:status': { input: nothing, output: deviceStatusSchema },
  'device:enrol': {
    input: z.object({ server: z.url(), code: z.string().min(4).max(64), name: z.string().min(1).max(100) }),
    output: deviceStatusSchema,
  },
  /** The server was restored to a day before this machine's enrolment: it takes it back with a new code. ENROL_CODE_INVALID. */
  'device:enrol-again': { input: z.object({ code: z.string().min(4).max(64) }), output: deviceStatusSchema },
  /** PIN verifiers live in the main process only; the people list itself is in the local database. */
  'session:sign-in': {
    input: z.object({ person: personSchema, pin: z.string().min(4).max(32) }),
    output: done,
  },
  'session:sign-out': { input: nothing, output: done },

  // the network, all of it: the page has no address, token or key
  'net:push': { input: pushRequestSchema, output: pushResponseSchema },
  'net:pull': { input: pullRequestSchema, output: pullResponseSchema },
  'net:digest': { input: digestRequestSchema, output: digestResponseSchema },
  'net:units-seen': { input: nothing, output: unitsSeenResponseSchema },
  'net:lease': { input: leaseRequestSchema, output: leaseResponseSchema },

  /** The sync window has ended the step that was under way; the answer to `sync:stop`. */
  'sync:stopped': { input: nothing, output: done },

  // books: handovers, slips, a lost machine
  ...bookContract,

  // lan: numbers over the network of the office
  ...lanContract,

  // files by content
  'files:present': {
    input: z.object({ sha256: z.array(sha256Schema).max(2000) }),
    output: z.object({ present: z.array(sha256Schema) }),
  },
  /** Which of these the server does not have. */
  'files:have': {
    input: z.object({ sha256: z.array(sha256Schema).min(1).max(500) }),
    output: z.object({ missing: z.array(sha256Schema) }),
  },
  /** Stops a file that is on its way; its upload or download ends with CANCELLED and goes on there the next time. */
  'files:cancel': { input: z.object({ sha256: sha256Schema }), output: done },
  /**
   * Removes from this machine the bytes of those files that the server, asked in this moment, has; `freed` names them.
   * The page has made sure that nobody wants to keep them here.
   */
  'files:free': {
    input: z.object({ sha256: z.array(sha256Schema).min(1).max(500) }),
    output: z.object({ freed: z.array(sha256Schema) }),
  },
  /** Uploads files that the server lacks; resolves when the server has verified them. */
  'files:upload': {
    input: z.object({ sha256: z.array(sha256Schema).max(500) }),
    output: z.object({ uploaded: z.array(sha256Schema) }),
  },
  /** Downloads and verifies; resolves when the files are in the local store. */
  'files:download': {
    input: z.object({ sha256: z.array(sha256Schema).max(500) }),
    output: z.object({ present: z.array(sha256Schema) }),
  },
  /**
   * Removes the bytes of a file from this machine for good. The page has made sure that no row names the file any more;
   * what is not here is removed already.
   */
  'files:purge': { input: z.object({ sha256: sha256Schema }), output: done },
  /** Asks the person where to save a copy; `saved` is false when she cancels. */
  'files:save-copy': {
    input: z.object({ sha256: sha256Schema, name: z.string().min(1).max(255) }),
    output: z.object({ saved: z.boolean() }),
  },
  'files:save-text': {
    input: z.object({ text: z.string().max(50_000_000), name: z.string().min(1).max(255) }),
    output: z.object({ saved: z.boolean() }),
  },

  // the scan folder
  'scan-folder:status': { input: nothing, output: z.object({ folder: z.string(), problem: z.string() }) },
  'scan-folder:choose': { input: nothing, output: z.object({ folder: z.string(), problem: z.string() }) },
  /** The page has stored the intake item of this taken file; only now is the original moved to `Đã nhận`. */
  'scan-folder:confirm': { input: z.object({ ticket: z.string() }), output: done },

  // signing: keys
  'signing:keys': { input: nothing, output: z.object({ keys: z.array(signingKeySchema) }) },
  /** Which of several keys its holder signs with unless another is chosen. */
  'signing:prefer-key': { input: z.object({ id: z.string().max(60) }), output: done },
  'signing:remove-key': { input: z.object({ id: z.string().max(60) }), output: done },
  /** Looks into every USB token that a known or chosen driver shows; needs no PIN. `problems` names drivers that fail. */
  'signing:tokens': {
    input: nothing,
    output: z.object({
      certificates: z.array(tokenCertificateSchema),
      problems: z.array(z.object({ driver: z.string(), code: z.enum(errorCodes) })),
    }),
  },
  /** The person chooses the PKCS#11 library of her token; '' when she cancels. */
  'signing:choose-driver': { input: nothing, output: z.object({ driver: z.string() }) },
  'signing:add-token-key': {
    input: tokenCertificateSchema
      .pick({ driver: true, token: true, keyId: true })
      .extend({ owner: keyOwnerSchema }),
    output: z.object({ key: signingKeySchema }),
  },
  /** Pictures of the person who is signed in and of this unit, never another's. */
  'signing:pictures': { input: nothing, output: z.object({ pictures: z.array(signaturePictureSchema) }) },
  'signing:remove-picture': { input: z.object({ owner: z.enum(['person', 'organ']) }), output: done },

  // signing: one PIN for a batch. The PIN is asked in a window of the main process, which names the documents.
  'signing:unlock': {
    input: z.object({
      owner: keyOwnerSchema,
      keyId: actKey.keyId,
      /** Name of the person who signs by the document, for the warning when the certificate says another. */
      signerName: z.string().max(100).optional(),
      files: z.array(sessionFileSchema).min(1).max(largestBatch),
    }),
    output: z.object({ session: z.string() }),
  },
  'signing:lock': { input: z.object({ session: z.string().max(60) }), output: done },
  /** What a signature will look like before it is made: where it stands, and what the signer should know of the file. */
  'signing:preview': {
    input: z.object({
      sha256: sha256Schema,
      signerName: z.string().max(100),
      title: z.array(z.string().max(200)).max(4),
      sealMm: z.number().positive().max(60),
    }),
    output: z.object({
      /** Null: the document leaves no room, and a signing page is added. */
      personSignature: placeSchema.nullable(),
      warnings: z.array(z.object({ code: z.string(), page: z.number().nullable(), detail: z.string() })),
    }),
  },

  // signing: the acts. Without a session the PIN is asked for this one act.
  /**
   * The person signs: places for number, date and both signatures are added first, where the text shows them or on a
   * signing page, then the certification signature that allows filling them. The password is asked in a window of the main process.
   */
  'signing:sign-person': {
    input: z.object({
      sha256: sha256Schema,
      name: z.string().min(1).max(255),
      signerName: z.string().min(1).max(100),
      /** Lines above the signature, e.g. `TM. BAN THƯỜNG VỤ`, `CHỦ TỊCH`. */
      title: z.array(z.string().max(200)).max(4),
      symbol: z.string().max(30),
      place: z.string().max(100),
      sealMm: z.number().positive().max(60),
      ...actKey,
    }),
    output: signedFileSchema.extend({ places: signingPlacesSchema }),
  },
  'signing:fill-number': {
    input: z.object({
      sha256: sha256Schema,
      name: z.string().min(1).max(255),
      number: z.string().min(1).max(11),
      date: daySchema,
    }),
    output: z.object({ file: fileRefSchema }),
  },
  /** The organisation signs the main document and each annex in a file of its own (text block, no picture). */
  'signing:sign-organ': {
    input: z.object({
      sha256: sha256Schema,
      name: z.string().min(1).max(255),
      numberAndSymbol: z.string().max(60),
      organisation: z.string().max(200),
      sealMm: z.number().positive().max(60),
      annexes: z.array(fileRefSchema).max(50),
      ...actKey,
    }),
    output: signedFileSchema.extend({ annexes: z.array(fileRefSchema) }),
  },
  /**
   * Bản sao điện tử (Điều 25, 26; Phụ lục I, II.8): a new file, signed by the organisation with its text block. For
   * TRÍCH SAO `pages` (from 0) become a new PDF first; the others copy the whole file byte for byte and add to it.
   */
  'signing:sign-copy': {
    input: z.object({
      sha256: sha256Schema,
      name: z.string().min(1).max(255),
      form: z.enum(copyForms),
      organisation: z.string().min(1).max(200),
      pages: z.array(z.number().int().nonnegative()).max(2000),
      ...actKey,
    }),
    output: signedFileSchema,
  },
  /** Thư ký or chủ tọa signs the minutes (Mẫu 1.9): the first certifies, the second approves; both stay valid. */
  'signing:sign-minutes': {
    input: z.object({
      sha256: sha256Schema,
      name: z.string().min(1).max(255),
      role: z.enum(minutesRoles),
      secretaryName: z.string().min(1).max(100),
      chairName: z.string().min(1).max(100),
      ...actKey,
    }),
    output: signedFileSchema,
  },

  // signing: making signatures last
  'signing:settings': { input: nothing, output: signingSettingsSchema },
  'signing:save-settings': { input: signingSettingsSchema, output: done },
  /**
   * Adds timestamps and validation data to a file that stands at `level`, up to the wanted one. The new file begins with
   * the old one. `missing` names what could not be had. Errors: SERVICE_UNREACHABLE, TSA_*, NO_SIGNATURE.
   */
  'signing:raise': {
    input: sessionFileSchema.extend({ level: signatureLevelSchema }),
    output: z.object({
      /** Null when nothing could be added that is worth keeping. */
      file: fileRefSchema.nullable(),
      level: signatureLevelSchema,
      missing: z.array(z.string()),
    }),
  },

  // checking signatures, and what is trusted
  ...checkContract,

  // the journal of operations, and what is done when the local database is lost
  ...rescueContract,
  ...backupContract,

  // printed matter, made in the document worker
  'print:make': {
    input: z.object({ name: z.string().min(1).max(255), job: printJobSchema }),
    output: z.object({
      file: fileRefSchema,
      places: signingPlacesSchema.nullable(),
      problems: z.array(z.string()),
    }),
  },
} as const;

/** Calls that only the preload makes, with paths the page never sees: files really dropped or chosen by the person. */
export const privateContract = {
  'intake:take-paths': {
    input: z.object({ paths: z.array(z.string().max(4096)).max(500) }),
    output: z.object({ files: z.array(takenFileSchema) }),
  },
  'signing:import-key': {
    input: z.object({ path: z.string().max(4096), owner: z.enum(['person', 'organ']) }),
    output: z.object({ key: signingKeySchema }),
  },
  /** PNG only; replaces the picture that its holder had. Errors: PICTURE_*. */
  'signing:import-picture': {
    input: z.object({ path: z.string().max(4096), owner: z.enum(['person', 'organ']) }),
    output: z.object({ picture: signaturePictureSchema }),
  },
  ...privateCheckContract,
  /** The password window asks what it is for, and answers; null when the person cancels. Only that window is heard. */
  'secret:question': {
    input: nothing,
    output: z.object({
      title: z.string(),
      purpose: z.string(),
      kind: z.enum(['password', 'pin']),
      documents: z.array(z.string()),
      warnings: z.array(z.string()),
      again: z.boolean(),
    }),
  },
  'secret:answer': {
    input: z.object({
      secret: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.length <= 4096)
        .nullable(),
    }),
    output: done,
  },
} as const;

/** What the main process tells the page. */
export const events = {
  /** The server says that something changed, or the connection came or went. */
  'net:state': z.object({ online: z.boolean(), reason: z.union([z.literal(''), z.enum(errorCodes)]) }),
  'net:poke': z.object({ buckets: z.array(z.string()) }),
  /** The application ends: the sync window ends the step under way and begins no other. */
  'sync:stop': z.object({}),
  /** A file from the scan folder, in the vault already; answered with `scan-folder:confirm`. */
  'scan-folder:taken': takenFileSchema.extend({ ticket: z.string() }),
  'scan-folder:problem': z.object({ problem: z.string() }),
  'files:progress': z.object({
    sha256: sha256Schema,
    done: z.number(),
    total: z.number(),
    direction: z.enum(['up', 'down']),
  }),
  'session:locked': z.object({ person: idSchema }),
  ...checkEvents,
  ...backupEvents,
  ...lanEvents,
} as const;

type AllChannels = typeof contract & typeof privateContract;
export type Channel = keyof typeof contract;
export type PrivateChannel = keyof typeof privateContract;
export type Input<C extends keyof AllChannels> = z.input<AllChannels[C]['input']>;
export type Parsed<C extends keyof AllChannels> = z.output<AllChannels[C]['input']>;
export type Output<C extends keyof AllChannels> = z.output<AllChannels[C]['output']>;
export type Topic = keyof typeof events;
export type Payload<T extends Topic> = z.output<(typeof events)[T]>;
