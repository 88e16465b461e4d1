import { latin1 } from '../bytes';

/** What a PEM block holds, by the words between its dashes (RFC 7468). */
export type PemLabel = 'CERTIFICATE' | 'X509 CRL';

/**
 * The DER of every certificate or revocation list in a file: one as DER, or any number as PEM (RFC 7468). A file
 * without either gives nothing; whether the DER means anything is for its reader to say.
 */
export function derBlocks(file: Uint8Array, label: PemLabel): readonly Uint8Array[] {
  if (file[0] === 0x30) return [file];
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g');
  return [...latin1(file).matchAll(block)].map(([, text = '']) => bytesOfBase64(text));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytesOfBase64(text: string): Uint8Array {
  const symbols = Array.from(text, (character) => alphabet.indexOf(character)).filter((value) => value >= 0);
  const bytes = new Uint8Array(Math.floor((symbols.length * 6) / 8));
  for (let at = 0; at < bytes.length; at++) {
    const first = Math.floor((at * 8) / 6);
    const skipped = at * 8 - first * 6;
    const group =
      ((symbols[first] ?? 0) << 12) | ((symbols[first + 1] ?? 0) << 6) | (symbols[first + 2] ?? 0);
    bytes[at] = (group >> (10 - skipped)) & 0xff;
  }
  return bytes;
}
