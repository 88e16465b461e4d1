import path from 'node:path';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { SigningRequest } from '@shared/signing';
import type { KnownDriver } from '../../tokens/known-drivers';
import type { TokenContents, UnlockInput, UnlockOutput } from '../../workers/tokens/token-jobs';
import type { WorkerProcess } from './job-worker';
import { finishMs, type Login, TokenHelpers } from './token-helpers';

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
   * TOKEN_NO_KEY, TOKEN_REFUSED, TIMEOUT, WORKER_CRASHED, and CANCELLED when everything was locked meanwhile.
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
/** Makes the service. `start` starts the helper for one driver, `installed` finds the known drivers. */
export function createTokenService(
  start: (driver: string) => WorkerProcess,
  installed: () => Promise<readonly KnownDriver[]>,
  limits: TokenLimits = usualLimits,
): TokenService {
  return new Tokens(new TokenHelpers(start), installed, limits);
}

class Tokens implements TokenService {
  private readonly helpers: TokenHelpers;
  private readonly installed: () => Promise<readonly KnownDriver[]>;
  private readonly limits: TokenLimits;
  /** How often everything was locked. */
  private locks = 0;

  constructor(helpers: TokenHelpers, installed: () => Promise<readonly KnownDriver[]>, limits: TokenLimits) {
    this.helpers = helpers;
    this.installed = installed;
    this.limits = limits;
  }

  async scan(extraDrivers: readonly string[]): Promise<TokenScan> {
    const known = await this.installed();
    const extra = [...new Set(extraDrivers)].filter((file) => !known.some((driver) => driver.path === file));
    const all = [...known, ...extra.map((file) => ({ path: file, name: path.basename(file) }))];
    const lists = await Promise.all(all.map((driver) => this.list(driver)));
    return {
      drivers: lists.map(([driver]) => driver),
      certificates: lists.flatMap(([, certificates]) => certificates),
    };
  }

  private async list(driver: KnownDriver): Promise<readonly [ScannedDriver, readonly ScannedCertificate[]]> {
    try {
      const tokens = await this.helpers.using(driver.path, ({ worker }) =>
        worker.run('list', undefined, { timeoutMs: this.limits.listMs }),
      );
      return [{ ...driver, problem: null }, tokens.flatMap((token) => certificatesOf(driver.path, token))];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [{ ...driver, problem: error.code }, []];
    }
  }

  async unlock({ driver, ...input }: UnlockRequest): Promise<UnlockedToken> {
    try {
      const { login, ...key } = await this.logIn(driver, input);
      return {
        ...key,
        sign: (request) => this.sign(login, request),
        close: () => this.end(login, 'CANCELLED'),
      };
    } finally {
      input.pin.fill(0);
    }
  }

  private logIn(
    driver: string,
    input: UnlockInput,
  ): Promise<Omit<UnlockOutput, 'session'> & { readonly login: Login }> {
    const locksBefore = this.locks;
    return this.helpers.using(driver, async ({ worker, logins }) => {
      // A token knows one login for a whole process: beside an open one the next PIN would go unchecked.
      const same = [...logins].filter(({ tokenSerial }) => tokenSerial === input.tokenSerial);
      await Promise.all(same.map((login) => this.end(login, 'CANCELLED')));
      const { session, ...key } = await worker.run('unlock', input, { timeoutMs: this.limits.signMs });
      const login: Login = { driver, tokenSerial: input.tokenSerial, session, ended: null };
      logins.add(login);
      if (this.locks !== locksBefore) {
        await this.end(login, 'CANCELLED');
        throw new AppError('CANCELLED', 'locked meanwhile');
      }
      this.watchIdle(login);
      return { ...key, login };
    });
  }

  private async sign(
    login: Login,
    { digest, hash, scheme }: Parameters<UnlockedToken['sign']>[0],
  ): Promise<Uint8Array> {
    if (login.ended !== null) throw new AppError(login.ended, 'token closed');
    clearTimeout(login.idle);
    const job = { session: login.session, digest, hash, scheme };
    try {
      return await this.helpers.using(login.driver, ({ worker }) =>
        worker.run('sign', job, { timeoutMs: this.limits.signMs }),
      );
    } finally {
      this.watchIdle(login);
    }
  }

  private watchIdle(login: Login): void {
    clearTimeout(login.idle);
    if (login.ended !== null) return;
    login.idle = setTimeout(() => void this.end(login, 'TIMEOUT'), this.limits.idleMs);
    login.idle.unref();
  }

  private async end(login: Login, reason: ErrorCode): Promise<void> {
    if (login.ended !== null) return;
    await this.helpers.using(login.driver, async (helper) => {
      helper.forget(login, reason);
      try {
        await helper.worker.run('lock', { session: login.session }, { timeoutMs: finishMs });
      } catch (error) {
        // A helper that no longer answers was killed, and the login with it.
        if (!(error instanceof AppError)) throw error;
      }
    });
  }

  async lockAll(): Promise<void> {
    this.locks += 1;
    await Promise.all(this.helpers.logins().map((login) => this.end(login, 'CANCELLED')));
  }

  async close(): Promise<void> {
    await this.lockAll();
    await this.helpers.close();
  }
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
