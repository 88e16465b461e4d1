import { describe, expect, it } from 'vitest';
import { isBackupDue, isBackupOverdue, isTestDue } from '../../../electron/backup/schedule';

const at = (iso: string): number => Date.parse(`${iso}+07:00`);
const idle = 600;
const busy = 0;

describe('when a backup is made by itself', () => {
  it('at the first idle time of each day', () => {
    const last = at('2026-11-20T12:00:00');
    expect(isBackupDue(last, at('2026-11-20T23:00:00'), idle)).toBe(false);
    expect(isBackupDue(last, at('2026-11-21T00:10:00'), idle)).toBe(true);
    expect(isBackupDue(last, at('2026-11-21T09:00:00'), busy)).toBe(false);
  });

  it('also while somebody works when it was missed for a day and a half, and when there was none yet', () => {
    const last = at('2026-11-20T12:00:00');
    expect(isBackupDue(last, at('2026-11-21T23:59:00'), busy)).toBe(false);
    expect(isBackupDue(last, at('2026-11-22T00:01:00'), busy)).toBe(true);
    expect(isBackupDue(0, at('2026-11-22T00:01:00'), busy)).toBe(true);
  });

  it('a clock that was put back does not stop backups', () => {
    expect(isBackupDue(at('2030-01-01T00:00:00'), at('2026-11-22T00:01:00'), busy)).toBe(true);
    expect(isTestDue(at('2030-01-01T00:00:00'), at('2026-11-22T00:01:00'), idle)).toBe(true);
  });

  it('the restore for trial comes monthly, never while somebody works', () => {
    const last = at('2026-10-20T12:00:00');
    expect(isTestDue(last, at('2026-11-18T12:00:00'), idle)).toBe(false);
    expect(isTestDue(last, at('2026-11-20T12:00:00'), idle)).toBe(true);
    expect(isTestDue(last, at('2026-11-20T12:00:00'), busy)).toBe(false);
  });

  it('three days without a backup are said', () => {
    const last = at('2026-11-18T12:00:00');
    expect(isBackupOverdue(last, at('2026-11-21T11:00:00'))).toBe(false);
    expect(isBackupOverdue(last, at('2026-11-21T13:00:00'))).toBe(true);
  });
});
