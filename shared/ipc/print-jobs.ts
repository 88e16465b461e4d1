import { z } from 'zod';
import type {
  Minutes,
  OfficialDocument,
  PackMeeting,
  RecoveryKitSheets,
  RegisterCover,
  RegisterRows,
  RoutingSlip,
  SignatureCheckSlip,
} from '../print/print-types';
import { fileKinds, sha256Schema, urgencies } from '../schema/values';

// The data of printed matter as they cross the border to the document worker. Each schema is held to the type that
// `shared/print` sets, so that the two cannot drift apart.

const line = z.string().max(2000);
const long = z.string().max(20_000);
const day = z.string().max(10);
const inline = z.union([
  long,
  z
    .array(z.object({ text: long, bold: z.boolean().exactOptional(), italic: z.boolean().exactOptional() }))
    .max(500),
]);
const table = z.object({
  columns: z
    .array(
      z.object({ title: line, share: z.number().positive(), alignment: z.enum(['left', 'centre', 'right']) }),
    )
    .max(30),
  rows: z.array(z.array(inline).max(30)).max(5000),
  numbered: z.boolean().exactOptional(),
});
const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text: inline }),
  z.object({ kind: z.literal('heading'), text: line }),
  z.object({ kind: z.literal('chapter'), label: line, title: line }),
  z.object({
    kind: z.literal('article'),
    label: line,
    title: line.exactOptional(),
    text: inline.exactOptional(),
  }),
  z.object({ kind: z.literal('centred'), text: line }),
  z.object({ kind: z.literal('table'), table }),
]);
const receiver = z.object({ name: line, tag: z.string().max(40).exactOptional() });
const head = {
  superior: line,
  issuer: line,
  number: z.number().int().nullable(),
  symbol: line,
  year: z.number().int(),
};

const official = z.object({
  ...head,
  place: line,
  date: day.nullable(),
  openDate: z.enum(['whole', 'gaps']).exactOptional(),
  typeName: line,
  subject: line,
  urgency: z.enum(urgencies),
  circulation: line.exactOptional(),
  addressees: z.array(line).max(50),
  authority: line.exactOptional(),
  bases: z.array(line).max(60),
  enacting: line.exactOptional(),
  body: z.array(block).max(2000),
  signing: z.object({ authority: z.array(line).max(6), name: line }),
  receivers: z.array(receiver).max(200),
  archive: line,
  annexes: z
    .array(
      z.object({ title: line, blocks: z.array(block).max(2000), landscape: z.boolean().exactOptional() }),
    )
    .max(20)
    .exactOptional(),
  bodySize: z.union([z.literal(13), z.literal(14)]).exactOptional(),
  sealDiameter: z.number().positive().exactOptional(),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<OfficialDocument>;

const cover = z.object({
  superior: line,
  issuer: line,
  year: z.number().int(),
  from: day,
  to: day,
  fromNumber: z.number().int().nullable(),
  toNumber: z.number().int().nullable(),
  volume: z.number().int(),
  series: line.exactOptional(),
  closedOn: day.exactOptional(),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<RegisterCover>;
const incomingRow = z.object({
  arrivedOn: day,
  arrivalNumber: z.number().int(),
  author: line,
  symbol: line,
  documentDate: day,
  subject: line,
  receiver: line,
  forwardedOn: day,
  note: line,
}) satisfies z.ZodType<RegisterRows['incoming'][number]>;
const outgoingRow = z.object({
  symbol: line,
  documentDate: day,
  subject: line,
  signer: line,
  receivers: line,
  copyKeeper: line,
  copies: z.number().int(),
  forwardedOn: day,
  note: line,
}) satisfies z.ZodType<RegisterRows['outgoing'][number]>;

const opinion = z.object({
  author: line,
  position: line,
  text: long,
  lead: line,
  support: z.array(line).max(100),
  dueDate: day,
  givenOn: day,
  enteredBy: line,
});
const slip = z.object({
  superior: line,
  issuer: line,
  place: line,
  date: day.nullable(),
  year: z.number().int(),
  document: z.object({ typeName: line, symbol: line, date: day, issuer: line, subject: line }),
  arrival: z.object({ number: z.number().int(), date: day }).nullable(),
  leader: z.array(opinion).max(50),
  unitHead: z.array(opinion).max(50),
  handler: z.array(opinion).max(50),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<RoutingSlip>;

const person = z.object({ name: line, position: line });
const minutes = z.object({
  ...head,
  title: line,
  startedAt: line,
  endedAt: line,
  venue: line,
  attendance: z.object({
    summoned: z.number().int(),
    present: z.array(person).max(3000),
    absent: z.array(person.extend({ reason: line })).max(3000),
    guests: z.array(person).max(3000),
    quorum: z.object({ rule: line, met: z.boolean() }),
  }),
  chair: person,
  secretary: person,
  proceedings: z
    .array(
      z.object({
        title: line,
        paragraphs: z.array(long).max(500),
        votes: z
          .array(
            z.object({
              question: line,
              method: line,
              counts: z.array(z.object({ label: line, count: z.number().int() })).max(10),
              base: z.object({ name: line, count: z.number().int() }),
              threshold: line,
              passed: z.boolean(),
            }),
          )
          .max(100),
      }),
    )
    .max(300),
  conclusions: z.array(z.object({ text: long, owner: line, due: day })).max(300),
  receivers: z.array(receiver).max(100),
  sealDiameter: z.number().positive().exactOptional(),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<Minutes>;

const recoveryKit = z.object({
  unitName: line,
  deviceName: line,
  kit: line,
  madeOn: day,
  halves: z.array(z.object({ holder: z.enum(['clerk', 'leader']), rows: z.array(line).max(9) })).max(2),
}) satisfies z.ZodType<RecoveryKitSheets>;

const findings = z.array(z.object({ what: line, todo: line })).max(60);
const signatureCheck = z.object({
  superior: line,
  issuer: line,
  place: line,
  date: day,
  year: z.number().int(),
  fileName: line,
  sha256: sha256Schema,
  checkedAt: line,
  checkedBy: line,
  verdict: line,
  meaning: line,
  findings,
  signatures: z
    .array(
      z.object({
        title: line,
        verdict: line,
        issuer: line,
        signer: line,
        organisation: line,
        time: line,
        integrity: line,
        validity: line,
        period: line,
        scope: line,
        trust: long,
        revocation: long,
        changes: long,
        level: line,
        findings,
      }),
    )
    .max(500),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<SignatureCheckSlip>;

const packMeeting = z.object({
  superior: line,
  issuer: line,
  title: line,
  startsAt: line,
  venue: line,
  chair: line,
  version: z.number().int(),
  agenda: z
    .array(z.object({ id: line, title: line, presenter: line, minutes: z.number().int().nonnegative() }))
    .max(300),
  createdAt: line.exactOptional(),
}) satisfies z.ZodType<PackMeeting>;

/** A paper by its content: the worker reads the bytes from the vault itself. */
const packPaper = z.object({
  title: line,
  agendaItemId: line,
  fileName: line,
  mime: line,
  kind: z.enum(fileKinds),
  sha256: sha256Schema,
});
export type PackPaperRef = z.infer<typeof packPaper>;

/** The printed matter that the document worker sets. */
export const printJobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('document'), data: official }),
  z.object({
    kind: z.literal('register'),
    data: z.discriminatedUnion('book', [
      z.object({ book: z.literal('incoming'), cover, rows: z.array(incomingRow).max(20_000) }),
      z.object({ book: z.literal('outgoing'), cover, rows: z.array(outgoingRow).max(20_000) }),
    ]),
  }),
  z.object({ kind: z.literal('slip'), data: slip }),
  z.object({ kind: z.literal('minutes'), data: minutes }),
  z.object({ kind: z.literal('signature-check'), data: signatureCheck }),
  z.object({ kind: z.literal('recovery-kit'), data: recoveryKit }),
  z.object({
    kind: z.literal('pack'),
    data: z.object({ meeting: packMeeting, papers: z.array(packPaper).max(500) }),
  }),
]);
export type PrintJob = z.infer<typeof printJobSchema>;
