/** Values of PKCS#11 v2.40 (appendix B of the base specification and the mechanism specification). */

export const objectClass = { certificate: 1n, privateKey: 3n } as const;

export const attributeType = { class: 0x0, value: 0x11, keyType: 0x100, id: 0x102 } as const;

export const keyType = { rsa: 0n, ec: 3n } as const;

export const mechanismType = { rsaPkcs: 0x1, rsaPkcsPss: 0xd, ecdsa: 0x1041 } as const;

/** Digest and mask generation of RSASSA-PSS. */
export const pssHash = {
  sha256: { hashAlg: 0x250, mgf: 2, sLen: 32 },
  sha384: { hashAlg: 0x260, mgf: 3, sLen: 48 },
  sha512: { hashAlg: 0x270, mgf: 4, sLen: 64 },
} as const;

export const tokenFlag = {
  initialized: 0x400,
  pinCountLow: 0x10000,
  pinFinalTry: 0x20000,
  pinLocked: 0x40000,
} as const;

export const sessionFlagSerial = 0x4;
export const userTypeUser = 1;

/** Return values that decide what is said to the person, or that are no failure at all. */
export const returnValue = {
  ok: 0x0,
  attributeSensitive: 0x11,
  attributeTypeInvalid: 0x12,
  deviceRemoved: 0x32,
  keyHandleInvalid: 0x60,
  objectHandleInvalid: 0x82,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLengthRange: 0xa2,
  pinLocked: 0xa4,
  sessionClosed: 0xb0,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  cryptokiAlreadyInitialized: 0x191,
} as const;
