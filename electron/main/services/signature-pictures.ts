import type { SignaturePicture } from '@shared/ipc/contract';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from '../../identity/secret-file';

/** A picture with its own bytes, as they were imported, in base64. */
export type StoredPicture = SignaturePicture & { readonly png: string };
export type SignaturePicturesRecord = { readonly pictures: readonly StoredPicture[] };

/**
 * Pictures of handwritten signatures and of the seal, one for each holder. Sealed in the profile like the keys: whoever
 * has them could paste them under any text.
 */
export class SignaturePictures {
  private readonly file: SecretFile<SignaturePicturesRecord>;
  private readonly turn = new Serial();

  constructor(file: SecretFile<SignaturePicturesRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly SignaturePicture[]> {
    return (await this.read()).map(({ png: _bytes, ...picture }) => picture);
  }

  /** The PNG of a person or of the organisation; null when none was imported. */
  async find(owner: SignaturePicture['owner'], holder: string): Promise<Uint8Array | null> {
    const found = (await this.read()).find((known) => isOf(known, owner, holder));
    return found === undefined ? null : new Uint8Array(Buffer.from(found.png, 'base64'));
  }

  /** Keeps a picture; one that its holder had before is replaced. */
  put(picture: SignaturePicture, png: Uint8Array): Promise<void> {
    const added = { ...picture, png: Buffer.from(png).toString('base64') };
    return this.replace(picture.owner, picture.holder, [added]);
  }

  remove(owner: SignaturePicture['owner'], holder: string): Promise<void> {
    return this.replace(owner, holder, []);
  }

  private replace(
    owner: SignaturePicture['owner'],
    holder: string,
    by: readonly StoredPicture[],
  ): Promise<void> {
    return this.turn.run(async () => {
      const others = (await this.read()).filter((known) => !isOf(known, owner, holder));
      await this.file.write({ pictures: [...others, ...by] });
    });
  }

  private async read(): Promise<readonly StoredPicture[]> {
    return (await this.file.read())?.pictures ?? [];
  }
}

function isOf(picture: StoredPicture, owner: SignaturePicture['owner'], holder: string): boolean {
  return picture.owner === owner && picture.holder === holder;
}
