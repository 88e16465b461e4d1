/** One way in which a typed password may have been turned into octets when the file was made. */
export type PasswordOctets = {
  /** For PBES2 (RFC 8018): UTF-8. */
  readonly utf8: Buffer;
  /** For the derivation of PKCS#12 (RFC 7292, appendix B.1): UTF-16 with the higher octet first, and two zeros. */
  readonly bmp: Buffer;
};

/**
 * The forms to try, in order. Vietnamese letters may reach us composed or decomposed, whichever the file was made with;
 * no password is an empty text for some makers and no text at all for others.
 */
export function passwordForms(password: string): readonly PasswordOctets[] {
  const forms = [...new Set([password, password.normalize('NFC'), password.normalize('NFD')])].map(
    (form) => ({
      utf8: Buffer.from(form, 'utf8'),
      bmp: Buffer.from(`${form}\0`, 'utf16le').swap16(),
    }),
  );
  return password === '' ? [...forms, { utf8: Buffer.alloc(0), bmp: Buffer.alloc(0) }] : forms;
}

/** Overwrites the octets. */
export function wipePassword({ utf8, bmp }: PasswordOctets): void {
  utf8.fill(0);
  bmp.fill(0);
}
