import { type LostNumbers, numbersBetween } from '@shared/domain/handover';
import { numberId } from '@shared/domain/numbering';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { RowWriter } from '../rows/row-writer';

/** Writes a placeholder for every number that a lost device has given and nobody knows more of. */
export async function writePlaceholders(writer: RowWriter, book: Book, lost: LostNumbers): Promise<void> {
  for (const n of numbersBetween(lost.from, lost.to + 1)) {
    const id = numberId(book.id, n);
    await writer.lock([{ coll: 'numbers', id }]);
    if (writer.get('numbers', id) !== null) continue;
    const entry: NumberEntry = {
      id,
      unit: book.unit,
      book: book.id,
      n,
      date: lost.date,
      document: `lost:${n}`,
      by: '',
      at: '',
      epoch: lost.epoch,
      prev: '',
      hash: '',
      status: 'lost-device',
      reason: '',
    };
    await writer.putAsServer('numbers', id, entry, book.unit);
  }
}
