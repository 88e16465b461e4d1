import { refusedRecord } from '../../domain/removal';
import type { Numbers } from '../engine';
import { numberOf, type Operation, operationId } from '../operation';
import { numberReused, type OpResult } from '../protocol';
import { type AnsweredMark, isPlain } from './answered-marks';
import type { Journal } from './journal';
import type { OutboxTable } from './local-database';
import type { OutboxEntry, OutboxTables } from './outbox-entry';
import type { Rewritings } from './rewritings';
import { entriesAfter } from './unconfirmed';

/** What the server said together with the results of a push. */
export type AnswerContext = {
  /** The last operation of this device that it holds now. */
  readonly lastN: number;
  /** Its clock, in milliseconds. */
  readonly at: number;
};

export type Answered = {
  /** The answered entries, to be recorded. */
  readonly put: readonly OutboxEntry[];
  /** The results that answer what waited. */
  readonly taken: readonly OpResult[];
  /** Entries that the server has refused: their work is taken off the rows. */
  readonly refused: readonly OutboxEntry[];
  /** Operations whose number the server holds with other work: they have to get new numbers. */
  readonly reused: readonly OutboxEntry[];
  /** The mark that says the same as `put`; null where the entries have to be written. */
  readonly mark: AnsweredMark | null;
};

/** Answered operations are kept so long, so that a restored server can get them again. */
export const keptForMs = 35 * 24 * 60 * 60 * 1000;

const pageSize = 500;

/**
 * The operations of this device: written once, numbered without a gap, sent in order, kept for 35 days. All methods but
 * the reading ones are called inside the lock of the store.
 */
export class Outbox {
  private readonly table: OutboxTable;
  private readonly stored: OutboxTable;
  private readonly journal: Journal;
  private readonly rewritings: Rewritings;
  /** The highest entry when it was last looked for; another window may have added more. */
  private known = 0;

  constructor({ stored, entries }: OutboxTables, journal: Journal, rewritings: Rewritings) {
    this.table = entries;
    this.stored = stored;
    this.journal = journal;
    this.rewritings = rewritings;
  }

  /** Acknowledges an operation in two durable steps: the journal, then the outbox. */
  async add(device: string, draft: Omit<Operation, 'op' | 'n'>, served: number): Promise<Operation> {
    const n = (await this.highest(served)) + 1;
    const operation: Operation = { ...draft, op: operationId(device, n), n };
    await this.journal.append(operation);
    await this.table.write([{ id: operation.op, n, status: 'pending', operation, reason: '' }]);
    return operation;
  }

  /** The highest number that was ever given: what is in the outbox, or what the server holds. */
  async highest(served: number): Promise<number> {
    const known = await this.stored.after(this.known - 1, 1);
    let highest = known[0]?.n === this.known ? this.known : 0;
    for await (const { n } of entriesAfter(this.stored, Math.max(served, highest))) highest = n;
    this.known = highest;
    return Math.max(highest, served);
  }

  /** Operations not answered yet, in order. */
  async pending(limit: number, numbers: Numbers = {}): Promise<readonly Operation[]> {
    const { after = 0, through = Number.POSITIVE_INFINITY } = numbers;
    if (Number.isFinite(through)) {
      // Mostly the server has none of it yet, however much waits.
      const first = (await this.table.inStatus('pending', after, 1))[0];
      if (first === undefined || first.n > through) return [];
    }
    const entries = await this.table.inStatus('pending', after, limit);
    return entries.filter(({ n }) => n <= through).map(({ operation }) => operation);
  }

  /**
   * What the answers make of the entries that they belong to; nothing is written yet. `through`: up to where nothing waits
   * any more by the marks.
   */
  async answer(results: readonly OpResult[], context: AnswerContext, through: number): Promise<Answered> {
    const entries = await this.entriesOf(results);
    const put: OutboxEntry[] = [];
    const taken: OpResult[] = [];
    const refused: OutboxEntry[] = [];
    const reused: OutboxEntry[] = [];
    for (const result of results) {
      const entry = entries.get(result.op);
      if (entry?.status !== 'pending') continue;
      if (result.status === 'rejected' && result.reason === numberReused) {
        reused.push(entry);
        continue;
      }
      const next = answered(entry, result, context.at);
      put.push(next);
      taken.push(result);
      if (result.status === 'rejected') refused.push(next);
    }
    const waited = taken.flatMap(({ op }) => entries.get(op) ?? []);
    const all = waited.length === entries.size && waited.every(isPlain) && refused.length === 0;
    const mark = all && (await this.isNext(waited, through)) ? markOf(waited, context) : null;
    return { put, taken, refused, reused, mark };
  }

  /** Whether these entries are the next that wait, all of them and in order. */
  private async isNext(waited: readonly OutboxEntry[], through: number): Promise<boolean> {
    const first = waited[0];
    if (first === undefined || waited.some(({ n }, at) => n !== first.n + at)) return false;
    if (first.n === through + 1) return true;
    return (await this.table.inStatus('pending', 0, 1))[0]?.n === first.n;
  }

  /** The entries that results belong to. Mostly they stand side by side, and one read of a range finds them. */
  private async entriesOf(results: readonly OpResult[]): Promise<ReadonlyMap<string, OutboxEntry>> {
    const first = Math.min(...results.map(({ op }) => numberOf(op)));
    const found = await this.table.after(first - 1, results.length);
    const entries = new Map(found.map((entry) => [entry.id, entry]));
    const apart = results.map(({ op }) => op).filter((op) => !entries.has(op));
    return apart.length === 0 ? entries : new Map([...entries, ...(await this.table.read(apart))]);
  }

  /** Records answers in ONE durable step. */
  async record(put: readonly OutboxEntry[]): Promise<void> {
    if (put.length === 0) return;
    if (put.some(({ status }) => status !== 'done')) await this.rewritings.note();
    await this.table.write(put);
  }

  /** A refused operation that a person has read and put away: it stays in the record, and is counted no more. */
  async putAway(id: string): Promise<void> {
    const entry = (await this.table.read([id])).get(id);
    if (entry?.status === 'rejected') await this.table.write([{ ...entry, status: 'seen' }]);
  }

  /**
   * Everything is pending again: the server may have none of it, or have answered otherwise in that history. What it has
   * gets its stored answer. What was refused is sent once more too, because the row of numbers may have no gap; it is not
   * shown on the rows meanwhile.
   */
  async reopen(): Promise<void> {
    // The marks go with their history; what only they call done waits again by that.
    let again: OutboxEntry[] = [];
    await this.rewritings.note();
    for await (const entry of entriesAfter(this.stored, 0)) {
      if (entry.status === 'pending') continue;
      again.push(reopened(entry));
      if (again.length < pageSize) continue;
      await this.table.write(again);
      again = [];
    }
    if (again.length > 0) await this.table.write(again);
  }

  /**
   * Drops what was answered more than 35 days before `now` (the server's clock, milliseconds) and is contained in the
   * stored rows (`confirmed`). What waits, and what was refused, stays. An entry of an older program gets its time first.
   */
  async prune(now: number, confirmed: number): Promise<void> {
    const first = (await this.table.inStatus('done', 0, 1))[0];
    if (first === undefined || !isDue(first, now)) return;
    const page = (await this.table.inStatus('done', 0, pageSize)).filter(({ n }) => n <= confirmed);
    const untimed = page.filter(({ answeredAt }) => answeredAt === undefined);
    const old = page.filter((entry) => entry.answeredAt !== undefined && isDue(entry, now));
    if (untimed.length + old.length === 0) return;
    await this.table.write(
      untimed.map((entry) => ({ ...entry, answeredAt: now })),
      old.map(({ id }) => id),
    );
    const kept = (await this.table.inStatus('done', 0, 1))[0]?.n ?? confirmed + 1;
    const waiting = (await this.table.inStatus('pending', 0, 1))[0]?.n ?? kept;
    // Nobody may have read it yet: a rescue from the journal has to bring it back.
    const refused = (await this.table.inStatus('rejected', 0, 1))[0]?.n ?? kept;
    await this.journal.prune(Math.min(kept, waiting, refused) - 1);
  }
}

function answered(entry: OutboxEntry, { status, reason }: OpResult, at: number): OutboxEntry {
  const { refusedAs, ...plain } = entry;
  const answer = { ...plain, reason, answeredAt: at };
  if (status !== 'rejected') return { ...answer, status: 'done' };
  return { ...answer, status: refusedAs ?? 'rejected', operation: refusedRecord(entry.operation) };
}

function markOf(answered: readonly OutboxEntry[], { at, lastN }: AnswerContext): AnsweredMark | null {
  const last = answered.at(-1);
  return last === undefined || last.n > lastN ? null : { through: last.n, at };
}

function reopened({ answeredAt: _at, ...entry }: OutboxEntry): OutboxEntry {
  const { status } = entry;
  const again = { ...entry, status: 'pending' as const };
  return status === 'rejected' || status === 'seen' ? { ...again, refusedAs: status } : again;
}

function isDue({ answeredAt }: OutboxEntry, now: number): boolean {
  return answeredAt === undefined || answeredAt < now - keptForMs;
}
