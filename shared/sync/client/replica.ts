import type { Identity, Numbers, PageOutcome, PulledPage, Reached, SyncStore } from '../engine';
import type { Operation } from '../operation';
import type { OpResult, WireRow } from '../protocol';
import { answeredThrough, withMark } from './answered-marks';
import type { BlockedOperation } from './blocked-push';
import type { Source } from './compose-row';
import type { Ledger } from './ledger';
import type { AnswerContext } from './outbox';
import type { OutboxEntry } from './outbox-entry';
import { finishTakingOff, removeStrays, showAgain, takeOff } from './own-work';
import {
  type BucketPosition,
  cursorsOf,
  inEpoch,
  isLeftOver,
  type Position,
  startOver,
  withBucket,
  withBuckets,
  withoutBucket,
} from './position';
import { renumber } from './renumber';
import { entriesAfter } from './unconfirmed';

/**
 * The server's side of the store: what one round of replication writes, each method alone over all windows. A method that
 * is stopped in between can be done again: rows are stored before the cursor, entries before the position.
 */
export class Replica implements SyncStore {
  private readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  beginRound(): Promise<void> {
    return this.ledger.lock.run(async () => {
      const { guard, rows, unconfirmed } = this.ledger;
      guard.beginRound();
      const { confirmed, epochPass } = await this.ledger.position();
      await this.ledger.removals.finish();
      await unconfirmed.refresh(confirmed);
      await finishTakingOff(this.ledger);
      await rows.retryAside((bucket, pass, through) => ({ bucket, pass, epochPass, through }));
    });
  }

  async identity(): Promise<Identity> {
    const { serverId, epoch, served } = await this.ledger.position();
    return { serverId, epoch, served };
  }

  async cursors(): Promise<Readonly<Record<string, number>>> {
    return cursorsOf(await this.ledger.position());
  }

  /** Alone over all windows: what is said to be settled must be true of one moment. */
  reached(): Promise<Reached> {
    return this.ledger.lock.run(async () => {
      const position = await this.ledger.position();
      const settled = await this.isSettled(Object.values(position.buckets));
      return { epoch: position.epoch, cursors: cursorsOf(position), settled };
    });
  }

  pendingOperations(limit: number, numbers?: Numbers): Promise<readonly Operation[]> {
    return this.ledger.outbox.pending(limit, numbers);
  }

  recordResults(results: readonly OpResult[], context: AnswerContext): Promise<readonly OpResult[]> {
    return this.ledger.lock.run(async () => {
      const position = await this.ledger.position();
      await this.ledger.unconfirmed.refresh(position.confirmed);
      const through = answeredThrough(position.answered);
      const { put, taken, refused, reused, mark } = await this.ledger.outbox.answer(
        results,
        context,
        through,
      );
      if (refused.length > 0) await this.ledger.refusals.note(refused.map(({ id }) => id));
      const { lastN } = context;
      const served = Math.max(position.served, lastN);
      if (mark === null) {
        // Either may come first: what is known to be served and still waits is sent again, and has its answer already.
        await bothOf(
          this.ledger.outbox.record(put),
          served > position.served ? this.ledger.moveTo({ ...position, served }) : Promise.resolve(),
        );
      } else {
        await this.ledger.moveTo({ ...position, served, answered: withMark(position.answered, mark) });
      }
      if (refused.length > 0) {
        await this.ledger.unconfirmed.refresh(position.confirmed);
        await takeOff(this.ledger, refused, results);
        await this.ledger.refusals.settle();
      }
      if (reused.length > 0) await this.giveNewNumbers(Math.min(...reused.map(({ n }) => n)), lastN);
      return taken;
    });
  }

  /** Whether what this device knows has come from the present history, or has been answered by it. */
  private async isSettled(buckets: readonly BucketPosition[]): Promise<boolean> {
    if (buckets.length === 0 || buckets.some(({ sweep }) => sweep)) return false;
    if ((await this.ledger.proof.needed()) !== null) return false;
    return (await this.ledger.outbox.pending(1)).length === 0;
  }

  noteBlocked(blocked: BlockedOperation | null): Promise<void> {
    return this.ledger.blocked.note(blocked);
  }

  closeGap(lastN: number): Promise<boolean> {
    return this.ledger.lock.run(async () => {
      const next = (await this.ledger.database.outbox.after(lastN, 1))[0];
      if (next?.status !== 'pending' || next.n === lastN + 1) return false;
      await this.giveNewNumbers(next.n, lastN);
      return true;
    });
  }

  hear(buckets: readonly string[], lastN: number): Promise<void> {
    return this.ledger.lock.run(async () => {
      const position = await this.ledger.position();
      if (lastN > position.served && lastN > (await this.ledger.outbox.highest(position.served)))
        await this.ledger.proof.require('restored');
      const heard = withBuckets({ ...position, served: Math.max(lastN, position.served) }, buckets);
      if (heard.served !== position.served || heard.lastPass !== position.lastPass)
        await this.ledger.moveTo(heard);
    });
  }

  storePage(page: PulledPage, from: number, lastN: number): Promise<PageOutcome> {
    return this.ledger.lock.run(async () => {
      const position = await this.ledger.position();
      const at = position.buckets[page.bucket];
      if (at?.next !== from) return 'stale';
      const { bucket, rows } = page;
      const source = { bucket, pass: at.pass, epochPass: position.epochPass, through: lastN };
      if (rows.length > 0 && !(await this.storeRows(rows, source, position))) return 'held';
      const moved = withBucket(position, bucket, { next: page.next });
      if (page.next !== at.next) await this.ledger.moveTo(moved);
      if (page.more) return 'stored';
      return (await this.endPass(moved, source)) ? 'stored' : 'held';
    });
  }

  dropBucket(bucket: string): Promise<void> {
    return this.ledger.lock.run(async () => {
      const { rows, guard, unconfirmed, quarantine } = this.ledger;
      const position = await this.ledger.position();
      if (position.buckets[bucket] === undefined) return;
      await unconfirmed.refresh(position.confirmed);
      // After a stop in between the bucket may be readable again: its cursor must not stand behind rows that have gone.
      await this.ledger.moveTo(startOver(position, bucket));
      await rows.leave(await rows.membersOf(bucket), bucket, position.confirmed);
      const aside = (await quarantine.all()).filter(({ origin }) => origin.buckets[bucket] !== undefined);
      await quarantine.leave(aside, bucket);
      await this.ledger.moveTo(withoutBucket(position, bucket));
      await guard.settle(bucket);
    });
  }

  confirmThrough(n: number): Promise<void> {
    return this.ledger.lock.run(async () => {
      const { unconfirmed, proof, database } = this.ledger;
      const position = await this.ledger.position();
      await unconfirmed.refresh(position.confirmed);
      if (n !== position.confirmed) {
        const confirmed: Operation[] = [];
        for await (const entry of entriesAfter(database.outbox, position.confirmed)) {
          if (entry.n > n) break;
          if (entry.status === 'done') confirmed.push(entry.operation);
        }
        unconfirmed.overlay.confirmThrough(n);
        await removeStrays(this.ledger, confirmed, n);
        await this.ledger.moveTo({ ...position, confirmed: n });
      }
      await proof.give();
    });
  }

  restart(serverId: string, epoch: string, lastN: number): Promise<void> {
    return this.ledger.lock.run(async () => {
      await this.ledger.outbox.reopen();
      await this.ledger.moveTo(inEpoch(await this.ledger.position(), serverId, epoch, lastN));
    });
  }

  endRound(now: number): Promise<void> {
    return this.ledger.lock.run(async () =>
      this.ledger.outbox.prune(now, (await this.ledger.position()).confirmed),
    );
  }

  /** False where so many rows would go that a person has to be asked first: then nothing was stored. */
  private async storeRows(rows: readonly WireRow[], source: Source, position: Position): Promise<boolean> {
    const { unconfirmed, removals } = this.ledger;
    const live = rows.filter((row) => !row.gone && row.data !== null);
    const gone = rows.filter((row) => row.gone || row.data === null);
    if (gone.length > 0 && !(await this.mayLeave(gone, source.bucket))) return false;
    for (const { coll, data } of live) if (data !== null) await removals.prepare(coll, data);
    await unconfirmed.refresh(position.confirmed);
    await this.ledger.rows.store(live, source);
    if (gone.length > 0) await this.ledger.rows.leave(gone, source.bucket, source.through);
    return true;
  }

  /** The bucket has been read to its end: what an earlier pass had brought and this one has not, goes. */
  private async endPass(position: Position, { bucket, pass, through }: Source): Promise<boolean> {
    const { rows, guard, unconfirmed } = this.ledger;
    if (position.buckets[bucket]?.sweep === true) {
      const left = await rows.membersOf(bucket, (row) => isLeftOver(row, bucket, pass));
      if (left.length > 0 && !(await this.mayLeave(left, bucket))) return false;
      await unconfirmed.refresh(position.confirmed);
      await rows.leave(left, bucket, through);
      await this.ledger.moveTo(withBucket(position, bucket, { sweep: false }));
    }
    await guard.settle(bucket);
    return true;
  }

  private async mayLeave(rows: readonly Pick<WireRow, 'coll' | 'id'>[], bucket: string): Promise<boolean> {
    const { guard, rows: pulled } = this.ledger;
    return guard.allows(
      bucket,
      await pulled.onlyIn(bucket, rows),
      async () => (await pulled.membersOf(bucket)).length,
    );
  }

  /** Everything that waits from number `from` on gets the numbers after `lastN`. */
  private async giveNewNumbers(from: number, lastN: number): Promise<void> {
    const waiting: OutboxEntry[] = [];
    for await (const entry of entriesAfter(this.ledger.database.outbox, from - 1)) {
      if (entry.status === 'pending') waiting.push(entry);
    }
    await renumber(waiting, lastN, {
      outbox: this.ledger.database.outbox,
      state: this.ledger.database.state,
      journal: this.ledger.journal,
      rewritings: this.ledger.rewritings,
    });
    const { unconfirmed } = this.ledger;
    await unconfirmed.refresh((await this.ledger.position()).confirmed);
    await showAgain(this.ledger, unconfirmed.overlay.rows());
  }
}

/** Two writes at once; both have ended when it does, also where one fails. */
async function bothOf(first: Promise<void>, second: Promise<void>): Promise<void> {
  for (const end of await Promise.allSettled([first, second]))
    if (end.status === 'rejected') throw end.reason;
}
