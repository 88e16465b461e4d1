import type { KeyOwner } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { SignedStep, SigningWith } from '../../workers/documents/jobs/sign/sign-step';
import type { AskSecret } from '../secret/ask-secret';
import { refuseSlowClock } from '../../signing/clock-check';
import type { OfficeServices } from '../services/office-services';
import { signIntoVault } from '../services/sign-into-vault';
import { unlockKey } from '../services/unlock-key';
import type { UnlockedKey } from '../services/unlocked-key';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';

type ActInput = {
  readonly sha256: string;
  readonly name: string;
  readonly annexes?: readonly FileRef[];
  readonly session?: string | undefined;
  readonly keyId?: string | undefined;
};

/** The acts of signing. Keys, passwords and PINs never pass through the page. */
export function registerSigningActChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
  askSecret: AskSecret,
): void {
  const { signaturePictures, unlockedKeys, documents, vault, clock, client } = services;
  const holderOf = (owner: KeyOwner): string =>
    owner === 'person' ? person.id : (services.device.current()?.unit ?? '');

  handle('signing:unlock', async ({ owner, keyId, signerName, files }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    refuseSlowClock(clock(), [client.serverTime]);
    const by = person.id;
    const key = await unlockKey(services, askSecret, {
      owner,
      holder: holderOf(owner),
      keyId,
      signerName,
      documents: files.map(({ name }) => name),
    });
    const purpose = { person: by, owner, files: files.map(({ sha256 }) => sha256) };
    return { session: unlockedKeys.keep(key, purpose) };
  });
  handle('signing:lock', ({ session }) => {
    unlockedKeys.end(session);
    return {};
  });

  /** Runs one act with the key of its batch, or with one that is unlocked for it alone. */
  const withKey = async <T>(
    owner: KeyOwner,
    input: ActInput,
    signerName: string | undefined,
    run: (key: UnlockedKey) => Promise<T>,
  ): Promise<T> => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    const { session } = input;
    if (session !== undefined) {
      const files = [input, ...(input.annexes ?? []).filter(({ kind }) => kind === 'pdf')];
      const [key] = files.map(({ sha256 }) => unlockedKeys.keyFor(session, person.id, owner, sha256));
      if (key === undefined) throw new AppError('SIGNING_SESSION_ENDED');
      const result = await run(key);
      for (const { sha256 } of files) unlockedKeys.done(session, sha256);
      return result;
    }
    refuseSlowClock(clock(), [client.serverTime]);
    const key = await unlockKey(services, askSecret, {
      owner,
      holder: holderOf(owner),
      keyId: input.keyId,
      signerName,
      documents: [input.name],
    });
    try {
      return await run(key);
    } finally {
      key.end();
    }
  };
  const sign = <T extends SignedStep>(
    name: string,
    key: UnlockedKey,
    run: (target: EncryptedTarget, tools: SigningWith) => Promise<T>,
  ) => signIntoVault(services, name, key, run);

  handle('signing:sign-person', (input) =>
    withKey('person', input, input.signerName, async (key) => {
      const scratch = vault.newFile();
      try {
        const file = await vault.openFileKey(input.sha256);
        const picture = await signaturePictures.find('person', holderOf('person'));
        const { signerName, title, symbol, place, sealMm } = input;
        const wanted = { signerName, title, symbol, place, sealMm };
        const made = await sign(input.name, key, (target, tools) =>
          documents.run('signPerson', { file, scratch, target, picture, ...wanted, ...tools }),
        );
        return { ...outcomeOf(made), places: made.step.places };
      } finally {
        await vault.discard(scratch);
      }
    }),
  );
  handle('signing:sign-organ', (input) =>
    withKey('organ', input, undefined, async (key) => {
      const { organisation, numberAndSymbol } = input;
      const picture = await signaturePictures.find('organ', holderOf('organ'));
      const seal = async (
        from: { readonly sha256: string; readonly name: string },
        as: 'document' | 'annex',
      ) => {
        const file = await vault.openFileKey(from.sha256);
        const wanted = { file, picture, as, organisation, numberAndSymbol };
        return sign(from.name, key, (target, tools) =>
          documents.run('signOrgan', { ...wanted, target, ...tools }),
        );
      };
      const signed = outcomeOf(await seal(input, 'document'));
      const annexes: FileRef[] = [];
      // Only PDF can carry a signature; other annexes go along as they came.
      for (const annex of input.annexes)
        annexes.push(annex.kind === 'pdf' ? (await seal(annex, 'annex')).file : annex);
      return { ...signed, annexes };
    }),
  );
  handle('signing:sign-copy', (input) =>
    withKey('organ', input, undefined, async (key) => {
      const { form, organisation, pages } = input;
      const file = await vault.openFileKey(input.sha256);
      const scratch = vault.newFile();
      try {
        const made = await sign(input.name, key, (target, tools) =>
          documents.run('signCopy', { file, scratch, target, form, organisation, pages, ...tools }),
        );
        return outcomeOf(made);
      } finally {
        await vault.discard(scratch);
      }
    }),
  );
  handle('signing:sign-minutes', (input) =>
    withKey('person', input, input.role === 'chair' ? input.chairName : input.secretaryName, async (key) => {
      const { role, secretaryName, chairName } = input;
      const file = await vault.openFileKey(input.sha256);
      const picture = await signaturePictures.find('person', holderOf('person'));
      const scratch = vault.newFile();
      try {
        const wanted = { file, scratch, picture, role, secretaryName, chairName };
        const made = await sign(input.name, key, (target, tools) =>
          documents.run('signMinutes', { ...wanted, target, ...tools }),
        );
        return outcomeOf(made);
      } finally {
        await vault.discard(scratch);
      }
    }),
  );
}

function outcomeOf({ file, step }: { readonly file: FileRef; readonly step: SignedStep }) {
  return { file, level: step.level, timestampProblem: step.timestampProblem };
}
