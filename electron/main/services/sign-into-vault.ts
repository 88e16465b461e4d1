import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { SignedStep, SigningWith } from '../../workers/documents/jobs/sign/sign-step';
import { makeIntoVault } from './make-into-vault';
import type { OfficeServices } from './office-services';
import type { UnlockedKey } from './unlocked-key';

type Tools = Pick<OfficeServices, 'vault' | 'intake' | 'signingSettings' | 'clock' | 'documents'>;
type Signed<T> = { readonly file: FileRef; readonly step: T };

/** Has one signature made by an unlocked key, as the settings say, and keeps the signed file in the vault. */
export async function signIntoVault<T extends SignedStep>(
  tools: Tools,
  name: string,
  key: UnlockedKey,
  run: (target: EncryptedTarget, making: SigningWith) => Promise<T>,
): Promise<Signed<T>> {
  const { hash, pss, tsa } = await tools.signingSettings.read();
  const making = { key: key.material(), hash, pss, tsa, time: tools.clock() };
  if (key.sign !== undefined)
    return signInHalves(tools, name, key.sign, (target) => run(target, making), tsa);
  const { file, result } = await makeIntoVault(tools, name, (target) => run(target, making));
  return { file, step: result };
}

/** The document never goes to the key: the worker prepares it, the key signs a digest, the worker puts that in. */
async function signInHalves<T extends SignedStep>(
  tools: Tools,
  name: string,
  sign: NonNullable<UnlockedKey['sign']>,
  prepare: (target: EncryptedTarget) => Promise<T>,
  tsa: string,
): Promise<Signed<T>> {
  const { vault, documents } = tools;
  const prepared = vault.newFile();
  try {
    const first = await prepare(prepared);
    const session = first.pending;
    if (session === null) throw new AppError('INTERNAL', 'nothing to sign');
    const signature = await sign(session);
    const { file, result } = await makeIntoVault(tools, name, (target) =>
      documents.run('completeSignature', { file: prepared, target, session, signature, tsa }),
    );
    return { file, step: { ...first, ...result } };
  } finally {
    await vault.discard(prepared);
  }
}
