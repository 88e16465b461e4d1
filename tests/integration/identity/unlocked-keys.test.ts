import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { namesDiffer } from '../../../electron/main/services/name-difference';
import type { UnlockedKey } from '../../../electron/main/services/unlocked-key';
import { idleLimitMs, UnlockedKeys } from '../../../electron/main/services/unlocked-keys';
import { refuseSlowClock } from '../../../electron/signing/clock-check';

const ended: string[] = [];
function key(name: string): UnlockedKey {
  const facts = {
    subject: name,
    issuer: '',
    serial: '',
    notBefore: 0,
    notAfter: 0,
    certificate: new Uint8Array(),
    chain: [],
  };
  const material = () =>
    ({ kind: 'remote', certificate: facts.certificate, chain: [], schemes: [] }) as const;
  return { facts, material, end: () => void ended.push(name) };
}
const purpose = { person: 'ct', owner: 'person', files: ['a', 'b'] } as const;

beforeEach(() => {
  ended.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('một PIN chỉ ký những tệp đã liệt kê', () => {
  test('opens only for its person, its owner and the listed files', () => {
    const keys = new UnlockedKeys();
    const session = keys.keep(key('k'), purpose);
    expect(keys.keyFor(session, 'ct', 'person', 'a').facts.subject).toBe('k');
    for (const [person, owner, file] of [
      ['pct', 'person', 'a'],
      ['ct', 'organ', 'a'],
      ['ct', 'person', 'c'],
    ] as const)
      expect(() => keys.keyFor(session, person, owner, file)).toThrow('SIGNING_SESSION_ENDED');
    expect(() => keys.keyFor('another', 'ct', 'person', 'a')).toThrow('SIGNING_SESSION_ENDED');
  });

  test('signs each file as often as it is listed, and ends with the last', () => {
    const keys = new UnlockedKeys();
    const session = keys.keep(key('k'), { ...purpose, files: ['a', 'b', 'a'] });
    keys.done(session, 'a');
    keys.keyFor(session, 'ct', 'person', 'a');
    keys.done(session, 'a');
    expect(() => keys.keyFor(session, 'ct', 'person', 'a')).toThrow('SIGNING_SESSION_ENDED');
    expect(ended).toEqual([]);
    keys.done(session, 'b');
    expect(ended).toEqual(['k']);
  });
});

describe('PIN không mở mãi', () => {
  test('ends after ten idle minutes; every signature begins them anew', () => {
    const keys = new UnlockedKeys();
    const session = keys.keep(key('k'), purpose);
    vi.advanceTimersByTime(idleLimitMs - 1);
    keys.keyFor(session, 'ct', 'person', 'a');
    vi.advanceTimersByTime(idleLimitMs - 1);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['k']);
    expect(() => keys.keyFor(session, 'ct', 'person', 'a')).toThrow('SIGNING_SESSION_ENDED');
  });
  test('ends when asked to, and all at sign-out; each secret is wiped once', () => {
    const keys = new UnlockedKeys();
    const first = keys.keep(key('một'), purpose);
    keys.keep(key('hai'), purpose);
    keys.end(first);
    keys.endAll();
    keys.endAll();
    expect(ended).toEqual(['một', 'hai']);
  });
});

describe('kiểm tra đồng hồ trước khi ký', () => {
  const now = Date.parse('2026-11-21T09:00:00+07:00');
  const minutes = 60_000;
  test.each([
    ['nothing known', [null, null], false],
    ['a signature of this minute', [now, null], false],
    ['clocks that differ by minutes', [now + 4 * minutes, null], false],
    ['a signature of an hour ahead', [now + 60 * minutes, null], true],
    ['a server an hour ahead', [null, now + 60 * minutes], true],
  ])('%s', (_name, passed, refused) => {
    const check = () => refuseSlowClock(now, passed);
    if (refused) expect(check).toThrow('CLOCK_BEHIND');
    else expect(check).not.toThrow();
  });
});

test.each([
  ['Phạm Quốc Tuấn', 'Phạm Quốc Tuấn', false],
  ['PHẠM  QUỐC TUẤN'.normalize('NFD'), 'Phạm Quốc Tuấn', false],
  ['Phạm Quốc Tuấn (LĐLĐ huyện)', 'Phạm Quốc Tuấn', false],
  ['Đỗ Thị Mai', 'Do Thi Mai', false],
  ['Đỗ Thị Mai', 'Phạm Quốc Tuấn', true],
  ['Đỗ Thị Mai', '', false],
])('tên trên chứng thư %s, người ký %s', (certificate, signer, differ) => {
  expect(namesDiffer(certificate, signer)).toBe(differ);
});
