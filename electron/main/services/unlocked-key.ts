import type { SigningSession } from '@shared/signing';
import type { KeyFacts, KeyMaterial } from '../../workers/documents/jobs/sign/key-material';
import type { UnlockedToken } from './token-service';

/** A key that can sign now; `end` wipes its secret or logs out of its token. */
export type UnlockedKey = {
  readonly facts: KeyFacts;
  /** What the worker gets for one job: a copy, which it wipes. */
  readonly material: () => KeyMaterial;
  /** For a key elsewhere: signs what the first half of a signature says. */
  readonly sign?: (pending: SigningSession) => Promise<Uint8Array>;
  readonly end: () => void;
};

/** A key of a PKCS#12 file. The secret is taken over: it is wiped at the end. */
export function unlockedFile(facts: KeyFacts, pkcs12: Uint8Array, secret: Uint8Array): UnlockedKey {
  return {
    facts,
    material: () => ({ kind: 'file', pkcs12, secret: secret.slice() }),
    end: () => void secret.fill(0),
  };
}

/** A key of a USB token that its PIN has opened: the token gets digests, never a document. */
export function unlockedToken(facts: KeyFacts, token: UnlockedToken): UnlockedKey {
  const { certificate, chain } = facts;
  return {
    facts,
    material: () => ({ kind: 'remote', certificate, chain, schemes: token.schemes }),
    sign: ({ digestToSign, hash, scheme }) =>
      token.sign({ digest: new Uint8Array(Buffer.from(digestToSign, 'hex')), hash, scheme }),
    end: () => void token.close(),
  };
}
