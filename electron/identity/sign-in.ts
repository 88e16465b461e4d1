import { scrypt, timingSafeEqual } from 'node:crypto';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { Person } from '@shared/schema/people';
import type { PinVerifier } from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from './secret-file';

type Attempts = { readonly failed: number; readonly lockedUntil: number };
/** What sign-in keeps sealed, so that a restart resets nothing. */
export type SignInRecord = {
  /** The verifiers the server gave last. */
  readonly pins: readonly PinVerifier[];
  /** Failed tries, by person. */
  readonly attempts: Readonly<Record<string, Attempts>>;
  /** Everybody who has ever signed in here; also those whose PIN the server has taken back since. */
  readonly people: readonly string[];
  /** Who they are, as the directory said when they signed in last: for a machine that has lost it. */
  readonly known?: readonly Person[];
};

const freeTries = 5;
/** What {@link SignIn.check} says of a PIN; other errors are of the disk. */
const ofPins: readonly ErrorCode[] = ['WRONG_PIN', 'PIN_LOCKED', 'NOT_FOUND'];
const firstLockMs = 30_000;
const longestLockMs = 15 * 60_000;

/**
 * Checks PINs with no network, against the verifiers last fetched from the server. After five wrong tries a person is
 * locked out for half a minute, then for twice as long each time.
 */
export class SignIn {
  private readonly file: SecretFile<SignInRecord>;
  private readonly clock: () => number;
  /** The file is read, changed and written by one at a time: the server's PINs may come in the middle of a check. */
  private readonly turn = new Serial();

  constructor(file: SecretFile<SignInRecord>, clock: () => number) {
    this.file = file;
    this.clock = clock;
  }

  /** Takes over the verifiers that the server has now. */
  replacePins(pins: readonly PinVerifier[]): Promise<void> {
    return this.turn.run(() => this.change({ pins }));
  }

  async knows(person: string): Promise<boolean> {
    const { pins } = await this.turn.run(() => this.read());
    return pins.some((pin) => pin.person === person);
  }

  /** FORBIDDEN (detail: actor) unless each of these people has signed in on this workstation before. */
  async refuseStrangers(actors: readonly string[]): Promise<void> {
    const { people } = await this.turn.run(() => this.read());
    if (actors.some((actor) => !people.includes(actor))) throw new AppError('FORBIDDEN', 'actor');
  }

  /** Keeps who somebody is, after her PIN was right. */
  remember(person: Person): Promise<void> {
    return this.turn.run(async () => {
      const others = ((await this.read()).known ?? []).filter(({ id }) => id !== person.id);
      await this.change({ known: [...others, person] });
    });
  }

  /** Everybody who has signed in here, as she was then. */
  async known(): Promise<readonly Person[]> {
    return (await this.turn.run(() => this.read())).known ?? [];
  }

  /** Errors: WRONG_PIN (detail: tries left before a pause), PIN_LOCKED (detail: seconds), NOT_FOUND (no PIN known). */
  check(person: string, pin: string): Promise<void> {
    return this.turn.run(() => this.checkInTurn(person, pin));
  }

  /** {@link check} for people who prove something together. Errors: as there, with the person whose PIN it was as detail. */
  async checkEach(proofs: readonly { readonly person: string; readonly pin: string }[]): Promise<void> {
    for (const { person, pin } of proofs)
      await this.check(person, pin).catch((error: unknown) => {
        throw error instanceof AppError && ofPins.includes(error.code)
          ? new AppError(error.code, person)
          : error;
      });
  }

  private async checkInTurn(person: string, pin: string): Promise<void> {
    const { pins, attempts, people } = await this.read();
    const verifier = pins.find((known) => known.person === person);
    if (verifier === undefined) throw new AppError('NOT_FOUND', 'pin');
    const before = attempts[person] ?? { failed: 0, lockedUntil: 0 };
    const wait = before.lockedUntil - this.clock();
    if (wait > 0) throw new AppError('PIN_LOCKED', String(Math.ceil(wait / 1000)));
    // The try is counted before it is checked: pulling the plug must not give tries for nothing.
    const after = this.afterFailure(before);
    await this.change({ attempts: { ...attempts, [person]: after } });
    if (!(await matches(verifier, pin))) {
      throw after.lockedUntil > this.clock()
        ? new AppError('PIN_LOCKED', String(Math.ceil((after.lockedUntil - this.clock()) / 1000)))
        : new AppError('WRONG_PIN', String(freeTries - after.failed));
    }
    await this.change({
      attempts: { ...attempts, [person]: { failed: 0, lockedUntil: 0 } },
      people: people.includes(person) ? people : [...people, person],
    });
  }

  private afterFailure({ failed }: Attempts): Attempts {
    const now = failed + 1;
    if (now < freeTries) return { failed: now, lockedUntil: 0 };
    const pause = Math.min(longestLockMs, firstLockMs * 2 ** (now - freeTries));
    return { failed: now, lockedUntil: this.clock() + pause };
  }

  private async change(part: Partial<SignInRecord>): Promise<void> {
    await this.file.write({ ...(await this.read()), ...part });
  }

  private async read(): Promise<SignInRecord> {
    return { pins: [], attempts: {}, people: [], ...(await this.file.read()) };
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
