import { AppError } from '../../result/result';

/**
 * True for what a damaged, locked or unbounded PDF throws while it is read. Every other error, such as that of a disk,
 * says nothing about the file and must not become a finding.
 */
export function isUnreadable(error: unknown): error is AppError {
  return error instanceof AppError && error.code.startsWith('PDF_');
}
