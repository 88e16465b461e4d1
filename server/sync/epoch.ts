import { AppError } from '@shared/result/result';

/**
 * Gives the server's epoch, or throws EPOCH_CHANGED with it as detail. A client that knows none yet sends '', which is
 * good only while it has nothing to lose by it (`isNew`).
 */
export function agreedEpoch(claimed: string, epoch: string, isNew: boolean): string {
  if (claimed === epoch || (claimed === '' && isNew)) return epoch;
  throw new AppError('EPOCH_CHANGED', epoch);
}
