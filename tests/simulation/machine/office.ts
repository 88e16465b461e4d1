import { refusalOf } from '@shared/domain/authority';
import { checkEntry } from '@shared/domain/numbering';
import type { Context, Plan } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { LocalStore } from '@shared/sync/client/local-store';
import type { Reader } from '../office/scene';
import { sha256 } from '../sha256';

/**
 * Carries out a command as the page's office does (renderer/src/data/office.ts): what it asks before it writes, without the
 * browser's clock, chance and cryptography. Errors: those of the plan and of the rules that are asked.
 */
export async function runCommand(
  store: LocalStore,
  context: Context,
  unit: string,
  planner: (context: Context, read: Reader) => Plan | Promise<Plan>,
): Promise<void> {
  await store.exclusively(async () => {
    const plan = await planner(context, (coll, id) => store.read(coll, id));
    const rows = new Map<string, Readonly<Record<string, unknown>> | null>();
    for (const change of plan.changes)
      rows.set(`${change.coll}/${change.id}`, await store.read(change.coll, change.id));
    const lookup = (coll: string, id: string) => rows.get(`${coll}/${id}`) ?? null;
    const refusal = refusalOf(plan, context.person, unit, lookup);
    if (refusal !== null) throw new AppError(refusal, plan.command);
    if (
      plan.command === 'book.hand-over' ||
      plan.changes.some(({ coll, create }) => coll === 'numbers' && create)
    ) {
      const why = await store.numberingProofNeeded();
      if (why !== null) throw new AppError('NUMBERING_UNPROVED', why);
    }
    for (const change of plan.changes) {
      if (change.coll !== 'numbers' || !change.create) continue;
      const entry = change.patch as unknown as NumberEntry;
      const book = lookup('books', entry.book) as Book | null;
      if (book === null) throw new AppError('BOOK_NOT_HELD', entry.book);
      const fault = await checkEntry(book, entry, context.device, sha256);
      if (fault !== null) throw new AppError(fault, entry.id);
    }
    await store.append(context.device, {
      command: plan.command,
      actor: context.person.id,
      at: context.now,
      changes: [...plan.changes],
    });
  });
}
