import type { KeyOwner } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { refuseSlowClock } from '../../signing/clock-check';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { SignedStep, SigningWith } from '../../workers/documents/jobs/sign/sign-step';
import type { AskSecret } from '../secret/ask-secret';
import type { OfficeServices } from './office-services';
import { signIntoVault } from './sign-into-vault';
import { unlockKey } from './unlock-key';
import type { UnlockedKey } from './unlocked-key';

/** What every act names: the file, and the session of its batch or the key to ask the PIN for. */
export type ActInput = {
  readonly sha256: string;
  readonly name: string;
  readonly annexes?: readonly FileRef[];
  readonly session?: string | undefined;
  readonly keyId?: string | undefined;
};

export type BatchInput = {
  readonly owner: KeyOwner;
  readonly keyId?: string | undefined;
  readonly signerName?: string | undefined;
  readonly files: readonly { readonly sha256: string; readonly name: string }[];
};

/** Where the person at this workstation signs: her keys, asked for once for a batch or for each act. */
export class SigningDesk {
  private readonly services: OfficeServices;
  private readonly person: { readonly id: string };
  private readonly askSecret: AskSecret;

  constructor(services: OfficeServices, person: { readonly id: string }, askSecret: AskSecret) {
    this.services = services;
    this.person = person;
    this.askSecret = askSecret;
  }

  /** Whose keys and pictures are used: the person's, or this unit's. */
  holderOf(owner: KeyOwner): string {
    return owner === 'person' ? this.person.id : (this.services.device.current()?.unit ?? '');
  }

  /** Asks the PIN once for these files; gives the name of the session. Errors: those of `unlockKey`, CLOCK_BEHIND. */
  async open({ files, ...purpose }: BatchInput): Promise<string> {
    const person = this.person.id;
    const key = await this.unlock(
      purpose,
      files.map(({ name }) => name),
    );
    const { owner } = purpose;
    return this.services.unlockedKeys.keep(key, {
      person,
      owner,
      files: files.map(({ sha256 }) => sha256),
    });
  }

  /** Runs one act with the key of its batch, or with one that is unlocked for it alone. */
  async withKey<T>(
    owner: KeyOwner,
    input: ActInput,
    signerName: string | undefined,
    run: (key: UnlockedKey) => Promise<T>,
  ): Promise<T> {
    const { session, keyId, name } = input;
    if (session !== undefined) return this.inBatch(session, owner, input, run);
    const key = await this.unlock({ owner, keyId, signerName }, [name]);
    try {
      return await run(key);
    } finally {
      key.end();
    }
  }

  /** Has one signature made and keeps the signed file. */
  async sign<T extends SignedStep>(
    name: string,
    key: UnlockedKey,
    run: (target: EncryptedTarget, making: SigningWith) => Promise<T>,
  ) {
    const { file, step } = await signIntoVault(this.services, name, key, run);
    const { level, timestampProblem } = step;
    return { step, outcome: { file, level, timestampProblem } };
  }

  private async unlock(
    purpose: Omit<BatchInput, 'files'>,
    documents: readonly string[],
  ): Promise<UnlockedKey> {
    if (this.person.id === '') throw new AppError('NOT_SIGNED_IN');
    refuseSlowClock(this.services.clock(), [this.services.client.serverTime]);
    const holder = this.holderOf(purpose.owner);
    return unlockKey(this.services, this.askSecret, { ...purpose, holder, documents });
  }

  /** Every file of the act must have been listed when the PIN was given. */
  private async inBatch<T>(
    session: string,
    owner: KeyOwner,
    input: ActInput,
    run: (key: UnlockedKey) => Promise<T>,
  ): Promise<T> {
    const { unlockedKeys } = this.services;
    const files = [input, ...(input.annexes ?? []).filter(({ kind }) => kind === 'pdf')];
    const [key] = files.map(({ sha256 }) => unlockedKeys.keyFor(session, this.person.id, owner, sha256));
    if (key === undefined) throw new AppError('SIGNING_SESSION_ENDED');
    const result = await run(key);
    for (const { sha256 } of files) unlockedKeys.done(session, sha256);
    return result;
  }
}
