import { freeable, type Holding, keepSentMs, mayBeFreed } from '@shared/sync/files/free-up';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const now = Date.parse('2026-03-02T09:00:00+07:00');
const proof = { epoch: 'e2', at: now, sentFromHere: false };
const held: Holding = { sha256: 'a', size: 10, kept: false, proof };

describe('D08: giải phóng dung lượng never removes the only copy', () => {
  it('what the server said it has in this epoch may go', () => {
    expect(mayBeFreed(held, 'e2', now)).toBe(true);
  });

  it('what is kept on this machine stays', () => {
    expect(mayBeFreed({ ...held, kept: true }, 'e2', now)).toBe(false);
  });

  it('what the server never said it has, or said before it was restored, stays', () => {
    expect(mayBeFreed({ ...held, proof: undefined }, 'e2', now)).toBe(false);
    expect(mayBeFreed({ ...held, proof: { ...proof, epoch: 'e1' } }, 'e2', now)).toBe(false);
    expect(mayBeFreed({ ...held, proof: { ...proof, epoch: '' } }, '', now)).toBe(false);
  });

  it('what was sent from here stays for 35 days: a server restored from its backup must get it again', () => {
    const sent = { ...held, proof: { ...proof, sentFromHere: true } };
    expect(mayBeFreed(sent, 'e2', now + keepSentMs - 1)).toBe(false);
    expect(mayBeFreed(sent, 'e2', now + keepSentMs)).toBe(true);
  });

  const holding = fc.record({
    sha256: fc.string(),
    size: fc.nat(),
    kept: fc.boolean(),
    proof: fc.option(
      fc.record({
        epoch: fc.constantFrom('', 'e1', 'e2'),
        at: fc.integer({ min: now - 2 * keepSentMs, max: now + keepSentMs }),
        sentFromHere: fc.boolean(),
      }),
      { nil: undefined },
    ),
  });

  it('of any files, only those go that are not kept and that the server proved to have in this epoch', () => {
    fc.assert(
      fc.property(fc.array(holding), fc.constantFrom('', 'e1', 'e2'), (holdings, epoch) => {
        const { files, bytes } = freeable(holdings, epoch, now);
        for (const { kept, proof: proved } of files) {
          expect(kept).toBe(false);
          expect(epoch).not.toBe('');
          expect(proved?.epoch).toBe(epoch);
          if (proved?.sentFromHere === true) expect(now - proved.at).toBeGreaterThanOrEqual(keepSentMs);
        }
        expect(bytes).toBe(files.reduce((sum, { size }) => sum + size, 0));
      }),
    );
  });
});
