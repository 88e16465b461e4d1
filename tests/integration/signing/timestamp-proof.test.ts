import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { judgeTimestamp } from '../../../shared/signing/check/best-time';
import { caExtensions, TestAuthority } from './certificate-authority';
import { makeWorkDir, removeWorkDir } from './fixtures';

const day = 864e5;
/** The certificates begin now. */
const start = Math.floor(Date.now() / 1000) * 1000;
const now = start + 20 * day;
const stamping = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping'];
let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  authority.issue('root', '/CN=Gốc thử nghiệm', caExtensions);
  authority.issue('tsa', '/CN=Dấu thời gian', stamping, { issuer: 'root' });
});

afterAll(() => removeWorkDir(authority.dir));

/** Whether a sound timestamp of that time is a proof, judged at a time that is certain. */
function isProof(genTime: number, controlTime: number): boolean {
  const crls = [authority.list('root', { thisUpdate: now - day, nextUpdate: now + day })];
  const context = {
    crypto: nodeCrypto,
    anchors: [authority.certificate('root')],
    evidence: { certificates: [], crls, ocsps: [] },
    now,
  };
  const timestamp = { signer: authority.certificate('tsa'), genTime, certificates: [], problems: [] };
  return judgeTimestamp(context, timestamp, controlTime).isProof;
}

describe('EN 319 102-1, section 5.4: a timestamp proves its time', () => {
  test('when its authority was entitled then, up to the time at which it is judged', () => {
    expect(isProof(start + day, now)).toBe(true);
    expect(isProof(now, now)).toBe(true);
  });

  test.each([
    ['before the certificate of its authority began', start - 400 * day, now],
    ['after the time at which it is judged', start + 5 * day, start + 4 * day],
  ])('not %s', (_when, genTime, controlTime) => {
    expect(isProof(genTime, controlTime)).toBe(false);
  });
});
