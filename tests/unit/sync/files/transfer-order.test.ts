import { inOrderOfNeed, type Moment, type Waiting } from '@shared/sync/files/transfer-order';
import { describe, expect, it } from 'vitest';

const day = 24 * 3_600_000;
const now = Date.parse('2026-03-02T09:00:00+07:00');
const moment: Moment = { today: '2026-03-02', tomorrow: '2026-03-03', now, opened: new Set(['opened']) };

function waiting(sha256: string, more: Partial<Omit<Waiting, 'file'>> & { size?: number } = {}): Waiting {
  const { size = 1000, direction = 'down', meetingDays = [], madeAt = now } = more;
  const file = { sha256, size, name: 'a.pdf', mime: 'application/pdf', kind: 'pdf', pages: 1 } as const;
  return { file, direction, meetingDays, madeAt };
}
const order = (...files: readonly Waiting[]): string =>
  inOrderOfNeed(files, moment)
    .map(({ file }) => file.sha256)
    .join(' ');

describe('D07: files move in the order in which they are needed', () => {
  it('papers of a meeting today or tomorrow, then what is opened, then what is to be sent, then the newest', () => {
    const files = [
      waiting('last-year', { madeAt: now - 400 * day }),
      waiting('new'),
      waiting('last-month', { madeAt: now - 20 * day }),
      waiting('to-send', { direction: 'up', madeAt: now - 900 * day }),
      waiting('opened', { madeAt: now - 900 * day, size: 200e6 }),
      waiting('tomorrow', { meetingDays: ['2026-01-05', '2026-03-03'], madeAt: now - 30 * day, size: 900 }),
      waiting('today', { meetingDays: ['2026-03-02'], size: 5000 }),
    ];
    const expected = 'tomorrow today opened to-send new last-month last-year';
    expect(order(...files)).toBe(expected);
    expect(order(...files.toReversed())).toBe(expected);
  });

  it('a meeting of yesterday, or of the day after tomorrow, brings nothing forward', () => {
    expect(
      order(
        waiting('past', { meetingDays: ['2026-03-01'], size: 2 }),
        waiting('later', { meetingDays: ['2026-03-04'], size: 3 }),
        waiting('new', { size: 1 }),
      ),
    ).toBe('new past later');
  });

  it('what is to be sent goes before what is to be fetched, however big it is', () => {
    expect(order(waiting('down', { size: 1 }), waiting('up', { size: 100e6, direction: 'up' }))).toBe(
      'up down',
    );
  });

  it('small before big within the same need, and the newest of the same size', () => {
    expect(
      order(
        waiting('big', { size: 9 }),
        waiting('older', { size: 2, madeAt: now - 1000 }),
        waiting('newer', { size: 2 }),
      ),
    ).toBe('newer older big');
  });
});
