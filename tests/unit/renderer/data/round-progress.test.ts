import { describe, expect, it } from 'vitest';
import { isClockOff } from '../../../../renderer/src/data/clock-fault';
import { roundProgress } from '../../../../renderer/src/data/round-progress';

const round = (received: number, toReceive: number, sent: number, waiting: number, busy = true) =>
  roundProgress({ busy, waiting, progress: { received, toReceive, sent } });

describe('progress of a round is told with counts', () => {
  it('a first pull: what came, of what there is', () => {
    expect(round(12_300, 87_700, 0, 0)).toEqual({ doing: 'receiving', done: 12_300, total: 100_000 });
  });

  it('a long push: what was sent, of all that waited', () => {
    expect(round(0, 0, 400, 9_600)).toEqual({ doing: 'sending', done: 400, total: 10_000 });
  });

  it('a round of a page or less, and one that has ended, has no figure', () => {
    expect(round(300, 100, 0, 0)).toBe(null);
    expect(round(0, 0, 20, 80)).toBe(null);
    expect(round(12_300, 87_700, 0, 0, false)).toBe(null);
    expect(round(100_000, 0, 0, 0)).toBe(null);
  });
});

describe('the clock is told to be wrong beyond five minutes from the server', () => {
  it('ahead or behind', () => {
    const minutes = (count: number) => isClockOff(count * 60_000);
    expect([minutes(5), minutes(-5), minutes(5.1), minutes(-5.1)]).toEqual([false, false, true, true]);
  });
});
