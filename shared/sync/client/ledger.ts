import type { RowHash } from '../digest';
import { markedOutbox } from './answered-marks';
import { BlockedPush } from './blocked-push';
import type { Exclusive } from './exclusive';
import type { Journal } from './journal';
import type { LocalDatabase } from './local-database';
import { NumberingProof } from './numbering-proof';
import { Outbox } from './outbox';
import { showAgain } from './own-work';
import { type Position, readPosition, writePosition } from './position';
import { PulledRows } from './pulled-rows';
import { Quarantine } from './quarantine';
import { Refusals } from './refusals';
import { RemovalGuard } from './removal-guard';
import { Removals } from './removals';
import { Rewritings } from './rewritings';
import { Unconfirmed } from './unconfirmed';

/** What the store needs from outside. */
export type StoreParts = {
  readonly database: LocalDatabase;
  readonly journal: Journal;
  /** One task at a time over all windows of this device. */
  readonly lock: Exclusive;
  /** SHA-256 of a text in hex. */
  readonly sha256: RowHash;
};

/** The parts of the store that the people's side and the server's side share. */
export class Ledger {
  /** Its outbox gives entries as they stand: with the marks of what was answered. */
  readonly database: LocalDatabase;
  readonly journal: Journal;
  readonly lock: Exclusive;
  readonly sha256: RowHash;
  readonly rewritings: Rewritings;
  readonly outbox: Outbox;
  readonly unconfirmed: Unconfirmed;
  readonly quarantine: Quarantine;
  readonly rows: PulledRows;
  readonly guard: RemovalGuard;
  readonly removals: Removals;
  readonly proof: NumberingProof;
  readonly blocked: BlockedPush;
  readonly refusals: Refusals;

  constructor({ database, journal, lock, sha256 }: StoreParts) {
    const entries = markedOutbox(database.outbox, async () => (await this.position()).answered);
    this.database = { ...database, outbox: entries };
    this.journal = journal;
    this.lock = lock;
    this.sha256 = sha256;
    this.rewritings = new Rewritings(database.state);
    this.outbox = new Outbox({ stored: database.outbox, entries }, journal, this.rewritings);
    this.unconfirmed = new Unconfirmed({ stored: database.outbox, entries }, this.rewritings);
    this.quarantine = new Quarantine(database.state);
    this.rows = new PulledRows(database, this.unconfirmed.overlay, this.quarantine);
    this.guard = new RemovalGuard(database.state);
    this.removals = new Removals({
      database: this.database,
      journal,
      rewritings: this.rewritings,
      showAgain: async (touched) => {
        await this.unconfirmed.refresh((await this.position()).confirmed);
        await showAgain(this, touched);
      },
    });
    this.proof = new NumberingProof(database.state);
    this.blocked = new BlockedPush(database.state);
    this.refusals = new Refusals(database.state);
  }

  position(): Promise<Position> {
    return readPosition(this.database.state, this.database.generation);
  }

  moveTo(position: Position): Promise<void> {
    return writePosition(this.database.state, position);
  }
}
