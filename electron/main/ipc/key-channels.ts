import { readFile, stat } from 'node:fs/promises';
import type { KeyOwner, SigningKey } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import type { KeyFacts } from '../../workers/documents/jobs/sign/key-material';
import { type AskSecret, askUntilRight } from '../secret/ask-secret';
import { secretTexts } from '../secret/secret-texts';
import type { OfficeServices } from '../services/office-services';
import type { NewKey } from '../services/signing-keys';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';

/** A container larger than this is no key file. */
const largestKeyFile = 1024 * 1024;
const largestPicture = 2 * 1024 * 1024;

/** Keys and pictures of the person who is signed in and of this unit. Private keys never pass through the page. */
export function registerKeyChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
  askSecret: AskSecret,
): void {
  const { signingKeys, signaturePictures, documents, device } = services;
  const holderOf = (owner: KeyOwner): string =>
    owner === 'person' ? person.id : (device.current()?.unit ?? '');
  const isMine = (key: SigningKey): boolean => key.holder === holderOf(key.owner);

  handle('signing:keys', async () => ({ keys: [...(await signingKeys.list())] }));
  handle('signing:prefer-key', async ({ id }) => {
    await signingKeys.prefer(id, isMine);
    return {};
  });
  handle('signing:remove-key', async ({ id }) => {
    await signingKeys.remove(id, isMine);
    return {};
  });
  handle('signing:import-key', async ({ path, owner }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    const pkcs12 = await readSmall(path);
    const question = { ...secretTexts.importKey, kind: 'password', documents: [], warnings: [] } as const;
    const facts = await askUntilRight(askSecret, question, async (secret) => {
      const opened = await documents.run('openKey', { pkcs12, secret });
      secret.fill(0);
      return opened;
    });
    const key = newKey(facts, owner, holderOf(owner), { kind: 'file' });
    return { key: await signingKeys.add(key, { pkcs12 }) };
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
}

/** A key as it is kept, from what its certificate says. */
export function newKey(
  { subject, issuer, serial, notBefore, notAfter }: KeyFacts,
  owner: KeyOwner,
  holder: string,
  source: NewKey['source'],
): NewKey {
  return {
    owner,
    holder,
    subject,
    issuer,
    serial,
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    source,
  };
}

async function readSmall(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length > largestKeyFile) throw new AppError('FILE_TOO_LARGE');
  return new Uint8Array(bytes);
}
