import { bookFor } from '@shared/domain/book-series';
import {
  issuedText,
  readIssuedNumber,
  readNumberRequest,
  requestText,
  signedSlip,
} from '@shared/domain/number-slips';
import type { Stored } from '@shared/domain/plan';
import { numberBySlip, takeNumber } from '@shared/domain/slip-numbers';
import { AppError } from '@shared/result/result';
import type { NumberEntry } from '@shared/schema/books';
import { isoInHanoi } from '@shared/text/time';
import { sha256Text, useRun, useSession, useUnitBooks, useWorkplace } from '../../../data';
import { invoke } from '../../../platform/desktop';

/**
 * Numbers between two machines of an office with no server between them: slips both ways, each signed, carried by people
 * or by the network of the office.
 */
export function useNumberSlips() {
  const { clock, database } = useWorkplace();
  const { device } = useSession();
  const run = useRun();
  const books = useUnitBooks() ?? [];

  /** The entry that a document has in a book already, so that a slip that comes twice gets the same answer. */
  const givenBefore = async (book: string, document: string): Promise<NumberEntry | null> => {
    const selector = { book, document, status: { $ne: 'void' } } as const;
    const found = await database.rows('numbers').find({ selector }).exec();
    return (found[0]?.toJSON() as NumberEntry | undefined) ?? null;
  };

  return {
    /** The request slip for a document that waits. */
    request: async (document: Stored<'outgoing'>): Promise<string> => {
      const text = requestText(document, device.deviceId, isoInHanoi(clock()));
      return signed(text);
    },
    /** Gives the number that a request slip asks for; the answer slip. */
    answer: async (slip: string, date: string): Promise<{ readonly n: number; readonly slip: string }> => {
      const request = readNumberRequest(slip);
      const wanted = { unit: request.unit, kind: 'outgoing', year: Number(date.slice(0, 4)) } as const;
      const book = bookFor(books, { ...wanted, type: request.type });
      if (book === null) throw new AppError('BOOK_NOT_HELD', request.type);
      let entry = await givenBefore(book.id, request.document);
      if (entry === null)
        await run(async (context, read) => {
          const fresh = await read('books', book.id);
          if (fresh === null) throw new AppError('BOOK_NOT_HELD', book.id);
          const tools = { genuine: isGenuine, sha256: sha256Text };
          const numbered = await numberBySlip(context, fresh, request, date, tools);
          entry = numbered.entry;
          return numbered.plan;
        });
      if (entry === null) throw new AppError('INTERNAL', 'no number');
      return { n: entry.n, slip: await signed(issuedText(entry, device.deviceId)) };
    },
    /** Writes the number of an answer slip into its document; gives the number. */
    take: async (slip: string): Promise<number> => {
      const issued = readIssuedNumber(slip);
      await run(async (context, read) => {
        const document = await read('outgoing', issued.document);
        if (document === null) throw new AppError('NOT_FOUND', issued.document);
        return takeNumber(context, document, issued, isGenuine);
      });
      return issued.n;
    },
  };
}

async function signed(text: string): Promise<string> {
  return signedSlip(text, (await invoke('books:sign', { text })).proof);
}

async function isGenuine(slip: {
  readonly device: string;
  readonly text: string;
  readonly proof: string;
}): Promise<boolean> {
  const { device, text, proof } = slip;
  return (await invoke('books:signed', { device, text, proof })).genuine;
}
