import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type CryptoPort, checkSignatures } from '../../../shared/signing/index';
import type { ByteSource } from '../../../shared/signing/ports';
import { signingTime } from './fixtures';

const samples = join(import.meta.dirname, 'samples', 'pyhanko');
const defect = new TypeError('a defect of our own');

/** File and cryptography of which the nth call fails as code with a mistake does; with the number of calls so far. */
function failingAt(
  nth: number,
  file: ByteSource,
): { source: ByteSource; crypto: CryptoPort; calls: () => number } {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls === nth) throw defect;
  };
  const source: ByteSource = {
    size: file.size,
    read: async (offset, length) => {
      count();
      return file.read(offset, length);
    },
  };
  const crypto: CryptoPort = {
    ...nodeCrypto,
    hash: (name) => {
      count();
      return nodeCrypto.hash(name);
    },
    verify: (signature) => {
      count();
      return nodeCrypto.verify(signature);
    },
    inflate: (bytes, limit) => {
      count();
      return nodeCrypto.inflate(bytes, limit);
    },
    supportsHash: (name) => {
      count();
      return nodeCrypto.supportsHash(name);
    },
    supportsKey: (key) => {
      count();
      return nodeCrypto.supportsKey(key);
    },
  };
  return { source, crypto, calls: () => calls };
}

test.each([
  'pades-lta-dss-indirect-arrs-test.pdf',
  'minimal-two-fields-signed-twice.pdf',
  'form-update-no-override-appearance-stream-ap-indirect.pdf',
])(
  '%s: a mistake of the program or a disk that fails is thrown, and never a finding about the file',
  async (name) => {
    const file = memorySource(new Uint8Array(readFileSync(join(samples, name))));
    const check = (nth: number) => {
      const { source, crypto, calls } = failingAt(nth, file);
      const report = checkSignatures(source, { crypto, anchors: [], now: signingTime });
      return { report, calls };
    };
    const whole = check(0);
    await whole.report;
    expect(whole.calls()).toBeGreaterThan(20);
    for (let nth = 1; nth <= whole.calls(); nth++) {
      const { report, calls } = check(nth);
      const outcome = await report.catch((error: unknown) => error);
      // What is remembered of earlier checks may save a call.
      if (calls() >= nth) expect(outcome, `call ${nth}`).toBe(defect);
    }
  },
);
