import { randomUUID } from 'node:crypto';
import type { KeyOwner, SigningKey } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from '../../identity/secret-file';

/** Where the key of a USB token is found again. */
export type TokenPlace = { readonly driver: string; readonly token: string; readonly keyId: string };

/**
 * A key with what its certificate says: a PKCS#12 container in base64, which stays closed by its own password as well, or
 * where its token is.
 */
export type StoredKey = SigningKey & {
  readonly pkcs12?: string;
  readonly token?: TokenPlace;
};
type LaterFacts = 'serial' | 'notBefore' | 'source' | 'preferred';
/** Earlier versions kept one file key for each holder and said less of it. */
type KeptKey = Omit<StoredKey, LaterFacts> & Partial<Pick<StoredKey, LaterFacts>>;
export type SigningKeysRecord = { readonly keys: readonly KeptKey[] };

export type NewKey = Omit<SigningKey, 'id' | 'preferred'>;
export type KeyContent = { readonly pkcs12: Uint8Array } | { readonly token: TokenPlace };

/** The signing keys that this workstation knows, sealed in the profile. */
export class SigningKeys {
  private readonly file: SecretFile<SigningKeysRecord>;
  private readonly turn = new Serial();

  constructor(file: SecretFile<SigningKeysRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly SigningKey[]> {
    return (await this.read()).map(publicPart);
  }

  /** Keeps a key, from now on the preferred one of its holder; the same certificate from the same place is replaced. */
  add(key: NewKey, content: KeyContent): Promise<SigningKey> {
    return this.turn.run(async () => {
      const added: StoredKey = { ...key, id: randomUUID(), preferred: true, ...storedContent(content) };
      const others = (await this.read())
        .filter((known) => !isSame(known, added))
        .map((known) => (isOf(known, added.owner, added.holder) ? { ...known, preferred: false } : known));
      await this.file.write({ keys: [...others, added] });
      return publicPart(added);
    });
  }

  /** Makes a key the one that its holder signs with unless she chooses another. NOT_FOUND. */
  prefer(id: string, mayChange: (key: SigningKey) => boolean): Promise<void> {
    return this.change(id, mayChange, (keys, chosen) =>
      keys.map((key) =>
        isOf(key, chosen.owner, chosen.holder) ? { ...key, preferred: key.id === chosen.id } : key,
      ),
    );
  }

  /** Forgets a key; what was signed with it stays. When it was the preferred one, the newest of the rest is. NOT_FOUND. */
  remove(id: string, mayChange: (key: SigningKey) => boolean): Promise<void> {
    return this.change(id, mayChange, (keys, gone) => {
      const rest = keys.filter((key) => key.id !== gone.id);
      const heir = gone.preferred ? rest.findLast((key) => isOf(key, gone.owner, gone.holder)) : undefined;
      return rest.map((key) => (key === heir ? { ...key, preferred: true } : key));
    });
  }

  /** The chosen key of a person or of the organisation, or the preferred one; NO_SIGNING_KEY when there is none. */
  async find(owner: KeyOwner, holder: string, id?: string): Promise<StoredKey> {
    const own = (await this.read()).filter((known) => isOf(known, owner, holder));
    const found =
      id === undefined ? own.find(({ preferred }) => preferred) : own.find((key) => key.id === id);
    if (found === undefined) throw new AppError('NO_SIGNING_KEY', owner);
    return found;
  }

  private change(
    id: string,
    mayChange: (key: SigningKey) => boolean,
    next: (keys: readonly StoredKey[], key: StoredKey) => readonly StoredKey[],
  ): Promise<void> {
    return this.turn.run(async () => {
      const keys = await this.read();
      const key = keys.find((known) => known.id === id);
      if (key === undefined) throw new AppError('NOT_FOUND', id);
      if (!mayChange(publicPart(key))) throw new AppError('NOT_ALLOWED', 'key');
      await this.file.write({ keys: next(keys, key) });
    });
  }

  private async read(): Promise<readonly StoredKey[]> {
    return ((await this.file.read())?.keys ?? []).map(completed);
  }
}

function completed(key: KeptKey): StoredKey {
  return { serial: '', notBefore: '', source: { kind: 'file' }, preferred: true, ...key };
}

function publicPart({ pkcs12: _secret, token: _place, ...key }: StoredKey): SigningKey {
  return key;
}

function storedContent(content: KeyContent): Pick<StoredKey, 'pkcs12' | 'token'> {
  return 'pkcs12' in content ? { pkcs12: Buffer.from(content.pkcs12).toString('base64') } : content;
}

function isOf(key: SigningKey, owner: KeyOwner, holder: string): boolean {
  return key.owner === owner && key.holder === holder;
}

function isSame(a: StoredKey, b: StoredKey): boolean {
  return (
    isOf(a, b.owner, b.holder) &&
    a.serial === b.serial &&
    a.issuer === b.issuer &&
    a.source.kind === b.source.kind
  );
}
