import type { ErrorCode } from '@shared/result/codes';
import { errorCodes } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { refusalSchema } from '@shared/sync/protocol';
import { parseJson } from '@shared/text/parse-json';
import type { z } from 'zod';

/** The server takes no signature of a clock that is so far from its own; its own is in every answer. */
export class ClockRefusal extends AppError {
  /** Milliseconds since 1970, or NaN where the answer did not tell. */
  readonly serverTime: number;

  constructor(serverTime: number) {
    super('CLOCK_OFF', 'token');
    this.serverTime = serverTime;
  }
}

/** What a refusal of the server means to a person. */
export async function refusalOf(response: Response): Promise<AppError> {
  const text = await response.text().catch(() => '');
  const refusal = refusalSchema.safeParse(parseJson(text));
  const code = refusal.success ? refusal.data.code : '';
  if (response.status === 401 && code !== 'NOT_ENROLLED') return new AppError('FORBIDDEN', 'token');
  if (code === 'FORBIDDEN' && refusal.data?.detail === 'clock')
    return new ClockRefusal(Date.parse(response.headers.get('date') ?? ''));
  // The same words would blame the disk of this machine.
  if (code === 'DISK_FULL') return new AppError('SERVER_DISK_FULL');
  if (isErrorCode(code)) return new AppError(code, refusal.success ? refusal.data.detail : undefined);
  if (response.status === 426) return new AppError('UPDATE_REQUIRED');
  if (response.status === 429 || response.status === 503) return new AppError('SERVER_BUSY');
  return new AppError('SERVER_REFUSED', String(response.status));
}

/** The body of an answer, parsed before anybody sees it; SERVER_REFUSED where it is not what was agreed. */
export async function parseBody<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(await response.text()));
  if (!parsed.success) throw new AppError('SERVER_REFUSED', 'answer');
  return parsed.data;
}

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
