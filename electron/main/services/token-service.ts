import path from 'node:path';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { SigningRequest } from '@shared/signing';
import type { KnownDriver } from '../../tokens/known-drivers';
import type { TokenContents, TokenJobs, UnlockInput, UnlockOutput } from '../../workers/tokens/token-jobs';
import { createJobWorker, type JobWorker, type WorkerProcess } from './job-worker';

export type ScannedDriver = KnownDriver & {
  /** Why its tokens could not be listed: TOKEN_DRIVER_FAILED, TIMEOUT, WORKER_CRASHED …; null when they were. */
  readonly problem: ErrorCode | null;
};

/** A certificate on a token that is plugged in. */
export type ScannedCertificate = {
  readonly driver: string;
  readonly slot: string;
  readonly tokenSerial: string;
  readonly tokenLabel: string;
  /** CKA_ID, hexadecimal. */
  readonly keyId: string;
  readonly certificate: Uint8Array;
  /** The other certificates on the token, for the chain. */
  readonly others: readonly Uint8Array[];
  readonly pinState: TokenContents['pinState'];
};

export type TokenScan = {
  readonly drivers: readonly ScannedDriver[];
  readonly certificates: readonly ScannedCertificate[];
};

/** A key that its PIN has opened, for one batch of documents. */
export type UnlockedToken = Pick<UnlockOutput, 'certificate' | 'others' | 'schemes'> & {
  /**
   * Signs one digest. Throws TOKEN_REMOVED, TOKEN_REFUSED, TIMEOUT and WORKER_CRASHED; after it was closed CANCELLED,
   * or TIMEOUT when nobody signed for too long.
   */
  sign(request: Pick<SigningRequest, 'digest' | 'hash' | 'scheme'>): Promise<Uint8Array>;
  /** Logs out of the token; never throws. */
  close(): Promise<void>;
};

export type UnlockRequest = UnlockInput & { readonly driver: string };

/** USB tokens, each driver in a helper process of its own that may hang or crash. */
export type TokenService = {
  /**
   * What is plugged in, without a PIN. `extraDrivers` are absolute paths that the person chose; a driver that fails
   * stands in the answer with its problem.
   */
  scan(extraDrivers: readonly string[]): Promise<TokenScan>;
  /**
   * Opens a key. The PIN (UTF-8) is zeroed whatever happens. An earlier opening of the same token ends.
   * Throws TOKEN_DRIVER_FAILED, TOKEN_NOT_PRESENT, TOKEN_PIN_WRONG (detail: tries left as PinState), TOKEN_PIN_LOCKED,
   * TOKEN_NO_KEY, TOKEN_REFUSED, TIMEOUT, WORKER_CRASHED.
   */
  unlock(request: UnlockRequest): Promise<UnlockedToken>;
  /** Closes everything that is unlocked, e.g. when the window locks. */
  lockAll(): Promise<void>;
  /** The same, and no helper process is left. */
  close(): Promise<void>;
};

export type TokenLimits = {
  readonly listMs: number;
  readonly signMs: number;
  /** Closing a token that nobody uses. */
  readonly idleMs: number;
};

/** Real tokens take up to 2 s for one signature; some drivers show a window of their own and wait for the person. */
const usualLimits: TokenLimits = { listMs: 10_000, signMs: 60_000, idleMs: 600_000 };
/** How long a driver may take to end in good order before its process is killed. */
const finishMs = 3_000;

type Opened = {
  readonly tokenSerial: string;
  readonly session: string;
  /** Why it can no longer be used. */
  ended: ErrorCode | null;
  idle?: NodeJS.Timeout;
};

type Helper = { readonly worker: JobWorker<TokenJobs>; readonly opened: Set<Opened>; uses: number };

/** Makes the service. `start` starts the helper for one driver, `installed` finds the known drivers. */
export function createTokenService(
  start: (driver: string) => WorkerProcess,
  installed: () => Promise<readonly KnownDriver[]>,
  limits: TokenLimits = usualLimits,
): TokenService {
  const helpers = new Map<string, Helper>();
  const retiring = new Set<Promise<void>>();

  function helperOf(driver: string): Helper {
    const known = helpers.get(driver);
    if (known !== undefined) return known;
    const opened = new Set<Opened>();
    const worker = createJobWorker<TokenJobs>(() => {
      const process = start(driver);
      // With its process every login is gone, and the next job would meet a driver that knows of none.
      process.onExit(() => {
        for (const entry of opened) end(entry, opened, 'WORKER_CRASHED');
      });
      return process;
    });
    const helper = { worker, opened, uses: 0 };
    helpers.set(driver, helper);
    return helper;
  }

  function end(entry: Opened, opened: Set<Opened>, reason: ErrorCode): void {
    entry.ended ??= reason;
    clearTimeout(entry.idle);
    opened.delete(entry);
  }

  /** Other programs want the token too: a helper that holds nothing open is ended at once. */
  async function using<T>(driver: string, use: (helper: Helper) => Promise<T>): Promise<T> {
    if (!path.isAbsolute(driver)) throw new AppError('TOKEN_DRIVER_FAILED', 'relative path');
    const helper = helperOf(driver);
    helper.uses += 1;
    try {
      return await use(helper);
    } finally {
      helper.uses -= 1;
      if (helper.uses === 0 && helper.opened.size === 0) await retire(driver, helper);
    }
  }

  async function retire(driver: string, helper: Helper): Promise<void> {
    helpers.delete(driver);
    const ending = (async () => {
      try {
        await helper.worker.run('finish', undefined, { timeoutMs: finishMs });
      } catch (error) {
        // Whatever it says, its process ends now.
        if (!(error instanceof AppError)) throw error;
      } finally {
        await helper.worker.close();
      }
    })();
    retiring.add(ending);
    await ending.finally(() => retiring.delete(ending));
  }

  async function list(driver: KnownDriver): Promise<readonly [ScannedDriver, readonly ScannedCertificate[]]> {
    try {
      const tokens = await using(driver.path, ({ worker }) =>
        worker.run('list', undefined, { timeoutMs: limits.listMs }),
      );
      return [{ ...driver, problem: null }, tokens.flatMap((token) => certificatesOf(driver.path, token))];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [{ ...driver, problem: error.code }, []];
    }
  }

  async function close(driver: string, entry: Opened, reason: ErrorCode): Promise<void> {
    if (entry.ended !== null) return;
    await using(driver, async ({ worker, opened }) => {
      end(entry, opened, reason);
      try {
        await worker.run('lock', { session: entry.session }, { timeoutMs: finishMs });
      } catch (error) {
        // A helper that no longer answers was killed, and the login with it.
        if (!(error instanceof AppError)) throw error;
      }
    });
  }

  function watchIdle(driver: string, entry: Opened): void {
    clearTimeout(entry.idle);
    if (entry.ended !== null) return;
    entry.idle = setTimeout(() => void close(driver, entry, 'TIMEOUT'), limits.idleMs);
    entry.idle.unref();
  }

  async function unlock({ driver, ...input }: UnlockRequest): Promise<UnlockedToken> {
    try {
      return await using(driver, async (helper) => {
        // A token knows one login for a whole process: beside an open one the next PIN would go unchecked.
        const same = [...helper.opened].filter(({ tokenSerial }) => tokenSerial === input.tokenSerial);
        await Promise.all(same.map((entry) => close(driver, entry, 'CANCELLED')));
        const { session, ...key } = await helper.worker.run('unlock', input, { timeoutMs: limits.signMs });
        const entry: Opened = { tokenSerial: input.tokenSerial, session, ended: null };
        helper.opened.add(entry);
        watchIdle(driver, entry);
        return {
          ...key,
          sign: (request) => sign(driver, entry, request),
          close: () => close(driver, entry, 'CANCELLED'),
        };
      });
    } finally {
      input.pin.fill(0);
    }
  }

  async function sign(
    driver: string,
    entry: Opened,
    { digest, hash, scheme }: Parameters<UnlockedToken['sign']>[0],
  ): Promise<Uint8Array> {
    if (entry.ended !== null) throw new AppError(entry.ended, 'token closed');
    clearTimeout(entry.idle);
    try {
      return await using(driver, ({ worker }) =>
        worker.run('sign', { session: entry.session, digest, hash, scheme }, { timeoutMs: limits.signMs }),
      );
    } finally {
      watchIdle(driver, entry);
    }
  }

  async function lockAll(): Promise<void> {
    const open = [...helpers].flatMap(([driver, { opened }]) =>
      [...opened].map((entry) => close(driver, entry, 'CANCELLED')),
    );
    await Promise.all(open);
  }

  return {
    scan: async (extraDrivers) => {
      const found = [...(await installed())];
      for (const extra of extraDrivers)
        if (!found.some((known) => known.path === extra))
          found.push({ path: extra, name: path.basename(extra) });
      const lists = await Promise.all(found.map(list));
      return {
        drivers: lists.map(([driver]) => driver),
        certificates: lists.flatMap(([, certificates]) => certificates),
      };
    },
    unlock,
    lockAll,
    close: async () => {
      await lockAll();
      await Promise.all([...retiring, ...[...helpers].map(([driver, helper]) => retire(driver, helper))]);
    },
  };
}

function certificatesOf(driver: string, token: TokenContents): readonly ScannedCertificate[] {
  const { serial, label, slot, pinState, others } = token;
  return token.certificates.map(({ keyId, certificate }) => ({
    driver,
    slot,
    tokenSerial: serial,
    tokenLabel: label,
    keyId,
    certificate,
    others,
    pinState,
  }));
}
