import { bucketsOf } from '../../domain/exchange';
import { AppError } from '../../result/result';
import { type CollectionName, rowSchemas } from '../../schema/rows';
import { digestOf } from '../digest';
import type { Change, Operation } from '../operation';
import type { LeaseResponse } from '../protocol';
import type { BlockedOperation } from './blocked-push';
import { Ledger, type StoreParts } from './ledger';
import type { LocalRow } from './local-row';
import { LocalState } from './local-state';
import type { ProofReason } from './numbering-proof';
import type { OutboxEntry, OutboxStatus } from './outbox-entry';
import { finishTakingOff, showAgain, showOperation } from './own-work';
import { startOver } from './position';
import type { QuarantinedRow } from './quarantine';
import { recover } from './recovery';
import type { HeldBucket } from './removal-guard';
import { Replica } from './replica';
import { entriesAfter } from './unconfirmed';

/**
 * Everything that one device keeps: the people's side. An operation is acknowledged by two durable steps, a line of the
 * journal and ONE strict write of its outbox entry; the rows are a view that is made again from what the server has
 * (`replica` stores that) and the unconfirmed operations.
 */
export class LocalStore {
  /** What replication reads and writes. */
  readonly replica: Replica;
  /** Small values that other parts of the application keep. */
  readonly state: LocalState;
  /** How many operations came back from the journal when the store was opened. */
  readonly recovered: number;
  private readonly ledger: Ledger;
  /** Rows that may not show what the outbox says, because a write failed in between. */
  private unsure: readonly Change[] = [];
  /** Operations up to this number are shown on the rows, as far as this window knows. */
  private shown: number;

  private constructor(ledger: Ledger, recovered: number, shown: number) {
    this.ledger = ledger;
    this.shown = shown;
    this.recovered = recovered;
    this.replica = new Replica(ledger);
    this.state = new LocalState(ledger.database.state);
  }

  /** Opens the store and shows whatever was acknowledged before the last stop, however it stopped. */
  static open(parts: StoreParts): Promise<LocalStore> {
    const ledger = new Ledger(parts);
    return ledger.lock.run(async () => {
      const { confirmed, served } = await ledger.position();
      await ledger.removals.finish();
      await ledger.unconfirmed.refresh(confirmed);
      await showAgain(ledger, ledger.unconfirmed.overlay.rows());
      const recovered = await recover(ledger, await ledger.outbox.highest(served));
      await ledger.unconfirmed.refresh(confirmed);
      if (recovered > 0) await showAgain(ledger, ledger.unconfirmed.overlay.rows());
      await finishTakingOff(ledger);
      return new LocalStore(ledger, recovered, await ledger.outbox.highest(served));
    });
  }

  /**
   * Runs a task that reads rows and appends at most one operation, alone over all windows: what it reads cannot change
   * before it has appended. This is what makes two quick registrations take two different numbers.
   */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.ledger.lock.run(async () => {
      await this.mendRows();
      return task();
    });
  }

  async read<C extends CollectionName>(coll: C, id: string): Promise<LocalRow<C> | null> {
    const row = (await this.ledger.database.rows.read(coll, [id])).get(id);
    return (row ?? null) as LocalRow<C> | null;
  }

  /**
   * Acknowledges an operation: durable when this resolves. Must be called inside `exclusively`.
   * Order of the durable steps: the journal, the outbox, the rows; a stop after the first two loses nothing.
   * Errors: DISK_FULL, IO: nothing is acknowledged. Once the outbox has it, it is: rows that could not be written follow
   * before the next task reads them.
   */
  async append(device: string, draft: Omit<Operation, 'op' | 'n'>): Promise<Operation> {
    this.unsure = draft.changes;
    // First of all: from here on nothing that waits to be sent tells of a removed item.
    await this.ledger.removals.prepareAll(draft);
    const { served } = await this.ledger.position();
    const operation = await this.ledger.outbox.add(device, draft, served);
    try {
      await showOperation(this.ledger, operation);
      this.unsure = [];
      this.shown = operation.n;
    } catch (error) {
      // It is safe: to call it failed would have it done twice. `mendRows` shows it.
      if (!(error instanceof AppError)) throw error;
    }
    return operation;
  }

  /**
   * Nobody may work on rows that lack work which is safe already: the next number would be given twice. That a write to the
   * rows failed is known to the window that made it, so what another window has appended is shown again too.
   */
  private async mendRows(): Promise<void> {
    await this.ledger.removals.finish();
    const changes = [...this.unsure];
    let last = this.shown;
    for await (const { n, operation } of entriesAfter(this.ledger.database.outbox, this.shown)) {
      changes.push(...operation.changes);
      last = n;
    }
    if (changes.length === 0) return;
    const { confirmed } = await this.ledger.position();
    await this.ledger.unconfirmed.refresh(confirmed);
    await showAgain(this.ledger, changes);
    this.unsure = [];
    this.shown = last;
  }

  /** A refused operation that a person has read and put away: it stays in the record, and is counted no more. */
  putAway(id: string): Promise<void> {
    return this.ledger.lock.run(() => this.ledger.outbox.putAway(id));
  }

  outboxEntries(status: OutboxStatus, limit: number): Promise<readonly OutboxEntry[]> {
    return this.ledger.database.outbox.inStatus(status, 0, limit);
  }

  /** Why this device may not give numbers before it has read everything from the server; null when it may. */
  numberingProofNeeded(): Promise<ProofReason | null> {
    return this.ledger.proof.needed();
  }

  /** Says that this profile may be an older copy (it was restored): no numbers until the server has been heard. */
  requireNumberingProof(why: ProofReason): Promise<void> {
    return this.ledger.proof.require(why);
  }

  /** Files of removed items whose bytes may still be on this machine. */
  removedFiles(): Promise<readonly string[]> {
    return this.ledger.removals.files();
  }

  /** The bytes of a removed item's file are gone, or belong to another row as well. */
  settleRemovedFile(sha256: string): Promise<void> {
    return this.ledger.lock.run(() => this.ledger.removals.settleFile(sha256));
  }

  /**
   * Stores the row that the server has given in answer to a question; the pull brings it again. The answer may be old when
   * it comes: it contains no more of the own work than what was confirmed before.
   * Errors: EPOCH_CHANGED for the answer of another history, of which nothing is stored.
   */
  storeAnswer({ row, epoch: answered }: Pick<LeaseResponse, 'row' | 'epoch'>): Promise<void> {
    return this.ledger.lock.run(async () => {
      const { epoch, buckets, epochPass, confirmed } = await this.ledger.position();
      if (epoch !== answered) throw new AppError('EPOCH_CHANGED', answered);
      await this.ledger.unconfirmed.refresh(confirmed);
      const data = rowSchemas[row.coll].parse(row.data);
      const held = bucketsOf(row.coll, data).filter((bucket) => buckets[bucket] !== undefined);
      for (const bucket of held) {
        const source = { bucket, pass: buckets[bucket]?.pass ?? 0, epochPass, through: confirmed };
        await this.ledger.rows.store([row], source);
      }
    });
  }

  quarantined(): Promise<readonly QuarantinedRow[]> {
    return this.ledger.quarantine.all();
  }

  /** The operation that the server does not take, and what it says; null when nothing is in the way. */
  blocked(): Promise<BlockedOperation | null> {
    return this.ledger.blocked.read();
  }

  /** Buckets that are not read on because too many rows would go at once. */
  heldBuckets(): Promise<readonly HeldBucket[]> {
    return this.ledger.guard.held();
  }

  /** A person has agreed that the rows of a held bucket go. */
  agreeToRemoval(bucket: string): Promise<void> {
    return this.ledger.lock.run(() => this.ledger.guard.agree(bucket));
  }

  /** Reads a bucket again from the start, because its digest differs: what the server does not give again goes. */
  readAgain(bucket: string): Promise<void> {
    return this.ledger.lock.run(async () =>
      this.ledger.moveTo(startOver(await this.ledger.position(), bucket)),
    );
  }

  /** Digest over own rows of a bucket, to compare with the server's. What was set aside counts: it has come. */
  async digest(bucket: string): Promise<{ readonly count: number; readonly digest: string }> {
    const rows = new Map<string, { readonly coll: string; readonly id: string; readonly rev: number }>();
    for (const row of await this.ledger.rows.membersOf(bucket)) rows.set(`${row.coll}/${row.id}`, row);
    for (const { coll, id, rev, origin } of await this.quarantined()) {
      if (origin.buckets[bucket] !== undefined) rows.set(`${coll}/${id}`, { coll, id, rev });
    }
    return digestOf(rows.values(), this.ledger.sha256);
  }
}
