import { scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { PinVerifier } from '@shared/sync/protocol';
import type { SecretFile } from './secret-file';

type Attempts = { readonly failed: number; readonly lockedUntil: number };
/** What sign-in keeps sealed: the verifiers the server gave, and failed tries, so that a restart does not reset them. */
export type SignInRecord = {
  readonly pins: readonly PinVerifier[];
  readonly attempts: Readonly<Record<string, Attempts>>;
};

const freeTries = 5;
const firstLockMs = 30_000;
const longestLockMs = 15 * 60_000;

/**
 * Checks PINs with no network, against the verifiers last fetched from the server. After five wrong tries a person is
 * locked out for half a minute, then for twice as long each time.
 */
export class SignIn {
  private readonly file: SecretFile<SignInRecord>;
  private readonly clock: () => number;

  constructor(file: SecretFile<SignInRecord>, clock: () => number) {
    this.file = file;
    this.clock = clock;
  }

  /** Takes over the verifiers that the server has now. */
  async replacePins(pins: readonly PinVerifier[]): Promise<void> {
    const { attempts } = await this.read();
    await this.file.write({ pins, attempts });
  }

  async knows(person: string): Promise<boolean> {
    return (await this.read()).pins.some((pin) => pin.person === person);
  }

  /** Errors: WRONG_PIN (detail: tries left before a pause), PIN_LOCKED (detail: seconds), NOT_FOUND (no PIN known). */
  async check(person: string, pin: string): Promise<void> {
    const record = await this.read();
    const verifier = record.pins.find((known) => known.person === person);
    if (verifier === undefined) throw new AppError('NOT_FOUND', 'pin');
    const before = record.attempts[person] ?? { failed: 0, lockedUntil: 0 };
    const wait = before.lockedUntil - this.clock();
    if (wait > 0) throw new AppError('PIN_LOCKED', String(Math.ceil(wait / 1000)));
    // The try is counted before it is checked: pulling the plug must not give tries for nothing.
    const after = this.afterFailure(before);
    await this.keepAttempts(record, person, after);
    if (!(await matches(verifier, pin))) {
      throw after.lockedUntil > this.clock()
        ? new AppError('PIN_LOCKED', String(Math.ceil((after.lockedUntil - this.clock()) / 1000)))
        : new AppError('WRONG_PIN', String(freeTries - after.failed));
    }
    await this.keepAttempts(record, person, { failed: 0, lockedUntil: 0 });
  }

  private afterFailure({ failed }: Attempts): Attempts {
    const now = failed + 1;
    if (now < freeTries) return { failed: now, lockedUntil: 0 };
    const pause = Math.min(longestLockMs, firstLockMs * 2 ** (now - freeTries));
    return { failed: now, lockedUntil: this.clock() + pause };
  }

  private async keepAttempts(record: SignInRecord, person: string, attempts: Attempts): Promise<void> {
    await this.file.write({ pins: record.pins, attempts: { ...record.attempts, [person]: attempts } });
  }

  private async read(): Promise<SignInRecord> {
    return (await this.file.read()) ?? { pins: [], attempts: {} };
  }
}

function matches(verifier: PinVerifier, pin: string): Promise<boolean> {
  const expected = Buffer.from(verifier.hash, 'base64');
  return new Promise((resolve, reject) => {
    const salt = Buffer.from(verifier.salt, 'base64');
    scrypt(pin.normalize('NFC'), salt, expected.length, { N: verifier.cost, r: 8, p: 1 }, (error, key) => {
      if (error === null) resolve(timingSafeEqual(key, expected));
      else reject(error);
    });
  });
}
