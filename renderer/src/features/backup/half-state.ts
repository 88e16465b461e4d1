import { AppError } from '@shared/result/result';
import { useEffect, useState } from 'react';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';

/** What is known of a half while it is typed: nothing yet, what is wrong, or that it is right. */
export type HalfState =
  | { readonly state: 'empty' }
  | { readonly state: 'wrong'; readonly words: string }
  | { readonly state: 'right'; readonly kit: string };

const lettersInHalf = 72;

/** Has a typed half read by the main process; errors are said once the rows before them are there. */
export function useHalf(holder: 'clerk' | 'leader', text: string): HalfState {
  const [known, setKnown] = useState<{ readonly text: string; readonly state: HalfState } | null>(null);
  useEffect(() => {
    if (text.trim() === '') return;
    let stale = false;
    const settle = (state: HalfState): void => {
      if (!stale) setKnown({ text, state });
    };
    invoke('kit:read-half', { half: text }).then(
      (half) =>
        settle(
          half.holder === holder
            ? { state: 'right', kit: half.kit.toUpperCase() }
            : { state: 'wrong', words: t.backup.half.wrongHolder },
        ),
      (error: unknown) => settle(wrongRow(error, text)),
    );
    return () => {
      stale = true;
    };
  }, [holder, text]);
  return known !== null && known.text === text ? known.state : { state: 'empty' };
}

/** A row that has not been typed to its end is not wrong yet. */
function wrongRow(error: unknown, text: string): HalfState {
  const row = error instanceof AppError && error.code === 'KIT_ROW_WRONG' ? (error.detail ?? '') : '';
  const typed = text.replace(/[^0-9A-Za-z]/g, '').length;
  if (row === '' || (typed < Number(row) * 8 && typed < lettersInHalf)) return { state: 'empty' };
  return { state: 'wrong', words: t.backup.half.row(row) };
}
