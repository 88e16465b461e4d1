import { registerIncoming } from '@shared/domain/incoming';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { FileRef, Urgency } from '@shared/schema/values';
import { sha256Text, useBookFor, useRun } from '../../../data';
import { reportFailure } from '../../../ui';
import { useKeepChecks } from '../../checking';
import { type FormValues, formToSave } from './form-state';

/** The number that a document got, for the large strip after saving. */
export type Registered = {
  readonly id: string;
  readonly number: string;
  readonly urgency: Urgency;
  readonly subject: string;
};

export type Subject = {
  /** The intake item, or null. */
  readonly intake: Stored<'intake'> | null;
  /** The document that arrived through the exchange, or null. */
  readonly arrived: Stored<'incoming'> | null;
};

/** Registers a document: number, row and book in one durable write. The check of its signatures follows by itself. */
export function useRegister(): (subject: Subject, values: FormValues) => Promise<Registered> {
  const run = useRun();
  const keepChecks = useKeepChecks();
  const { book } = useBookFor('incoming', '');
  return async (subject, values) => {
    let done: Registered | null = null;
    let files: readonly FileRef[] = [];
    await run(async (context, read) => {
      const fresh = book === null ? null : await read('books', book.id);
      if (fresh === null) throw new AppError('BOOK_NOT_HELD');
      const form = formToSave(values);
      const plan = await registerIncoming(
        context,
        {
          form,
          arrivalDate: values.arrivalDate,
          book: fresh,
          intake: subject.intake === null ? null : await read('intake', subject.intake.id),
          arrived: subject.arrived === null ? null : await read('incoming', subject.arrived.id),
        },
        sha256Text,
      );
      files = [
        ...(subject.arrived?.files ?? []),
        ...(subject.intake?.file == null ? [] : [subject.intake.file]),
      ];
      const document = plan.changes.find((change) => change.coll === 'incoming');
      done = {
        id: document?.id ?? '',
        number: formatNumber(fresh.next),
        urgency: form.urgency,
        subject: form.subject,
      };
      return plan;
    });
    if (done === null) throw new AppError('INTERNAL', 'no number');
    const { id }: Registered = done;
    keepChecks(id, files).catch(reportFailure);
    return done;
  };
}
