import { AppError } from '@shared/result/result';

/** The system's own code of an I/O failure (`ENOENT`, `EACCES` …), or nothing. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether an error says that the file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}

/**
 * Turns what the file system throws into an expected failure: DISK_FULL, FILE_NOT_FOUND, CANCELLED or IO
 * (`detail` = the system's code). Never carries a path.
 */
export function toFileError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === 'AbortError') return new AppError('CANCELLED');
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('DISK_FULL');
  if (code === 'ENOENT') return new AppError('FILE_NOT_FOUND');
  return new AppError('IO', code);
}

/** As {@link toFileError}, for what is written where a person chose: what is not there then is the folder (IO), no file of ours. */
export function toSaveError(error: unknown): AppError {
  return isMissing(error) ? new AppError('IO', systemCode(error)) : toFileError(error);
}
