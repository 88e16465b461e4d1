/** Table of RFC 2268 section 2. */
const table = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

const blockSize = 8;
const rotations = [1, 2, 3, 5] as const;

/** Section 2: the key as 64 words, with no more strength than `effectiveBits`. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const octets = Buffer.alloc(128);
  octets.set(key);
  const at = (index: number): number => octets[index] ?? 0;
  const substitute = (value: number): number => table[value & 0xff] ?? 0;
  for (let i = key.length; i < 128; i++) octets[i] = substitute(at(i - 1) + at(i - key.length));
  const effective = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effective - effectiveBits);
  octets[128 - effective] = substitute(at(128 - effective) & mask);
  for (let i = 127 - effective; i >= 0; i--) octets[i] = substitute(at(i + 1) ^ at(i + effective));
  const words = Uint16Array.from({ length: 64 }, (_, index) => octets.readUInt16LE(2 * index));
  octets.fill(0);
  return words;
}

/** Section 4: one block of four words, in place. */
function decryptBlock(words: Uint16Array, key: Uint16Array): void {
  const word = (index: number): number => words[index & 3] ?? 0;
  let next = 63;
  const mix = (): void => {
    for (let i = 3; i >= 0; i--) {
      const bits = rotations[i] ?? 0;
      const rotated = (word(i) >> bits) | (word(i) << (16 - bits));
      const mixed = (word(i + 3) & word(i + 2)) + (~word(i + 3) & word(i + 1));
      words[i] = rotated - (key[next--] ?? 0) - mixed;
    }
  };
  const mash = (): void => {
    for (let i = 3; i >= 0; i--) words[i] = word(i) - (key[word(i + 3) & 63] ?? 0);
  };
  for (let round = 0; round < 16; round++) {
    if (round === 5 || round === 11) mash();
    mix();
  }
}

/**
 * Decrypts RC2 in CBC mode (RFC 2268); no runtime of ours has this cipher any more. Only old PKCS#12 files need it.
 * The padding is left on. `data` must be whole blocks.
 */
export function decryptRc2(key: Uint8Array, effectiveBits: number, iv: Uint8Array, data: Uint8Array): Buffer {
  const schedule = expandKey(key, effectiveBits);
  const input = Buffer.from(data);
  const output = Buffer.alloc(input.length);
  let previous = Buffer.from(iv);
  for (let at = 0; at + blockSize <= input.length; at += blockSize) {
    const words = Uint16Array.from({ length: 4 }, (_, index) => input.readUInt16LE(at + 2 * index));
    decryptBlock(words, schedule);
    words.forEach((value, index) => {
      output.writeUInt16LE(value ^ previous.readUInt16LE(2 * index), at + 2 * index);
    });
    previous = input.subarray(at, at + blockSize);
  }
  schedule.fill(0);
  return output;
}
