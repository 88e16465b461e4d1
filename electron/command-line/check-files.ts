import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { unreadableLine } from './check-line';

/** What every file is checked against. `now` in milliseconds; the rest as DER. */
export type CheckTrust = {
  readonly anchors: readonly Uint8Array[];
  /** CRLs and OCSP responses. */
  readonly revocationData: readonly Uint8Array[];
  readonly now: number;
  readonly isOnline: boolean;
};

/** A file may take this long, and longer only for being large: reading and hashing it has a speed. */
const limitMs = 5_000;
const slowestBytesPerMs = 20_000;
/** What services on the network may add. */
const onlineMs = 30_000;
const memory = { maxOldGenerationSizeMb: 400 };

/**
 * Checks one file after the other in a thread of their own, which is given up with its file when it takes too long or
 * too much memory. Gives one line of JSON for each.
 */
export class FileChecker {
  private readonly trust: CheckTrust;
  private thread: Worker | null = null;

  constructor(trust: CheckTrust) {
    this.trust = trust;
  }

  async check(file: string): Promise<string> {
    const thread = (this.thread ??= this.start());
    const limit = limitMs + (await sizeOf(file)) / slowestBytesPerMs + (this.trust.isOnline ? onlineMs : 0);
    const outcome = await answerOf(thread, file, limit);
    if (outcome.isLost) await this.close();
    return outcome.line;
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
    this.thread = null;
  }

  private start(): Worker {
    return new Worker(path.join(import.meta.dirname, 'check-thread.js'), {
      workerData: this.trust,
      resourceLimits: memory,
    });
  }
}

/** Only bounds the time; why a file cannot be opened is said in its own line, by the thread that opens it. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found?.size ?? 0;
}

/** `isLost` when the thread can check nothing any more. */
type Outcome = { readonly line: string; readonly isLost: boolean };

function answerOf(thread: Worker, file: string, limit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      thread.off('message', answered);
      thread.off('error', crashed);
      resolve(outcome);
    };
    const lost = (code: string): void => settle({ line: unreadableLine(file, code), isLost: true });
    const answered = (line: string): void => settle({ line, isLost: false });
    const crashed = (): void => lost('WORKER_CRASHED');
    const timer = setTimeout(() => lost('TIMEOUT'), limit);
    thread.on('message', answered);
    thread.on('error', crashed);
    thread.postMessage(file);
  });
}
