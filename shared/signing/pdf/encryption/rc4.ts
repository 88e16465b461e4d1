/**
 * The RC4 stream cipher, which encrypts and decrypts alike. Kept here because current OpenSSL offers it no more, while
 * PDFs of Acrobat 3 to 6 (ISO 32000-1, 7.6) still need it to be read.
 */
export function rc4(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number): void => {
    [state[a], state[b]] = [state[b]!, state[a]!];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 0xff;
    swap(i, j);
  }
  const out = new Uint8Array(bytes.length);
  for (let at = 0, i = 0, j = 0; at < bytes.length; at++) {
    i = (i + 1) & 0xff;
    const a = state[i]!;
    j = (j + a) & 0xff;
    const b = state[j]!;
    state[i] = b;
    state[j] = a;
    out[at] = bytes[at]! ^ state[(a + b) & 0xff]!;
  }
  return out;
}
