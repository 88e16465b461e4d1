import { refusalOf } from '../../domain/authority';
import { checkEntry, isAfterEnd, refuseFastClock, type Sha256 } from '../../domain/numbering';
import type { Context, Plan, Stored } from '../../domain/plan';
import { AppError } from '../../result/result';
import type { Book, NumberEntry } from '../../schema/books';
import type { CollectionName } from '../../schema/rows';
import type { LocalStore } from './local-store';

/** Reads rows as they are at the moment the command runs; nothing can change them before it has been written. */
export type Reader = <C extends CollectionName>(coll: C, id: string) => Promise<Stored<C> | null>;

/** A command in the making: reads what it needs, gives what is to be written. */
export type Planner = (context: Context, read: Reader) => Plan | Promise<Plan>;

/** Where a command is carried out: the unit of the workstation, and what its rules ask of the machine. */
export type Workstation = {
  readonly store: LocalStore;
  readonly unit: string;
  readonly sha256: Sha256;
  /** How far this clock was ahead of the server's when it was last reached. */
  readonly clockAheadMs: () => Promise<number>;
};

/**
 * Plans a command, asks the same rules as the server, and appends one operation, alone over all windows. Resolves when the
 * work is safe on this machine. Errors: those of the plan; the refusals of `refusalOf` and `checkEntry`;
 * NUMBERING_UNPROVED, CLOCK_AHEAD, UNIT_ENDED; those of `append`.
 */
export async function carryOut(place: Workstation, context: Context, planner: Planner): Promise<void> {
  const { store } = place;
  await store.exclusively(async () => {
    const plan = await planner(context, (coll, id) => store.read(coll, id));
    await refuseUnlessAllowed(place, plan, context);
    await store.append(context.device, {
      command: plan.command,
      actor: context.person.id,
      at: context.now,
      changes: [...plan.changes],
    });
  });
}

async function refuseUnlessAllowed(place: Workstation, plan: Plan, context: Context): Promise<void> {
  const rows = new Map<string, Readonly<Record<string, unknown>> | null>();
  for (const change of plan.changes) {
    rows.set(`${change.coll}/${change.id}`, await place.store.read(change.coll, change.id));
  }
  const lookup = (coll: string, id: string) => rows.get(`${coll}/${id}`) ?? null;
  const refusal = refusalOf(plan, context.person, place.unit, lookup);
  if (refusal !== null) throw new AppError(refusal, plan.command);
  if (movesBook(plan)) await refuseNumbers(place);
  for (const change of plan.changes) {
    if (change.coll !== 'numbers' || !change.create) continue;
    const entry = change.patch as unknown as NumberEntry;
    const book = lookup('books', entry.book) as Book | null;
    if (book === null) throw new AppError('BOOK_NOT_HELD', entry.book);
    const fault = await checkEntry(book, entry, context.device, place.sha256);
    if (fault !== null) throw new AppError(fault, entry.id);
    // The server takes such a number: a machine that could not know of the end has given it to a paper. The audit tells it.
    const unit = await place.store.read('units', entry.unit);
    if (isAfterEnd(entry.date, unit)) throw new AppError('UNIT_ENDED', unit?.validTo ?? '');
  }
}

/** A restored profile must first hear from the server, and a clock that is far ahead would push the days of the book forward for good. */
async function refuseNumbers({ store, clockAheadMs }: Workstation): Promise<void> {
  const why = await store.numberingProofNeeded();
  if (why !== null) throw new AppError('NUMBERING_UNPROVED', why);
  refuseFastClock(await clockAheadMs());
}

/** Whether a plan gives a number or gives the book away: both rest on knowing its newest head. */
function movesBook(plan: Plan): boolean {
  return (
    plan.command === 'book.hand-over' || plan.changes.some(({ coll, create }) => coll === 'numbers' && create)
  );
}
