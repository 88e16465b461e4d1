import { AppError } from '@shared/result/result';
import { attributeType, objectClass, returnValue, sessionFlagSerial, tokenFlag } from './constants';
import { type Cryptoki, loadCryptoki } from './cryptoki';
import { readUlong, ulongBuffer } from './memory';
import { findObjects, ofClass, readAttribute } from './objects';
import { callFailure } from './return-values';
import { tokenInfo } from './structures';

const maxSlots = 64;
const maxMechanisms = 1024;

/** How many tries the token still gives, as far as it tells. */
export type PinState = 'ok' | 'low' | 'final-try' | 'locked';

/** A token in a slot. */
export type TokenInSlot = {
  readonly slot: bigint;
  readonly label: string;
  readonly manufacturer: string;
  readonly serial: string;
  readonly pinState: PinState;
};

/** A certificate as the token holds it. `id` is CKA_ID, which the private key has too. */
export type TokenCertificate = { readonly id: Buffer; readonly der: Buffer };

/** One PKCS#11 v2.40 library in this process. */
export type Pkcs11Module = {
  readonly cryptoki: Cryptoki;
  /** The tokens that are plugged in and set up. */
  tokens(): TokenInSlot[];
  /** Certificates are public objects: no PIN is needed. */
  certificates(slot: bigint): TokenCertificate[];
  /** CK_MECHANISM_TYPE values that the token offers. */
  mechanisms(slot: bigint): ReadonlySet<number>;
  /** Opens a read-only session and gives its handle; close it with {@link closeSession}. */
  openSession(slot: bigint): bigint;
  /** Ends all sessions and the library's own threads. */
  finalize(): void;
};

/** Loads and starts a library. `native` is the file `koffi.node`. Throws TOKEN_DRIVER_FAILED. */
export function openPkcs11Module(native: string, library: string): Pkcs11Module {
  const cryptoki = loadCryptoki(native, library);
  const started = cryptoki.call('C_Initialize', null);
  if (started !== returnValue.ok && started !== returnValue.cryptokiAlreadyInitialized)
    throw new AppError('TOKEN_DRIVER_FAILED', callFailure('C_Initialize', started).detail);
  const openSession = (slot: bigint): bigint => {
    const handle = ulongBuffer(cryptoki.layout);
    cryptoki.expect('C_OpenSession', slot, sessionFlagSerial, null, null, handle);
    return readUlong(cryptoki.layout, handle);
  };
  return {
    cryptoki,
    tokens: () => tokens(cryptoki),
    certificates: (slot) => {
      const session = openSession(slot);
      try {
        return certificates(cryptoki, session);
      } finally {
        closeSession(cryptoki, session);
      }
    },
    mechanisms: (slot) =>
      new Set(list(cryptoki, 'C_GetMechanismList', [slot], maxMechanisms).map((type) => Number(type))),
    openSession,
    finalize: () => void cryptoki.call('C_Finalize', null),
  };
}

/** Closing is the last thing: a token that is gone has closed the session itself. */
export function closeSession(cryptoki: Cryptoki, session: bigint): void {
  cryptoki.call('C_CloseSession', session);
}

/** The PIN state of the token in a slot, read anew. Throws TOKEN_NOT_PRESENT and others. */
export function readToken(cryptoki: Cryptoki, slot: bigint): TokenInSlot & { readonly flags: number } {
  const { size, offset } = tokenInfo(cryptoki.layout);
  const info = Buffer.alloc(size);
  cryptoki.expect('C_GetTokenInfo', slot, info);
  const text = (start: number, length: number): string =>
    // Padded with blanks by the standard, with NUL by some drivers.
    new TextDecoder().decode(info.subarray(start, start + length)).replace(/[\0 ]+$/, '');
  const flags = Number(readUlong(cryptoki.layout, info, offset.flags) & 0xffffffffn);
  return {
    slot,
    label: text(offset.label, 32),
    manufacturer: text(offset.manufacturerID, 32),
    serial: text(offset.serialNumber, 16),
    pinState: pinStateOf(flags),
    flags,
  };
}

function pinStateOf(flags: number): PinState {
  if (flags & tokenFlag.pinLocked) return 'locked';
  if (flags & tokenFlag.pinFinalTry) return 'final-try';
  return flags & tokenFlag.pinCountLow ? 'low' : 'ok';
}

function tokens(cryptoki: Cryptoki): TokenInSlot[] {
  const withToken = 1;
  return list(cryptoki, 'C_GetSlotList', [withToken], maxSlots)
    .map((slot) => readToken(cryptoki, slot))
    .filter(({ flags }) => (flags & tokenFlag.initialized) !== 0)
    .map(({ flags: _flags, ...token }) => token);
}

function certificates(cryptoki: Cryptoki, session: bigint): TokenCertificate[] {
  return findObjects(cryptoki, session, [ofClass(cryptoki, objectClass.certificate)]).map((object) => ({
    id: readAttribute(cryptoki, session, object, attributeType.id),
    der: readAttribute(cryptoki, session, object, attributeType.value),
  }));
}

/** A list of CK_ULONG that is asked for twice: for its length, and with room for it. */
function list(
  cryptoki: Cryptoki,
  name: 'C_GetSlotList' | 'C_GetMechanismList',
  first: readonly (number | bigint)[],
  most: number,
): bigint[] {
  const { layout } = cryptoki;
  const count = ulongBuffer(layout);
  cryptoki.expect(name, ...first, null, count);
  // Between the two calls a token may be plugged in.
  const room = Math.min(most, Number(readUlong(layout, count)) + 4);
  const values = Buffer.alloc(room * layout.ulong);
  const filled = ulongBuffer(layout, room);
  cryptoki.expect(name, ...first, values, filled);
  const length = Math.min(room, Number(readUlong(layout, filled)));
  return Array.from({ length }, (_, index) => readUlong(layout, values, index * layout.ulong));
}
