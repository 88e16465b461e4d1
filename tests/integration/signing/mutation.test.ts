import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { checkSignatures } from '../../../shared/signing/index';
import { processorTime } from '../../processor-time';
import {
  derOfPem,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
} from './fixtures';

const rounds = 400;

let dir: string;
let files: readonly Buffer[];
let root: Uint8Array;

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(join(dir, 'pki'));
  root = derOfPem(pki.root);
  const drafts = [
    await makeDraft(join(dir, 'a.pdf')),
    await makeDraft(join(dir, 'b.pdf'), { objectStreams: true }),
  ];
  files = await Promise.all(
    drafts.map(async (draft) => {
      const signers = [signerOf(pki, 'nguyen-thi-thuy-duong'), signerOf(pki, 'ldld-huyen')] as const;
      return readFileSync((await signByTheOrderOfTheLaw(draft, ...signers)).final);
    }),
  );
});

afterAll(() => removeWorkDir(dir));

/** A repeatable sequence of numbers below a bound (a linear congruential generator). */
function sequence(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % bound;
  };
}

function mutate(original: Buffer, next: (bound: number) => number): Buffer {
  const at = next(original.length);
  const kind = next(3);
  if (kind === 0) {
    const copy = Buffer.from(original);
    copy[at] = (copy[at] ?? 0) ^ (1 << next(8));
    return copy;
  }
  if (kind === 1) return Buffer.concat([original.subarray(0, at), original.subarray(at + 1 + next(40))]);
  return Buffer.concat([original.subarray(0, at), Buffer.from([next(256)]), original.subarray(at)]);
}

/**
 * True when only bytes of a CMS in a hole differ: letter case of the digits, version numbers and lists of algorithms in
 * it are covered by no signature, and nothing depends on them.
 */
function differsOnlyInsideCms(original: Buffer, mutated: Buffer): boolean {
  const holes = [...original.toString('latin1').matchAll(/\/Contents <(30[0-9A-F]+)>/g)].map(
    ({ index, 1: digits = '' }) => {
      const start = index + '/Contents <'.length;
      return { start, end: start + 2 * (Number.parseInt(digits.slice(4, 8), 16) + 4) };
    },
  );
  const isInside = (at: number): boolean => holes.some(({ start, end }) => at >= start && at < end);
  return (
    original.length === mutated.length && original.every((byte, at) => byte === mutated[at] || isInside(at))
  );
}

test('no random change leaves a file valid; none breaks the checker or takes long', async () => {
  const next = sequence(30_2020);
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const original = files[round % files.length];
    if (!original) throw new Error('file expected');
    const mutated = mutate(original, next);
    const start = processorTime();
    const { verdict } = await checkSignatures(memorySource(new Uint8Array(mutated)), {
      crypto: nodeCrypto,
      anchors: [root],
      now: signingTime,
    });
    slowest = Math.max(slowest, processorTime() - start);
    if (verdict === 'valid') expect(differsOnlyInsideCms(original, mutated), `round ${round}`).toBe(true);
    expect(verdict, `round ${round}`).not.toBe('unsigned');
  }
  expect(slowest).toBeLessThan(5000);
});
