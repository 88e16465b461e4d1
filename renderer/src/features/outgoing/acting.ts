import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Person, Unit } from '@shared/schema/people';
import type { FileRef } from '@shared/schema/values';
import { dayInHanoi } from '@shared/text/time';
import { type Reader, useBookFor, useSession, useUnits, useWorkplace, type Workplace } from '../../data';
import { type BookAtHand, bookAtHand, type OutgoingAction } from './actions';

/** Who acts, for which unit, with what. */
export type Acting = {
  readonly workplace: Workplace;
  readonly person: Person;
  readonly unit: Unit;
  readonly units: ReadonlyMap<string, Unit>;
};

/** Who acts at this workstation; null until the directory of units is there. */
export function useActing(): Acting | null {
  const workplace = useWorkplace();
  const { person, unit } = useSession();
  const units = useUnits();
  return person === null || unit === null ? null : { workplace, person, unit, units };
}

/** The book that numbers documents of a type this year, as the actions need it. */
export function useOutgoingBook(type: string): BookAtHand & {
  readonly owner: string;
  readonly acquire: () => Promise<void>;
} {
  const { clock } = useWorkplace();
  const outgoing = useBookFor('outgoing', type);
  const today = dayInHanoi(clock());
  const lastYear = useBookFor('outgoing', type, Number(today.slice(0, 4)) - 1);
  const { book, held } = outgoing;
  return {
    ...bookAtHand(book, held),
    // Late December documents may still be numbered in January, until the old year is closed.
    lastYear: lastYear.held && today.slice(5, 7) === '01',
    owner: book?.owner ?? '',
    acquire: () => outgoing.acquire(),
  };
}

/** The document as it is at the moment the command runs. NOT_FOUND when it is gone. */
export async function freshDocument(read: Reader, id: string): Promise<Stored<'outgoing'>> {
  const document = await read('outgoing', id);
  if (document === null) throw new AppError('NOT_FOUND', id);
  return document;
}

/** The file of a document. FILE_NOT_FOUND for a draft without one. */
export function bodyOf(document: Stored<'outgoing'>): FileRef {
  if (document.body === null) throw new AppError('FILE_NOT_FOUND', document.id);
  return document.body;
}

/** How an act ended; 'declined' when the person thought better of it. */
export type ActOutcome = { readonly done: string } | 'declined';
/** Does one act; calls `begin` when the person has agreed and the work begins. */
export type Act = (acting: Acting, document: Stored<'outgoing'>, begin: () => void) => Promise<ActOutcome>;
export type Acts = Readonly<Record<Exclude<OutgoingAction, 'edit' | 'return'>, Act>>;
