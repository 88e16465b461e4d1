import { nodeCrypto } from '@shared/node/crypto-port';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { SignatureLevel } from '@shared/schema/signature-state';
import {
  beginSigning,
  completeSigning,
  newestSigningTime,
  type SignatureScheme,
  type SigningHash,
  type SigningSession,
  type SignOptions,
  signPdf,
  type TimestampClient,
} from '@shared/signing';
import { refuseSlowClock } from '../../../../signing/clock-check';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { transform, withSource } from '../../transform';
import { type KeyMaterial, signerOf } from './key-material';
import { timestampsFrom } from './timestamps';

/** What every signature is made with. */
export type SigningWith = {
  readonly key: KeyMaterial;
  readonly hash: SigningHash;
  /** RSASSA-PSS where the key can do it. */
  readonly pss: boolean;
  /** Address of the timestamp authority, or ''. */
  readonly tsa: string;
  /** Milliseconds since 1970. */
  readonly time: number;
};

export type SignedStep = {
  readonly level: SignatureLevel;
  /** Why there is no timestamp although an authority is set, or ''. */
  readonly timestampProblem: ErrorCode | '';
  /** The key is elsewhere: `target` holds the prepared file, and this says what is to be signed. */
  readonly pending: SigningSession | null;
};

/** One signature from one encrypted file to a new one. Errors: those of `signPdf` and `beginSigning`, P12_*, CLOCK_BEHIND. */
export async function signStep(
  from: EncryptedFileRef,
  to: EncryptedTarget,
  { key, tsa, pss, ...making }: SigningWith,
  placing: Omit<SignOptions, 'crypto' | 'signer' | 'hash' | 'time' | 'scheme' | 'timestamp'>,
): Promise<SignedStep> {
  const newest = await withSource(from, (source) => newestSigningTime(source, nodeCrypto));
  refuseSlowClock(making.time, [newest]);
  const options = { crypto: nodeCrypto, hash: making.hash, time: making.time, ...placing };
  if (key.kind === 'remote') {
    const { certificate, chain } = key;
    const scheme = schemeOf(key.schemes, pss);
    const pending = await transform(from, to, (source, sink) =>
      beginSigning(source, sink, { ...options, certificate, chain, scheme }),
    );
    return { level: 'B-B', timestampProblem: '', pending };
  }
  const signer = signerOf(key);
  const scheme = schemeOf(signer.schemes, pss);
  return withTimestamp(tsa, async (timestamp) => {
    await transform(from, to, (source, sink) =>
      signPdf(source, sink, { ...options, signer, scheme, ...(timestamp ? { timestamp } : {}) }),
    );
  });
}

export type CompleteSigningInput = {
  /** The file that `beginSigning` prepared. */
  readonly file: EncryptedFileRef;
  readonly target: EncryptedTarget;
  readonly session: SigningSession;
  readonly signature: Uint8Array;
  readonly tsa: string;
};

/** Puts the signature of a key elsewhere into the prepared file. Errors: those of `completeSigning`. */
export function completeSignature(input: CompleteSigningInput): Promise<SignedStep> {
  const { file, target, session, signature, tsa } = input;
  return withTimestamp(tsa, async (timestamp) => {
    const answer = { signature, ...(timestamp ? { timestamp } : {}) };
    await transform(file, target, (source, sink) =>
      completeSigning(source, sink, session, answer, nodeCrypto),
    );
  });
}

/** Signing never waits for the network: without an answer of the authority in time the signature is made as B-B. */
async function withTimestamp(
  tsa: string,
  sign: (timestamp: TimestampClient | null) => Promise<void>,
): Promise<SignedStep> {
  let timestampProblem: ErrorCode | '' = '';
  if (tsa !== '') {
    try {
      await sign(timestampsFrom(tsa));
      return { level: 'B-T', timestampProblem, pending: null };
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('TSA_')) throw error;
      timestampProblem = error.code;
    }
  }
  await sign(null);
  return { level: 'B-B', timestampProblem, pending: null };
}

/** The first scheme of a key is the one it does best; PSS is taken where it is asked for and possible. */
function schemeOf(schemes: readonly SignatureScheme[], pss: boolean): SignatureScheme {
  const [first] = schemes;
  if (first === undefined) throw new AppError('TOKEN_REFUSED', 'no scheme');
  return pss && schemes.includes('rsa-pss') ? 'rsa-pss' : first;
}
