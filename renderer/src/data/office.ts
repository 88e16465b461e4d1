import { refusalOf } from '@shared/domain/authority';
import { checkEntry, refuseFastClock } from '@shared/domain/numbering';
import type { Context, Plan, Stored } from '@shared/domain/plan';
import type { DeviceStatus } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Person } from '@shared/schema/people';
import type { CollectionName } from '@shared/schema/rows';
import { isoInHanoi } from '@shared/text/time';
import type { LocalStore } from './local-store';
import { sha256Text } from './sha256';

/** Reads rows as they are at the moment the command runs; nothing can change them before it has been written. */
export type Reader = <C extends CollectionName>(coll: C, id: string) => Promise<Stored<C> | null>;

/** A command in the making: reads what it needs, gives what is to be written. */
export type Planner = (context: Context, read: Reader) => Plan | Promise<Plan>;

export type Clock = () => number;

/**
 * Carries out commands for the person at this workstation: checks her rights by the same rules as the server, writes
 * one durable operation, and lets the rows follow. Resolves when the work is safe on this machine.
 */
export class Office {
  private readonly store: LocalStore;
  private readonly clock: Clock;
  private readonly afterWrite: () => void;
  private readonly clockAheadMs: () => Promise<number>;

  /** `clockAheadMs`: how far this clock was ahead of the server's when it was last reached. */
  constructor(store: LocalStore, clock: Clock, afterWrite: () => void, clockAheadMs: () => Promise<number>) {
    this.store = store;
    this.clock = clock;
    this.afterWrite = afterWrite;
    this.clockAheadMs = clockAheadMs;
  }

  /** Errors: those of the plan; NOT_SIGNED_IN, NOT_ENROLLED; and the refusals of `refusalOf` and `checkEntry`. */
  async run(person: Person | null, device: DeviceStatus, planner: Planner): Promise<void> {
    if (device.enrolment !== 'enrolled') throw new AppError('NOT_ENROLLED');
    if (person === null) throw new AppError('NOT_SIGNED_IN');
    const context: Context = {
      person,
      device: device.deviceId,
      now: isoInHanoi(this.clock()),
      newId: () => crypto.randomUUID(),
    };
    await this.store.exclusively(async () => {
      const plan = await planner(context, (coll, id) => this.store.read(coll, id));
      await this.refuseUnlessAllowed(plan, context, device.unit);
      await this.store.append(device.deviceId, {
        command: plan.command,
        actor: person.id,
        at: context.now,
        changes: [...plan.changes],
      });
    });
    this.afterWrite();
  }

  private async refuseUnlessAllowed(plan: Plan, context: Context, unit: string): Promise<void> {
    const rows = new Map<string, Readonly<Record<string, unknown>> | null>();
    for (const change of plan.changes) {
      rows.set(`${change.coll}/${change.id}`, await this.store.read(change.coll, change.id));
    }
    const lookup = (coll: string, id: string) => rows.get(`${coll}/${id}`) ?? null;
    const refusal = refusalOf(plan, context.person, unit, lookup);
    if (refusal !== null) throw new AppError(refusal, plan.command);
    if (movesBook(plan)) await this.refuseNumbers();
    for (const change of plan.changes) {
      if (change.coll !== 'numbers' || !change.create) continue;
      const entry = change.patch as unknown as NumberEntry;
      const book = lookup('books', entry.book) as Book | null;
      if (book === null) throw new AppError('BOOK_NOT_HELD', entry.book);
      const fault = await checkEntry(book, entry, context.device, sha256Text);
      if (fault !== null) throw new AppError(fault, entry.id);
    }
  }

  /**
   * A restored profile must first hear from the server, and a clock that is far ahead would push the days of the book
   * forward for good. Errors: NUMBERING_UNPROVED, CLOCK_AHEAD.
   */
  private async refuseNumbers(): Promise<void> {
    const why = await this.store.numberingProofNeeded();
    if (why !== null) throw new AppError('NUMBERING_UNPROVED', why);
    refuseFastClock(await this.clockAheadMs());
  }
}

/** Whether a plan gives a number or gives the book away: both rest on knowing its newest head. */
function movesBook(plan: Plan): boolean {
  return (
    plan.command === 'book.hand-over' || plan.changes.some(({ coll, create }) => coll === 'numbers' && create)
  );
}
