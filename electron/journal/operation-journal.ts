import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { madeOf, rewrittenFor } from '@shared/domain/removal';
import type { IntakeItem } from '@shared/schema/documents';
import type { Operation } from '@shared/sync/operation';
import { Serial } from '@shared/sync/serial';
import { replaceFile, writeFully } from '../vault/durable';
import { toFileError } from '../vault/file-errors';
import { openLine, parseLine, sealLine, sentLine, voidLine } from './line';
import { type JournalSummary, LineIndex } from './line-index';
import {
  type Active,
  addSegment,
  beginSegment,
  listSegments,
  placeLines,
  readLines,
  readSegment,
} from './segments';

type Waiting = {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

const segmentLimit = 4 * 1024 * 1024;
const readAtOnce = 500;

/**
 * The operations of this device as lines that are only ever appended: what the local database is made again from when
 * it is lost. Each line is sealed on its own, so a damaged one costs itself only. All calls follow one another.
 */
export class OperationJournal {
  private readonly dir: string;
  private readonly key: Uint8Array;
  private readonly limit: number;
  private readonly serial = new Serial();
  private waiting: Waiting[] = [];
  private active: Active | null = null;
  private index: LineIndex | null = null;

  /** `key` is 32 bytes and for this use only; `limit` is the size from which a new segment is begun. */
  constructor(dir: string, key: Uint8Array, limit = segmentLimit) {
    this.dir = dir;
    this.key = key;
    this.limit = limit;
  }

  /**
   * On the disk when this resolves. Appends that come while others are being flushed share the next flush.
   * Errors: DISK_FULL, IO; then the operation may or may not be found later, and its number may be used again.
   */
  append(operation: Operation): Promise<void> {
    return this.write(sealLine(this.key, operation));
  }

  /** Notes that the server holds everything up to `n`. Only what is told of a journal rests on it, never what is kept. */
  noteSent(n: number): Promise<void> {
    return this.write(sentLine(n));
  }

  /** Operations with a number above `n`, in order, at most `limit`. A line that does not open any more is left out. */
  read(n: number, limit: number): Promise<readonly Operation[]> {
    return this.alone(async () => {
      const index = await this.lineIndex();
      const numbers = index.numbers(n + 1);
      const operations: Operation[] = [];
      for (let at = 0; at < numbers.length && operations.length < limit; at += readAtOnce) {
        const places = numbers.slice(at, at + readAtOnce).flatMap((number) => index.placeOf(number) ?? []);
        const texts = await readLines(this.dir, places);
        operations.push(...texts.flatMap((text) => operationIn(this.key, text) ?? []));
      }
      return operations.slice(0, limit);
    });
  }

  summary(): Promise<JournalSummary> {
    return this.alone(async () => (await this.lineIndex()).summary());
  }

  /** Rewrites every operation that has to do with a removed item so that it tells nothing of it (phát hiện nhầm). */
  forget(item: IntakeItem): Promise<void> {
    return this.alone(async () => {
      await this.endSegment();
      this.index = null;
      const names = await listSegments(this.dir);
      const made = new Set<string>();
      for (const name of names)
        for (const operation of await this.operationsOf(name))
          for (const document of madeOf(operation, item.id)) made.add(document);
      for (const name of names) await this.forgetIn(name, item, made);
    });
  }

  /** From number `n` on these operations count and no others: afterwards it is so whole, or not at all. */
  replaceFrom(n: number, operations: readonly Operation[]): Promise<void> {
    return this.alone(async () => {
      await this.endSegment();
      this.index = null;
      const lines = operations.map((operation) => sealLine(this.key, operation));
      await addSegment(this.dir, [voidLine(n), ...lines].join(''));
    });
  }

  /**
   * Drops what is no longer needed: from the oldest on, whole segments in which no number is above `through`. None is
   * dropped behind one that stays, which it may make void.
   */
  prune(through: number): Promise<void> {
    return this.alone(async () => {
      for (const name of await listSegments(this.dir)) {
        if (name === this.active?.name) return;
        const { lines } = await readSegment(this.dir, name);
        if (lines.some(({ line }) => line !== null && line.n > through)) return;
        await rm(join(this.dir, name));
        this.index = null;
      }
    });
  }

  /** Paths of all segments. Appending goes on in the newest; a copy of it may end in half a line. */
  files(): Promise<readonly string[]> {
    return this.alone(async () => (await listSegments(this.dir)).map((name) => join(this.dir, name)));
  }

  close(): Promise<void> {
    return this.alone(() => this.endSegment());
  }

  private alone<T>(task: () => Promise<T>): Promise<T> {
    return this.serial.run(task).catch((error: unknown) => {
      throw toFileError(error);
    });
  }

  private write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ text, resolve, reject });
      // The first of a group writes all of it; those that came meanwhile find nothing left to do when their turn comes.
      this.serial.run(() => this.flush()).catch(reject);
    });
  }

  private async flush(): Promise<void> {
    const group = this.waiting;
    this.waiting = [];
    if (group.length === 0) return;
    try {
      await this.writeGroup(group.map(({ text }) => text));
    } catch (error) {
      for (const { reject } of group) reject(toFileError(error));
      // Whether half a line stands there now is looked at before anything is written again.
      await this.endSegment();
      return;
    }
    for (const { resolve } of group) resolve();
  }

  private async writeGroup(texts: readonly string[]): Promise<void> {
    if (this.active !== null && this.active.size >= this.limit) await this.endSegment();
    this.active ??= await beginSegment(this.dir, this.limit);
    const { name, handle, size } = this.active;
    const bytes = Buffer.from(texts.join(''), 'latin1');
    await writeFully(handle, [bytes], size);
    await handle.datasync();
    this.active.size += bytes.length;
    if (this.index !== null) for (const line of placeLines(name, bytes, size).lines) this.index.addLine(line);
  }

  private async endSegment(): Promise<void> {
    const handle = this.active?.handle;
    this.active = null;
    await handle?.close();
  }

  private async lineIndex(): Promise<LineIndex> {
    this.index ??= await LineIndex.of(this.dir);
    return this.index;
  }

  private async operationsOf(name: string): Promise<readonly Operation[]> {
    const { lines } = await readSegment(this.dir, name);
    return lines.flatMap(({ text }) => operationIn(this.key, text) ?? []);
  }

  /** A line that stays keeps its bytes; a segment in which all stay is not touched. */
  private async forgetIn(name: string, item: IntakeItem, made: ReadonlySet<string>): Promise<void> {
    const { lines } = await readSegment(this.dir, name);
    const texts = lines.map(({ text }) => {
      const operation = operationIn(this.key, text);
      const rewritten = operation === null ? null : rewrittenFor(operation, item, made);
      return rewritten === null ? `${text}\n` : sealLine(this.key, rewritten);
    });
    if (texts.every((text, at) => text === `${lines[at]?.text}\n`)) return;
    await replaceFile(join(this.dir, name), Buffer.from(texts.join(''), 'latin1'));
  }
}

function operationIn(key: Uint8Array, text: string): Operation | null {
  const line = parseLine(text);
  return line?.kind === 'operation' ? openLine(key, line.n, line.sealed) : null;
}
