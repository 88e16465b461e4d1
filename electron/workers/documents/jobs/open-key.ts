import { type FileKey, type KeyFacts, keyFacts, signerOf } from './sign/key-material';

/** Opens a PKCS#12 file to see that the password fits and whose certificate it holds. Errors: P12_*. */
export async function openKey(key: FileKey): Promise<KeyFacts> {
  const { certificate, chain } = signerOf(key);
  return keyFacts(certificate, chain);
}
