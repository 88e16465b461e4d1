import type { SigningSettings } from '@shared/ipc/signing-values';
import { type SignatureLevel, signatureLevels } from '@shared/schema/signature-state';
import type { SecretFile } from '../../identity/secret-file';

const defaults: SigningSettings = { tsa: '', level: 'B-LTA', hash: 'sha256', pss: false };

/** How this workstation signs. Sealed, so that nobody lowers it or puts another timestamp authority there quietly. */
export class SigningSettingsStore {
  private readonly file: SecretFile<SigningSettings>;

  constructor(file: SecretFile<SigningSettings>) {
    this.file = file;
  }

  async read(): Promise<SigningSettings> {
    return (await this.file.read()) ?? defaults;
  }

  async write(settings: SigningSettings): Promise<void> {
    await this.file.write(settings);
  }
}

/** The level to bring signatures to: without a timestamp authority there is nothing beyond B-B to reach. */
export function wantedLevel({ tsa, level }: SigningSettings): SignatureLevel {
  return tsa === '' ? signatureLevels[0] : level;
}
