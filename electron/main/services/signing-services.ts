import path from 'node:path';
import { type SecretSeal, secretFile } from '../../identity/secret-file';
import { installedDrivers } from '../../tokens/known-drivers';
import { places } from '../app/places';
import { SignaturePictures, type SignaturePicturesRecord } from './signature-pictures';
import { SigningKeys, type SigningKeysRecord } from './signing-keys';
import { SigningSettingsStore } from './signing-settings';
import { TokenDrivers, type TokenDriversRecord } from './token-drivers';
import { startTokenProcess } from './token-process';
import { createTokenService, type TokenService } from './token-service';
import { UnlockedKeys } from './unlocked-keys';

/** What signing needs of a profile: keys and where they are, how to sign, and the keys that are unlocked now. */
export type SigningServices = {
  readonly signingKeys: SigningKeys;
  readonly unlockedKeys: UnlockedKeys;
  readonly signingSettings: SigningSettingsStore;
  readonly signaturePictures: SignaturePictures;
  readonly tokens: TokenService;
  readonly tokenDrivers: TokenDrivers;
};

/** Opens the signing part of a profile; everything in it is sealed in `keyFolder`. */
export function openSigningServices(keyFolder: string, seal: SecretSeal): SigningServices {
  return {
    signingKeys: new SigningKeys(secretFile<SigningKeysRecord>(keyFolder, 'signing-keys', seal)),
    unlockedKeys: new UnlockedKeys(),
    signingSettings: new SigningSettingsStore(secretFile(keyFolder, 'signing-settings', seal)),
    signaturePictures: new SignaturePictures(
      secretFile<SignaturePicturesRecord>(keyFolder, 'signature-pictures', seal),
    ),
    tokens: createTokenService(
      (driver) => startTokenProcess(path.join(places.workers, 'tokens.js'), driver),
      () => installedDrivers(process.platform, process.env),
    ),
    tokenDrivers: new TokenDrivers(secretFile<TokenDriversRecord>(keyFolder, 'token-drivers', seal)),
  };
}
