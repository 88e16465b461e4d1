import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Answer } from './token-app/main';
import { keys, opensslVerdicts, runTokenProgram, tokenLabel } from './token-program';

const helper = path.resolve(import.meta.dirname, '../../out/workers/tokens.js');
let work: string;
let answer: Answer;

test.beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'cong-van-token-'));
  answer = await runTokenProgram(work, helper);
});
test.afterAll(() => rmSync(work, { recursive: true, force: true }));

test('a token is listed without its PIN, and signs what OpenSSL accepts', () => {
  expect(answer.listed.map(({ keyId }) => keyId).sort()).toEqual(['a1', 'b2']);
  expect(new Set(answer.listed.map((found) => found.tokenLabel))).toEqual(new Set([tokenLabel]));
  expect(opensslVerdicts(work, answer)).toEqual(keys.map(() => 'Verified OK'));
  expect(answer.wrongPin).toBe('TOKEN_PIN_WRONG');
});

test('drivers that hang and crash, and kill -9 of the helper, harm neither the service nor the window', () => {
  expect(answer).toMatchObject({
    hangingInList: 'TIMEOUT',
    hangingInSign: 'TIMEOUT',
    crashingInSign: 'WORKER_CRASHED',
    killed: 'WORKER_CRASHED',
    usableAfterwards: [true, true, true, true],
    window: 42,
  });
});

test('every helper that was started has ended', () => {
  expect(answer.helpersStarted).toBeGreaterThan(10);
  expect(answer.helpersLeft).toBe(0);
});
