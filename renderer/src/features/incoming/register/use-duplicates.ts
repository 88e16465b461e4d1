import type { Stored } from '@shared/domain/plan';
import { duplicateKey } from '@shared/domain/symbols';
import { useRows } from '../../../data';
import type { FormValues } from './form-state';

const none = 'none';

/** Registered documents with the same number, symbol and issuer (Phụ lục VI, III.1.h), without `self`. */
export function useDuplicates(values: FormValues, self: string): readonly Stored<'incoming'>[] {
  const complete = values.number.trim() !== '' && values.issuer.trim() !== '';
  const key = complete ? duplicateKey(values.number, values.symbol, values.issuer) : none;
  const rows = useRows('incoming', { selector: { duplicateKey: key }, limit: 4 });
  return (rows ?? []).filter((row) => row.id !== self && row.arrivalNumber > 0);
}
