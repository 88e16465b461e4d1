import { readFile, stat } from 'node:fs/promises';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { KeyMaterial } from '../../workers/documents/jobs/sign';
import type { AskSecret } from '../secret/ask-secret';
import { secretTexts } from '../secret/secret-texts';
import { describeFile } from '../services/file-refs';
import type { OfficeServices } from '../services/office-services';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';

/** A container larger than this is no key file. */
const largestKeyFile = 1024 * 1024;
const largestPicture = 2 * 1024 * 1024;
/** How often a password may be tried before the act is given up. */
const passwordTries = 3;

/** Keys and signing. Keys and passwords never pass through the page. */
export function registerSigningChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
  askSecret: AskSecret,
): void {
  const { signingKeys, signaturePictures, documents, vault, clock } = services;
  const unit = (): string => services.device.current()?.unit ?? '';
  const holderOf = (owner: 'person' | 'organ'): string => (owner === 'person' ? person.id : unit());

  handle('signing:keys', async () => ({ keys: [...(await signingKeys.list())] }));
  handle('signing:import-key', async ({ path, owner }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    const pkcs12 = await readSmall(path);
    const opened = await withPassword(askSecret, secretTexts.importKey, (password) =>
      documents.run('openKey', { pkcs12, password }),
    );
    const { subject, issuer, notAfter } = opened;
    const facts = {
      owner,
      holder: holderOf(owner),
      subject,
      issuer,
      notAfter: new Date(notAfter).toISOString(),
    };
    return { key: await signingKeys.add(facts, pkcs12) };
  });

  handle('signing:pictures', async () => ({
    pictures: (await signaturePictures.list()).filter(({ owner, holder }) => holder === holderOf(owner)),
  }));
  handle('signing:import-picture', async ({ path, owner }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    if ((await stat(path)).size > largestPicture) throw new AppError('PICTURE_TOO_LARGE');
    const png = new Uint8Array(await readFile(path));
    const { preview, ...facts } = await documents.run('readPicture', { png });
    const picture = {
      owner,
      holder: holderOf(owner),
      ...facts,
      preview: Buffer.from(preview).toString('base64'),
    };
    await signaturePictures.put(picture, png);
    return { picture };
  });
  handle('signing:remove-picture', async ({ owner }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    await signaturePictures.remove(owner, holderOf(owner));
    return {};
  });

  /** Runs one signing job with the key of its owner, asking for the password as often as it is wrong. */
  const signing = async <T>(
    owner: 'person' | 'organ',
    purpose: string,
    run: (key: KeyMaterial) => Promise<T>,
  ): Promise<T> => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    const { key, pkcs12 } = await signingKeys.find(owner, holderOf(owner));
    const question = { title: secretTexts.sign(key.subject), purpose };
    return withPassword(askSecret, question, (password) => run({ pkcs12, password }));
  };

  handle('signing:sign-person', (input) =>
    signing('person', input.name, async (key) => {
      const scratch = vault.newFile();
      try {
        const source = await vault.openFileKey(input.sha256);
        const picture = await signaturePictures.find('person', holderOf('person'));
        const { name, signerName, title, symbol, place } = input;
        const made = await makeFile(services, name, (target) =>
          documents.run('signPerson', {
            file: source,
            scratch,
            target,
            key,
            picture,
            signerName,
            title,
            symbol,
            place,
            sealMm: input.sealMm,
            time: clock(),
          }),
        );
        return { file: made.file, places: made.result.places };
      } finally {
        await vault.discard(scratch);
      }
    }),
  );
  handle('signing:fill-number', async ({ sha256, name, number, date }) => {
    const file = await vault.openFileKey(sha256);
    const made = await makeFile(services, name, (target) =>
      documents.run('fillNumber', { file, target, number, date }),
    );
    return { file: made.file };
  });
  handle('signing:sign-organ', (input) =>
    signing('organ', input.name, async (key) => {
      const { organisation, numberAndSymbol } = input;
      const picture = await signaturePictures.find('organ', holderOf('organ'));
      const seal = async (
        from: { readonly sha256: string; readonly name: string },
        as: 'document' | 'annex',
      ) => {
        const file = await vault.openFileKey(from.sha256);
        const job = { file, key, picture, as, organisation, numberAndSymbol, time: clock() };
        return (
          await makeFile(services, from.name, (target) => documents.run('signOrgan', { ...job, target }))
        ).file;
      };
      const file = await seal(input, 'document');
      const annexes: FileRef[] = [];
      // Only PDF can carry a signature; other annexes go along as they came.
      for (const annex of input.annexes)
        annexes.push(annex.kind === 'pdf' ? await seal(annex, 'annex') : annex);
      return { file, annexes };
    }),
  );
}

async function makeFile<T>(
  { vault, intake }: OfficeServices,
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

async function withPassword<T>(
  askSecret: AskSecret,
  question: { readonly title: string; readonly purpose: string },
  run: (password: string) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const password = await askSecret({ ...question, again: tries > 1 });
    try {
      return await run(password);
    } catch (error) {
      const wrong = error instanceof AppError && error.code === 'P12_BAD_PASSWORD';
      if (!wrong || tries >= passwordTries) throw error;
    }
  }
}

async function readSmall(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length > largestKeyFile) throw new AppError('FILE_TOO_LARGE');
  return new Uint8Array(bytes);
}
