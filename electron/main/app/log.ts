import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@shared/result/result';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
type LogValue = string | number | boolean | undefined;

/** Writes what happened, never what a document says: only counts, codes, hashes and durations belong into `facts`. */
export type Log = {
  readonly [Level in LogLevel]: (event: string, facts?: Readonly<Record<string, LogValue>>) => void;
} & {
  /** Records a defect: an expected failure by its code only, anything else with its stack. */
  readonly failure: (event: string, error: unknown) => void;
};

const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Opens the log of this profile: one line of JSON per event, in a file and on stderr. The file of the last run is kept
 * as `.1` when it has grown over 5 MB.
 * @param directory is made when it is missing
 * @param now gives the time of an event
 */
export function openLog(directory: string, now: () => Date): Log & { close(): void } {
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, 'main.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
  const handle = openSync(file, 'a', 0o600);
  const write = (level: LogLevel, event: string, facts: Readonly<Record<string, LogValue>> = {}): void => {
    const line = `${JSON.stringify({ at: now().toISOString(), level, event, ...facts })}\n`;
    writeSync(handle, line);
    process.stderr.write(line);
  };
  return {
    debug: (event, facts) => write('debug', event, facts),
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
    failure: (event, error) => write('error', event, { reason: describeFailure(error) }),
    close: () => closeSync(handle),
  };
}

function describeFailure(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
