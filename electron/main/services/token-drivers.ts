import type { SecretFile } from '../../identity/secret-file';

export type TokenDriversRecord = { readonly chosen: readonly string[] };

/** Libraries of USB tokens that people chose as files, beside the known ones. Sealed: what is named here gets loaded. */
export class TokenDrivers {
  private readonly file: SecretFile<TokenDriversRecord>;

  constructor(file: SecretFile<TokenDriversRecord>) {
    this.file = file;
  }

  async chosen(): Promise<readonly string[]> {
    return (await this.file.read())?.chosen ?? [];
  }

  async choose(driver: string): Promise<void> {
    const chosen = await this.chosen();
    if (!chosen.includes(driver)) await this.file.write({ chosen: [...chosen, driver] });
  }
}
