import { errorCodes } from '@shared/result/codes';
import { fileRefSchema, sha256Schema } from '@shared/schema/values';
import type { SyncReport } from '@shared/sync/engine';
import { z } from 'zod';

const problemSchema = z.union([z.literal(''), z.enum(errorCodes)]);
const count = z.number().int().nonnegative();
const reportSchema = z.object({
  sent: count,
  received: count,
  rejected: count,
  conflicts: count,
  held: z.array(z.string()).readonly(),
  blocked: z.object({ op: z.string(), code: z.enum(errorCodes) }).nullable(),
}) satisfies z.ZodType<SyncReport>;

const roundSchema = z.object({
  busy: z.boolean(),
  online: z.boolean(),
  problem: problemSchema,
  /** When rounds began to fail (milliseconds), or 0 while they do not. */
  failingSince: z.number(),
  /** When the last complete round ended (milliseconds), also before this start of the program, or 0. */
  lastSync: z.number(),
  /** The last complete round since the program was started. */
  report: reportSchema.nullable(),
  /** What the round under way, or the last one, has moved so far, and at most so many rows are still to come. */
  progress: z.object({ received: count, sent: count, toReceive: count }),
  /** How far this machine's clock was ahead of the server's when the two last spoke (milliseconds). */
  clockAheadMs: z.number(),
});
/** How replication stands. */
export type ReplicationState = z.infer<typeof roundSchema>;
export const notBegun: ReplicationState = {
  busy: false,
  online: false,
  problem: '',
  failingSince: 0,
  lastSync: 0,
  report: null,
  progress: { received: 0, sent: 0, toReceive: 0 },
  clockAheadMs: 0,
};

const filesSchema = z.object({
  /** Files that the server does not have yet. */
  toSend: count,
  /** Files that this machine does not have yet. */
  toFetch: count,
  /** The first of those that are not here yet, in the order in which they will be fetched. */
  missing: z.array(fileRefSchema),
  /** What kept files from moving the last time, or ''. */
  problem: problemSchema,
  /** The network is paid by what it carries: the person says so, or the line does. */
  metered: z.boolean(),
  /** Files that wait for another network, in both directions, and the first of them. */
  paused: count,
  pausedFiles: z.array(fileRefSchema),
  /** Files that could not be moved, why, and when they are tried again (milliseconds). */
  problems: z.array(
    z.object({ file: fileRefSchema, code: z.enum(errorCodes), times: count, nextAt: z.number() }),
  ),
});
/** How the files stand that rows name. */
export type FilesState = z.infer<typeof filesSchema>;
export const noFiles: FilesState = {
  toSend: 0,
  toFetch: 0,
  missing: [],
  problem: '',
  metered: false,
  paused: 0,
  pausedFiles: [],
  problems: [],
};

/** What the sync window tells every other window. */
const toldSchema = z.discriminatedUnion('kind', [
  /** Its page is there, perhaps again after a crash: it begins on a `hello`, and what was asked must be asked anew. */
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('round'), round: roundSchema }),
  z.object({ kind: z.literal('files'), files: filesSchema }),
  /** Files that have come, verified. */
  z.object({ kind: z.literal('arrived'), sha256: z.array(sha256Schema) }),
  /** Files whose bytes were removed to make room. */
  z.object({ kind: z.literal('gone'), sha256: z.array(sha256Schema) }),
  /** The answer to `space`: the room that could be made, or that was made; or why it could not be. */
  z.object({
    kind: z.literal('space'),
    ask: z.string(),
    bytes: count,
    files: count,
    problem: problemSchema,
  }),
  /** The round that was asked for, with everything written before, has ended, well or not. */
  z.object({ kind: z.literal('ended'), ask: z.string() }),
]);
export type Told = z.infer<typeof toldSchema>;

/** What the other windows ask of the sync window. */
const askedSchema = z.discriminatedUnion('kind', [
  /** The local databases are open and sound: begin, or tell how things stand. */
  z.object({ kind: z.literal('hello') }),
  /** A round now. */
  z.object({ kind: z.literal('now'), ask: z.string() }),
  /** Rows name other files than before; `purged` are files whose bytes were removed. */
  z.object({ kind: z.literal('look'), purged: z.array(sha256Schema) }),
  /** A person has opened this file, does not want to wait for it, or wants it over a paid network too. */
  z.object({ kind: z.literal('file'), wish: z.enum(['open', 'cancel', 'anyway']), sha256: sha256Schema }),
  /** How much room could be made on this machine; with `free`, make it. */
  z.object({ kind: z.literal('space'), ask: z.string(), free: z.boolean() }),
]);
export type Asked = z.infer<typeof askedSchema>;

const channelName = 'cong-van-sync';

/** One end of the channel between the sync window and the others. */
export type SyncChannel<Out, In> = {
  send(message: Out): void;
  listen(listener: (message: In) => void): void;
  close(): void;
};

/** The end of the sync window. */
export const openSyncEnd = (): SyncChannel<Told, Asked> => openEnd<Told, Asked>(askedSchema);
/** The end of a window that people use. */
export const openPageEnd = (): SyncChannel<Asked, Told> => openEnd<Asked, Told>(toldSchema);

/** Each end hears only what the other may say; every window hears all messages, so the rest is passed over. */
function openEnd<Out, In>(heard: z.ZodType<In>): SyncChannel<Out, In> {
  const channel = new BroadcastChannel(channelName);
  return {
    send: (message) => channel.postMessage(message),
    listen(listener) {
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = heard.safeParse(event.data);
        if (message.success) listener(message.data);
      });
    },
    close: () => channel.close(),
  };
}
