import { formatNumber } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import { useEffect, useRef } from 'react';
import { t } from '../../../i18n';
import { invoke, subscribe } from '../../../platform/desktop';
import { reportFailure, toast, useToday } from '../../../ui';
import { useNumberSlips } from './use-number-slips';

/** While somebody is signed in, gives the numbers that other machines ask for over the network of the office, one by one. */
export function useLanAnswers(): void {
  const today = useToday();
  const { answer } = useNumberSlips();
  const now = useRef({ answer, today });
  useEffect(() => {
    now.current = { answer, today };
  });
  useEffect(() => {
    let before: Promise<void> = Promise.resolve();
    const give = async (slip: string) => {
      try {
        const given = await now.current.answer(slip, now.current.today);
        toast(t.keeping.lan.gave(formatNumber(given.n)));
        return { slip: given.slip };
      } catch (error) {
        if (!(error instanceof AppError)) reportFailure(error);
        return { code: error instanceof AppError ? error.code : ('INTERNAL' as const) };
      }
    };
    return subscribe('lan:asked', ({ ticket, slip }) => {
      before = before
        .then(async () => {
          await invoke('lan:answered', { ticket, answer: await give(slip) });
        })
        .catch(reportFailure);
    });
  }, []);
}
