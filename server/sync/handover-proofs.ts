import { handoverText } from '@shared/domain/handover';
import { AppError } from '@shared/result/result';
import type { Book, Handover } from '@shared/schema/books';
import { sameJson } from '@shared/sync/patch';
import type { SyncTransaction } from './port';

/**
 * BOOK_TOKEN_INVALID unless every handover that this book does not know yet was signed by the device of the unit that
 * gave it, or by this server.
 */
export async function refuseForgedHandovers(
  tx: SyncTransaction,
  book: Book,
  given: Readonly<Record<string, Handover>>,
  unit: string,
): Promise<void> {
  for (const [epoch, handover] of Object.entries(given)) {
    if (sameJson(book.handovers?.[epoch], handover)) continue;
    const text = handoverText(handover);
    const genuine =
      epoch === String(handover.epoch) &&
      (handover.kind === 'device'
        ? await tx.deviceProved(handover.from, unit, text, handover.proof)
        : handover.proof === (await tx.proveAsServer(text)));
    if (!genuine) throw new AppError('BOOK_TOKEN_INVALID', `epoch ${epoch}`);
  }
}
