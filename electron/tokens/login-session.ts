import { AppError } from '@shared/result/result';
import { digestInfo, ecdsaSignatureValue, type SignatureScheme, type SigningHash } from '@shared/signing';
import {
  attributeType,
  keyType,
  mechanismType,
  objectClass,
  pssHash,
  returnValue,
  userTypeUser,
} from './constants';
import type { Cryptoki } from './cryptoki';
import { readUlong, ulongBuffer, writePointer, writeUlong } from './memory';
import { findObjects, ofClass, readAttribute } from './objects';
import { closeSession, type Pkcs11Module, readToken, type TokenInSlot } from './pkcs11-module';
import { callFailure } from './return-values';
import { mechanism, pssParameters } from './structures';

/** Enough for RSA keys of 8192 bits. */
const maxSignature = 1024;

/** A private key that the token lets us use until the session is closed. */
export type LoginSession = {
  /** What key and token can do together; never empty. */
  readonly schemes: readonly SignatureScheme[];
  /**
   * Signs a digest. RSA signatures come raw, ECDSA signatures as DER `Ecdsa-Sig-Value`.
   * Throws TOKEN_REMOVED, TOKEN_REFUSED.
   */
  sign(digest: Uint8Array, hash: SigningHash, scheme: SignatureScheme): Uint8Array;
  /** Logs out and closes; never throws. */
  close(): void;
};

/**
 * Logs in with the PIN (UTF-8; zeroed before this returns) and finds the private key with this CKA_ID.
 * Throws TOKEN_PIN_WRONG (its detail says how many tries are left: low, final-try), TOKEN_PIN_LOCKED, TOKEN_NO_KEY,
 * TOKEN_REMOVED, TOKEN_REFUSED.
 */
export function logIn(
  module: Pkcs11Module,
  token: TokenInSlot,
  keyId: Uint8Array,
  pin: Uint8Array,
): LoginSession {
  const { cryptoki } = module;
  const session = module.openSession(token.slot);
  const close = (): void => {
    cryptoki.call('C_Logout', session);
    closeSession(cryptoki, session);
  };
  try {
    enterPin(cryptoki, session, token.slot, pin);
    const key = findKey(cryptoki, session, keyId);
    const schemes = schemesOf(cryptoki, session, key, module.mechanisms(token.slot));
    return {
      schemes,
      sign: (digest, hash, scheme) => {
        if (!schemes.includes(scheme)) throw new AppError('TOKEN_REFUSED', scheme);
        return signDigest(cryptoki, { session, key, token }, digest, hash, scheme);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function enterPin(cryptoki: Cryptoki, session: bigint, slot: bigint, pin: Uint8Array): void {
  const octets = Buffer.from(pin);
  pin.fill(0);
  try {
    const value = cryptoki.call('C_Login', session, userTypeUser, octets, octets.length);
    if (value === returnValue.ok) return;
    const failure = callFailure('C_Login', value);
    if (failure.code !== 'TOKEN_PIN_WRONG') throw failure;
    const { pinState } = readToken(cryptoki, slot);
    throw pinState === 'locked'
      ? new AppError('TOKEN_PIN_LOCKED')
      : new AppError('TOKEN_PIN_WRONG', pinState);
  } finally {
    octets.fill(0);
  }
}

function findKey(cryptoki: Cryptoki, session: bigint, keyId: Uint8Array): bigint {
  const [key] = findObjects(cryptoki, session, [
    ofClass(cryptoki, objectClass.privateKey),
    { type: attributeType.id, value: Buffer.from(keyId) },
  ]);
  if (key === undefined) throw new AppError('TOKEN_NO_KEY');
  return key;
}

function schemesOf(
  cryptoki: Cryptoki,
  session: bigint,
  key: bigint,
  offered: ReadonlySet<number>,
): SignatureScheme[] {
  const value = readAttribute(cryptoki, session, key, attributeType.keyType);
  const type = value.length === cryptoki.layout.ulong ? readUlong(cryptoki.layout, value) : null;
  const candidates: readonly (readonly [SignatureScheme, bigint, number])[] = [
    ['rsa-pkcs1', keyType.rsa, mechanismType.rsaPkcs],
    ['rsa-pss', keyType.rsa, mechanismType.rsaPkcsPss],
    ['ecdsa', keyType.ec, mechanismType.ecdsa],
  ];
  const schemes = candidates.flatMap(([scheme, ofKey, needed]) =>
    type === ofKey && offered.has(needed) ? [scheme] : [],
  );
  if (schemes.length === 0) throw new AppError('TOKEN_REFUSED', 'mechanisms');
  return schemes;
}

type Use = { readonly session: bigint; readonly key: bigint; readonly token: TokenInSlot };

function signDigest(
  cryptoki: Cryptoki,
  use: Use,
  digest: Uint8Array,
  hash: SigningHash,
  scheme: SignatureScheme,
): Uint8Array {
  const { layout } = cryptoki;
  const data = Buffer.from(scheme === 'rsa-pkcs1' ? digestInfo(hash, digest) : digest);
  const started = cryptoki.call('C_SignInit', use.session, mechanismFor(cryptoki, hash, scheme), use.key);
  if (started !== returnValue.ok) throw signFailure(cryptoki, use, callFailure('C_SignInit', started));
  const signature = Buffer.alloc(maxSignature);
  const length = ulongBuffer(layout, maxSignature);
  const signed = cryptoki.call('C_Sign', use.session, data, data.length, signature, length);
  if (signed !== returnValue.ok) throw signFailure(cryptoki, use, callFailure('C_Sign', signed));
  const raw = new Uint8Array(
    signature.subarray(0, Math.min(maxSignature, Number(readUlong(layout, length)))),
  );
  return scheme === 'ecdsa' ? ecdsaSignatureValue(raw) : raw;
}

/** Drivers report a token that was pulled out by all sorts of values; whether it is still there says more. */
function signFailure(cryptoki: Cryptoki, { token }: Use, failure: AppError): AppError {
  try {
    const { serial } = readToken(cryptoki, token.slot);
    return serial === token.serial ? failure : new AppError('TOKEN_REMOVED', failure.detail);
  } catch (error) {
    if (error instanceof AppError) return new AppError('TOKEN_REMOVED', failure.detail);
    throw error;
  }
}

const mechanismOf = {
  'rsa-pkcs1': mechanismType.rsaPkcs,
  'rsa-pss': mechanismType.rsaPkcsPss,
  ecdsa: mechanismType.ecdsa,
} as const satisfies Record<SignatureScheme, number>;

/** CK_MECHANISM with its parameters behind it in one block: what it points to lives as long as itself. */
function mechanismFor(cryptoki: Cryptoki, hash: SigningHash, scheme: SignatureScheme): Buffer {
  const { layout } = cryptoki;
  const { size, offset } = mechanism(layout);
  const parameters = scheme === 'rsa-pss' ? pssParametersFor(cryptoki, hash) : Buffer.alloc(0);
  const block = Buffer.concat([Buffer.alloc(size), parameters]);
  writeUlong(layout, block, offset.mechanism, mechanismOf[scheme]);
  if (parameters.length === 0) return block;
  writePointer(layout, block, offset.pParameter, cryptoki.addressOf(block) + BigInt(size));
  writeUlong(layout, block, offset.ulParameterLen, parameters.length);
  return block;
}

function pssParametersFor({ layout }: Cryptoki, hash: SigningHash): Buffer {
  const { size, offset } = pssParameters(layout);
  const { hashAlg, mgf, sLen } = pssHash[hash];
  const buffer = Buffer.alloc(size);
  writeUlong(layout, buffer, offset.hashAlg, hashAlg);
  writeUlong(layout, buffer, offset.mgf, mgf);
  writeUlong(layout, buffer, offset.sLen, sLen);
  return buffer;
}
