import { z } from 'zod';
import { electronicCopiesSchema, signatureStateSchema } from './signature-state';
import {
  daySchema,
  fileRefSchema,
  historySchema,
  idSchema,
  momentSchema,
  sha256Schema,
  urgencies,
} from './values';

/**
 * A scan or file that has come in and waits to be registered (hộp tiếp nhận). An item that turned out to be a secret
 * document is 'purged': it keeps no file and no words, only when it was removed (`at`) and by whom (`by`).
 */
export const intakeSchema = z
  .object({
    id: idSchema,
    unit: idSchema,
    newestFirst: z.number(),
    state: z.enum(['waiting', 'registered', 'set-aside', 'purged']),
    source: z.enum(['chosen', 'dropped', 'folder']),
    at: momentSchema,
    by: z.string().max(120),
    /** Null exactly when the item was purged. */
    file: fileRefSchema.nullable(),
    /** Error code of what is wrong with the file, or ''. The file is kept and stays findable either way. */
    problem: z.string().max(60),
    incomingId: z.string().max(120),
    note: z.string().max(500),
  })
  .refine(({ state, file }) => (state === 'purged') === (file === null), { path: ['file'] })
  .refine(
    ({ state, problem, incomingId, note }) => state !== 'purged' || problem + incomingId + note === '',
    { path: ['note'] },
  );
export type IntakeItem = z.infer<typeof intakeSchema>;

export const incomingStates = [
  'arrived', // đã đến trên mạng, chờ tiếp nhận
  'registered', // đã vào sổ
  'submitted', // đã trình lãnh đạo
  'assigned', // đã có bút phê, đã phân phối
  'in-progress', // đang xử lý
  'done', // hoàn thành
  'returned', // trả lại nơi gửi
] as const;
export type IncomingState = (typeof incomingStates)[number];

export const opinionSchema = z.object({
  by: z.string(),
  at: momentSchema,
  text: z.string().max(4000),
});
export type Opinion = z.infer<typeof opinionSchema>;

export const assignmentSchema = z.object({
  lead: z.string(),
  support: z.array(z.string()),
  informed: z.array(z.string()),
  due: daySchema,
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** What the check of a file's signatures said, kept beside the document it belongs to. */
export const signatureSummarySchema = z.object({
  sha256: sha256Schema,
  verdict: z.enum(['valid', 'indeterminate', 'invalid', 'unsigned']),
  checkedAt: momentSchema,
  signers: z.array(z.object({ name: z.string(), organisation: z.string(), verdict: z.string() })),
  problems: z.array(z.string()),
  /** The whole report with the certificates and revocation data it rests on; null once it was removed. */
  report: fileRefSchema.nullable().optional(),
});
export type SignatureSummary = z.infer<typeof signatureSummarySchema>;

/** Văn bản đến; the fields of Appendix VI under readable names. */
export const incomingSchema = z.object({
  id: idSchema,
  unit: idSchema,
  newestFirst: z.number(),
  state: z.enum(incomingStates),
  bookId: z.string().max(120),
  arrivalNumber: z.number().int().nonnegative(),
  arrivalDate: daySchema,
  number: z.string().max(11),
  symbol: z.string().max(30),
  date: daySchema,
  issuer: z.string().max(200),
  type: z.string().max(100),
  subject: z.string().max(500),
  signerName: z.string().max(50),
  signerPosition: z.string().max(100),
  urgency: z.enum(urgencies),
  pages: z.number().int().nonnegative(),
  paperPlace: z.string().max(200),
  dueDate: daySchema,
  note: z.string().max(500),
  /** Normalised number + symbol + issuer, for the duplicate warning of Appendix VI. '-' where not numbered. */
  duplicateKey: z.string().max(300),
  files: z.array(fileRefSchema),
  /** The sending unit's document when it came through the province's exchange; '' fields otherwise. */
  exchangeFrom: z.string().max(120),
  exchangeOutgoing: z.string().max(120),
  submittedTo: z.string().max(120),
  assignment: assignmentSchema.nullable(),
  opinions: z.record(z.string(), opinionSchema),
  returnReason: z.string().max(1000),
  result: z.string().max(1000),
  signatures: z.record(z.string(), signatureSummarySchema),
  /** Bản sao điện tử made from its files (Điều 25); absent in rows of earlier versions. */
  electronicCopies: electronicCopiesSchema.optional(),
  history: historySchema,
});
export type Incoming = z.infer<typeof incomingSchema>;

export const outgoingStates = [
  'draft', // dự thảo
  'submitted', // trình ký
  'signed', // người có thẩm quyền đã ký
  'waiting-number', // chờ cấp số (máy này không giữ sổ)
  'numbered', // đã cấp số, ngày
  'sealed', // đã ký số cơ quan
  'issued', // đã phát hành
  'cancelled', // số đã hủy trước khi phát hành
] as const;
export type OutgoingState = (typeof outgoingStates)[number];

/** A rectangle on a page: points, origin at the bottom left of the page as displayed, pages from 0. */
export const placeSchema = z.object({
  page: z.number().int().nonnegative(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Place = z.infer<typeof placeSchema>;

export const signingPlacesSchema = z.object({
  numberField: placeSchema,
  dateField: placeSchema,
  personSignature: placeSchema,
  organSignature: placeSchema,
});
export type SigningPlaces = z.infer<typeof signingPlacesSchema>;

/** Delivery to one receiving unit; status codes of the national exchange (01 đến … 06 hoàn thành). */
export const deliveryStatuses = ['01', '02', '03', '05', '06'] as const;
export const deliverySchema = z.object({
  status: z.enum(deliveryStatuses),
  at: momentSchema,
  reason: z.string().max(1000),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** The text of a document composed in the program, before it is set as a PDF. */
export const compositionSchema = z.object({
  addressee: z.string().max(500),
  bases: z.array(z.string().max(1000)).max(40),
  paragraphs: z.array(z.string().max(8000)).max(400),
});
export type Composition = z.infer<typeof compositionSchema>;

/** Văn bản đi. */
export const outgoingSchema = z.object({
  id: idSchema,
  unit: idSchema,
  newestFirst: z.number(),
  state: z.enum(outgoingStates),
  bookId: z.string().max(120),
  number: z.number().int().nonnegative(),
  symbol: z.string().max(30),
  date: daySchema,
  /** The slip by which the machine that holds the book gave the number, where it came that way. */
  numberProof: z.string().max(2000).optional(),
  type: z.string().max(100),
  subject: z.string().max(500),
  urgency: z.enum(urgencies),
  drafter: z.string().max(120),
  signer: z.string().max(120),
  /** TM., KT., TL., TUQ., Q. or '' (Điều 13). */
  capacity: z.string().max(10),
  replyTo: z.string().max(120),
  receivers: z.array(z.string()).max(500),
  otherReceivers: z.string().max(1000),
  copies: z.number().int().nonnegative(),
  composition: compositionSchema.nullable(),
  /** The document in its newest form: draft, signed, numbered, sealed. */
  body: fileRefSchema.nullable(),
  annexes: z.array(fileRefSchema),
  places: signingPlacesSchema.nullable(),
  /** How long-lived the signatures of the body are; absent before it is signed. */
  signature: signatureStateSchema.optional(),
  /** Bản sao điện tử made from its files (Điều 25). */
  electronicCopies: electronicCopiesSchema.optional(),
  returnReason: z.string().max(1000),
  deliveries: z.record(z.string(), deliverySchema),
  issuedAt: momentSchema,
  history: historySchema,
});
export type Outgoing = z.infer<typeof outgoingSchema>;
