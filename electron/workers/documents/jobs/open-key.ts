import { nodeCrypto } from '@shared/node/crypto-port';
import { describeCertificate } from '@shared/signing';
import { openPkcs12 } from '../../../signing/pkcs12';
import type { KeyMaterial } from './sign';

export type OpenedKey = { readonly subject: string; readonly issuer: string; readonly notAfter: number };

/** Opens a PKCS#12 file to see that the password fits and whose certificate it holds. Errors: P12_*. */
export async function openKey({ pkcs12, password }: KeyMaterial): Promise<OpenedKey> {
  const [signer] = openPkcs12(pkcs12, password);
  const { cn, issuer, notAfter } = describeCertificate(nodeCrypto, signer?.certificate ?? new Uint8Array());
  return { subject: cn, issuer, notAfter };
}
