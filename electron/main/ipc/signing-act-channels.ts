import type { FileRef } from '@shared/schema/values';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { AskSecret } from '../secret/ask-secret';
import type { OfficeServices } from '../services/office-services';
import { SigningDesk } from '../services/signing-desk';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';

/** The acts of signing. Keys, passwords and PINs never pass through the page. */
export function registerSigningActChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
  askSecret: AskSecret,
): void {
  const desk = new SigningDesk(services, person, askSecret);
  handle('signing:unlock', async (batch) => ({ session: await desk.open(batch) }));
  handle('signing:lock', ({ session }) => {
    services.unlockedKeys.end(session);
    return {};
  });
  registerPersonalActs(handle, services, desk);
  registerOrganActs(handle, services, desk);
}

/** Ký của người có thẩm quyền (Điều 13), and of thư ký and chủ tọa under minutes. */
function registerPersonalActs(handle: Handle, services: OfficeServices, desk: SigningDesk): void {
  const { signaturePictures, documents, vault } = services;
  const ownPicture = () => signaturePictures.find('person', desk.holderOf('person'));

  handle('signing:sign-person', (input) =>
    desk.withKey('person', input, input.signerName, (key) =>
      withScratch(services, async (scratch) => {
        const file = await vault.openFileKey(input.sha256);
        const { signerName, title, symbol, place, sealMm } = input;
        const wanted = { signerName, title, symbol, place, sealMm, picture: await ownPicture() };
        const { step, outcome } = await desk.sign(input.name, key, (target, making) =>
          documents.run('signPerson', { file, scratch, target, ...wanted, ...making }),
        );
        return { ...outcome, places: step.places };
      }),
    ),
  );
  handle('signing:sign-minutes', (input) => {
    const { role, secretaryName, chairName } = input;
    return desk.withKey('person', input, role === 'chair' ? chairName : secretaryName, (key) =>
      withScratch(services, async (scratch) => {
        const file = await vault.openFileKey(input.sha256);
        const wanted = { role, secretaryName, chairName, picture: await ownPicture() };
        const { outcome } = await desk.sign(input.name, key, (target, making) =>
          documents.run('signMinutes', { file, scratch, target, ...wanted, ...making }),
        );
        return outcome;
      }),
    );
  });
}

/** Ký số của cơ quan: documents with their annexes (Điều 32.2), and copies (Điều 25, 26). */
function registerOrganActs(handle: Handle, services: OfficeServices, desk: SigningDesk): void {
  const { signaturePictures, documents, vault } = services;
  type Source = { readonly sha256: string; readonly name: string };

  handle('signing:sign-organ', (input) =>
    desk.withKey('organ', input, undefined, async (key) => {
      const { organisation, numberAndSymbol } = input;
      const picture = await signaturePictures.find('organ', desk.holderOf('organ'));
      const seal = async (from: Source, as: 'document' | 'annex') => {
        const file = await vault.openFileKey(from.sha256);
        const wanted = { file, picture, as, organisation, numberAndSymbol };
        const { outcome } = await desk.sign(from.name, key, (target, making) =>
          documents.run('signOrgan', { target, ...wanted, ...making }),
        );
        return outcome;
      };
      const outcome = await seal(input, 'document');
      const annexes: FileRef[] = [];
      // Only PDF can carry a signature; other annexes go along as they came.
      for (const annex of input.annexes)
        annexes.push(annex.kind === 'pdf' ? (await seal(annex, 'annex')).file : annex);
      return { ...outcome, annexes };
    }),
  );
  handle('signing:sign-copy', (input) =>
    desk.withKey('organ', input, undefined, (key) =>
      withScratch(services, async (scratch) => {
        const { form, organisation, pages } = input;
        const file = await vault.openFileKey(input.sha256);
        const { outcome } = await desk.sign(input.name, key, (target, making) =>
          documents.run('signCopy', { file, scratch, target, form, organisation, pages, ...making }),
        );
        return outcome;
      }),
    ),
  );
}

/** Lends room for what is made between two steps. */
async function withScratch<T>(
  { vault }: Pick<OfficeServices, 'vault'>,
  use: (scratch: EncryptedTarget) => Promise<T>,
): Promise<T> {
  const scratch = vault.newFile();
  try {
    return await use(scratch);
  } finally {
    await vault.discard(scratch);
  }
}
