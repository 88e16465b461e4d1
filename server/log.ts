import { sqlState } from './storage/port';

/** What may be logged of a failure: where it happened, never the values that a database error quotes. */
export type Described = {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
};

export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { code } = error as { code?: unknown };
  const state = sqlState(error);
  // PostgreSQL puts the value that it could not read into the message: only the lines of the program are kept.
  const quotes = state !== '' && 'severity' in error;
  const stack = error.stack ?? '';
  return {
    type: error.name,
    message: quotes ? `SQLSTATE ${state}` : error.message,
    stack: quotes ? stack.slice(Math.max(0, stack.search(/^ {4}at /m))) : stack,
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/** Writes one JSON line about the server itself to stderr. */
export function logFailure(event: string, error: unknown): void {
  const line = { level: 50, time: Date.now(), msg: event, err: describeError(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
