import type { Signer, SigningRequest } from '@shared/signing';
import { chainOf } from './node-signer';

/** A key on a token that its PIN has opened. */
export type OpenTokenKey = Pick<Signer, 'certificate' | 'schemes'> & {
  readonly others: readonly Uint8Array[];
  sign(request: Pick<SigningRequest, 'digest' | 'hash' | 'scheme'>): Promise<Uint8Array>;
};

/** A signer over a token: the document stays here, the token gets the digest only. */
export function tokenSigner(key: OpenTokenKey): Signer {
  return {
    certificate: key.certificate,
    chain: chainOf(key.certificate, key.others),
    schemes: key.schemes,
    sign: ({ digest, hash, scheme }) => key.sign({ digest, hash, scheme }),
  };
}
