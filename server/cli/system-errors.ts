import { AppError } from '@shared/result/result';

/**
 * A failure as an administrator is to read it: what the operating system refuses (a full disk, a folder without rights,
 * a database that does not answer) is no defect of the program and is told in its words.
 */
export function readable(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof AppError || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  const message = error instanceof Error ? error.message : code;
  return new AppError(code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK_FULL' : 'IO', message);
}
