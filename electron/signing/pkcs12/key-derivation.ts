import { createHash, pbkdf2Sync } from 'node:crypto';
import { AppError } from '@shared/result/result';

export type DerivationHash = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const sizes: Readonly<Record<DerivationHash, { readonly output: number; readonly block: number }>> = {
  md5: { output: 16, block: 64 },
  sha1: { output: 20, block: 64 },
  sha224: { output: 28, block: 64 },
  sha256: { output: 32, block: 64 },
  sha384: { output: 48, block: 128 },
  sha512: { output: 64, block: 128 },
};

/** Octets that a hash gives. */
export function hashSize(hash: DerivationHash): number {
  return sizes[hash].output;
}

/** What octets are derived for (RFC 7292, appendix B.3). */
export const purpose = { key: 1, iv: 2, mac: 3 } as const;

export type Derivation = {
  readonly hash: DerivationHash;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Octets wanted. */
  readonly length: number;
};

/**
 * The work that one file may cost, about 4 s: a file chooses its iterations itself, and some only serve to block.
 * Usual files cost 10,000 to 2,000,000.
 */
const wholeBudget = 6_000_000;
/** One iteration in JavaScript against one inside PBKDF2. */
const costInJavaScript = 4;

/** Derives keys until the file has cost too much. */
export class KeyDerivation {
  private left = wholeBudget;

  /** PBKDF2 (RFC 8018 section 5.2). Throws P12_DAMAGED when it would cost too much. */
  pbkdf2(password: Uint8Array, { hash, salt, iterations, length }: Derivation): Buffer {
    this.spend(iterations, Math.ceil(length / hashSize(hash)));
    return pbkdf2Sync(password, salt, iterations, length, hash);
  }

  /** The derivation of PKCS#12 (RFC 7292, appendix B.2). Throws P12_DAMAGED when it would cost too much. */
  pkcs12(password: Uint8Array, use: number, { hash, salt, iterations, length }: Derivation): Buffer {
    const { output, block } = sizes[hash];
    const rounds = Math.ceil(length / output);
    this.spend(iterations, rounds * costInJavaScript);
    const diversifier = Buffer.alloc(block, use);
    const input = Buffer.concat([repeatToBlocks(salt, block), repeatToBlocks(password, block)]);
    const derived = Buffer.alloc(rounds * output);
    for (let round = 0; round < rounds; round++) {
      let octets = createHash(hash).update(diversifier).update(input).digest();
      for (let i = 1; i < iterations; i++) octets = createHash(hash).update(octets).digest();
      octets.copy(derived, round * output);
      const addend = Buffer.alloc(block, octets);
      for (let at = 0; at < input.length; at += block) addOneMore(input.subarray(at, at + block), addend);
    }
    input.fill(0);
    return derived.subarray(0, length);
  }

  private spend(iterations: number, cost: number): void {
    if (!Number.isSafeInteger(iterations) || iterations < 1) throw new AppError('P12_DAMAGED', 'iterations');
    this.left -= iterations * cost;
    if (this.left < 0) throw new AppError('P12_DAMAGED', 'iterations');
  }
}

/** The octets again and again until they fill whole blocks. */
function repeatToBlocks(octets: Uint8Array, block: number): Buffer {
  if (octets.length === 0) return Buffer.alloc(0);
  return Buffer.alloc(Math.ceil(octets.length / block) * block, octets);
}

/** value := value + addend + 1 as one large number, the overflow dropped. */
function addOneMore(value: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let i = value.length - 1; i >= 0; i--) {
    carry += (value[i] ?? 0) + (addend[i] ?? 0);
    value[i] = carry & 0xff;
    carry >>= 8;
  }
}
