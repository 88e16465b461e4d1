import process from 'node:process';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { errorTexts } from '@shared/text/error-texts-vi';

/** How a program ends: done, refused with a code, or failed for a reason that is not in what it was given. */
export const exitStatus = { done: 0, failed: 1, refused: 2 } as const;

/** The machine's troubles: the same call may succeed later. */
const failures: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['IO', 'DISK_FULL', 'INTERNAL']);

/**
 * Runs a program to its end. A refusal goes to stderr: its code with the detail on the first line, what it means and
 * what to do in Vietnamese below.
 */
export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = error instanceof AppError ? refuse(error) : fail(error);
  }
}

function refuse({ code, detail }: AppError): number {
  const { what, safe, todo } = errorTexts[code];
  process.stderr.write(`${code}${detail === undefined ? '' : `: ${detail}`}\n${what} ${safe} ${todo}\n`);
  return failures.has(code) ? exitStatus.failed : exitStatus.refused;
}

function fail(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return exitStatus.failed;
}
