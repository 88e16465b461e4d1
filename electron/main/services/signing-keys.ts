import { randomUUID } from 'node:crypto';
import type { SigningKey } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import type { SecretFile } from '../../identity/secret-file';

/** A PKCS#12 container with what its certificate says; the container stays closed by its own password as well. */
export type StoredKey = SigningKey & { readonly pkcs12: string };
export type SigningKeysRecord = { readonly keys: readonly StoredKey[] };

/** The signing keys that were imported on this workstation, sealed in the profile. */
export class SigningKeys {
  private readonly file: SecretFile<SigningKeysRecord>;

  constructor(file: SecretFile<SigningKeysRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly SigningKey[]> {
    return (await this.read()).map(({ pkcs12: _secret, ...key }) => key);
  }

  /** Keeps a key; one that its holder had before is replaced. */
  async add(key: Omit<SigningKey, 'id'>, pkcs12: Uint8Array): Promise<SigningKey> {
    const added = { ...key, id: randomUUID() };
    const others = (await this.read()).filter(
      (known) => known.owner !== key.owner || known.holder !== key.holder,
    );
    await this.file.write({
      keys: [...others, { ...added, pkcs12: Buffer.from(pkcs12).toString('base64') }],
    });
    return added;
  }

  /** The key of a person or of the organisation; NO_SIGNING_KEY when none was imported. */
  async find(
    owner: SigningKey['owner'],
    holder: string,
  ): Promise<{ readonly key: SigningKey; readonly pkcs12: Uint8Array }> {
    const found = (await this.read()).find((known) => known.owner === owner && known.holder === holder);
    if (found === undefined) throw new AppError('NO_SIGNING_KEY', owner);
    const { pkcs12, ...key } = found;
    return { key, pkcs12: new Uint8Array(Buffer.from(pkcs12, 'base64')) };
  }

  private async read(): Promise<readonly StoredKey[]> {
    return (await this.file.read())?.keys ?? [];
  }
}
