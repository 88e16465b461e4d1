import type { FileRef } from '@shared/schema/values';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import { describeFile } from './file-refs';
import type { OfficeServices } from './office-services';

/** Has a file made and keeps it under its content; what a failure leaves behind is discarded. */
export async function makeIntoVault<T>(
  { vault, intake }: Pick<OfficeServices, 'vault' | 'intake'>,
  name: string,
  run: (target: EncryptedTarget) => Promise<T>,
): Promise<{ readonly file: FileRef; readonly result: T }> {
  const target = vault.newFile();
  try {
    const result = await run(target);
    return { file: await describeFile(intake, await vault.adopt(target), name), result };
  } catch (error) {
    await vault.discard(target);
    throw error;
  }
}
