import { contract, type Output, type Parsed, privateContract } from '@shared/ipc/contract';
import { AppError, type Result } from '@shared/result/result';
import type { Log } from '../app/log';

type AllChannels = typeof contract & typeof privateContract;

/** Every channel that the main process answers: those of the page and those of the preload alone. */
export type AnyChannel = keyof AllChannels;

const allChannels: AllChannels = { ...contract, ...privateContract };

/**
 * Answers one call: input that does not fit the contract is refused with the path of the first fault, an
 * {@link AppError} becomes a failed `Result`, and anything else (an output that does not fit included) is logged and
 * answered with INTERNAL. Never rejects.
 */
export async function answer<C extends AnyChannel>(
  channel: C,
  raw: unknown,
  run: (input: Parsed<C>) => Output<C> | Promise<Output<C>>,
  log: Pick<Log, 'failure'>,
): Promise<Result<Output<C>>> {
  const input = allChannels[channel].input.safeParse(raw);
  if (!input.success) {
    return {
      ok: false,
      error: { code: 'INVALID_INPUT', detail: input.error.issues[0]?.path.join('.') ?? '' },
    };
  }
  try {
    // The schema of this very channel gave both values; TypeScript cannot follow that through the index.
    const value = await run(input.data as Parsed<C>);
    return { ok: true, value: allChannels[channel].output.parse(value) as Output<C> };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toFailure() };
    log.failure(channel, error);
    return { ok: false, error: { code: 'INTERNAL' } };
  }
}
