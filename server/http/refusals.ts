import type { ErrorCode } from '@shared/result/codes';
import { AppError, type AppFailure } from '@shared/result/result';
import type { FastifyError } from 'fastify';
import { serverFull } from '../storage/admission';
import { isAway, isDiskFull } from '../storage/port';

/** An answer that refuses: status, body, and after how many seconds to come back where that is known. */
export type Refusal = { readonly status: number; readonly body: AppFailure; readonly retryAfter?: number };

const statuses: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  NOT_ENROLLED: 401,
  FORBIDDEN: 403,
  DEVICE_REVOKED: 403,
  ENROL_CODE_INVALID: 403,
  NOT_FOUND: 404,
  FILE_NOT_FOUND: 404,
  EPOCH_CHANGED: 409,
  BOOK_AWAITS_MACHINES: 409,
  TIMEOUT: 408,
  FILE_TOO_LARGE: 413,
  UPDATE_REQUIRED: 426,
  // tus 1.0, checksum extension: Checksum Mismatch
  HASH_MISMATCH: 460,
  DISK_FULL: 507,
};

/** Seconds after which a client that found the server full, or was too fast itself, comes back. */
const fullRetrySeconds = 2;
const deviceRetrySeconds = 1;

/** An access token that is missing, false or expired: the device signs for a new one and asks again. */
export const tokenRefused = 'token';

/** Detail of SERVER_BUSY while the database cannot be reached or is starting. */
const databaseAway = 'database';

/** What a failure looks like from outside. Nothing of an unexpected one leaks but INTERNAL. */
export function refusalFor(error: unknown): Refusal {
  if (error instanceof AppError) {
    const body = error.toFailure();
    if (body.code === 'FORBIDDEN' && body.detail === tokenRefused) return { status: 401, body };
    if (body.code !== 'SERVER_BUSY') return { status: statuses[body.code] ?? 500, body };
    return body.detail === serverFull
      ? { status: 503, body, retryAfter: fullRetrySeconds }
      : { status: 429, body, retryAfter: deviceRetrySeconds };
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'ENOSPC' || isDiskFull(error)) return { status: 507, body: { code: 'DISK_FULL' } };
  if (isAway(error))
    return { status: 503, body: { code: 'SERVER_BUSY', detail: databaseAway }, retryAfter: fullRetrySeconds };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { status: 413, body: { code: 'INVALID_INPUT', detail: 'body too large' } };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, body: { code: 'INVALID_INPUT', detail: 'request' } };
  }
  return { status: 500, body: { code: 'INTERNAL' } };
}
