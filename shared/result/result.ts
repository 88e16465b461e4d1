import type { ErrorCode } from './codes';

/** What crosses a process border instead of an exception: either a value or a code the caller can act on. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppFailure };

/** The plain form of an {@link AppError}: safe to send over IPC and HTTP. `detail` never holds document text or a path. */
export type AppFailure = { readonly code: ErrorCode; readonly detail?: string };

/** An expected failure with a code from the closed list; everything else that is thrown is a defect. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }

  toFailure(): AppFailure {
    return this.detail === undefined ? { code: this.code } : { code: this.code, detail: this.detail };
  }
}

/** Gives the value of a result, or throws its failure as an {@link AppError}. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.error.code, result.error.detail);
}

/** Marks a branch that the type system says cannot be reached. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`);
}
