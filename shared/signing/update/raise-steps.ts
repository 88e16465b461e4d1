import { AppError } from '../../result/result';
import type { ByteSource, CryptoPort } from '../ports';
import { areAllTimestamped } from '../timestamps/timestamped';
import { openForValidationData } from './open-document';

/** PAdES baseline levels above B-B (EN 319 142-1 section 6). */
export type RaisedLevel = 'B-T' | 'B-LT' | 'B-LTA';

export type RaiseStep = 'timestamp' | 'validation-data';

/**
 * What is to be added to a signed file so that its signatures reach a level: a timestamp where one lacks it, then the
 * validation data, then a timestamp over these. Throws NO_SIGNATURE and the codes of {@link openForValidationData}.
 */
export async function stepsToRaise(
  source: ByteSource,
  crypto: CryptoPort,
  level: RaisedLevel,
): Promise<readonly RaiseStep[]> {
  const { document, signedFields } = await openForValidationData(source, crypto);
  if (signedFields.length === 0) throw new AppError('NO_SIGNATURE');
  const steps: RaiseStep[] = (await areAllTimestamped(document, signedFields)) ? [] : ['timestamp'];
  if (level !== 'B-T') steps.push('validation-data');
  if (level === 'B-LTA') steps.push('timestamp');
  return steps;
}
