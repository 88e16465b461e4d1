import { AppError } from '@shared/result/result';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../server/log';

describe('what is logged of a failure', () => {
  it('is where it happened, and never the value that a database quotes', () => {
    const failure = Object.assign(new Error('invalid input syntax for type json: "DauHieuNoiDung"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'Key (subject)=(DauHieuNoiDung) exists.',
    });
    const described = describeError(failure);
    expect(JSON.stringify(described)).not.toContain('DauHieu');
    expect(described).toMatchObject({ type: 'Error', message: 'SQLSTATE 22P02', code: '22P02' });
    expect(described.stack).toMatch(/^ {4}at .*log\.test\.ts/);
  });

  it('keeps the message of our own errors and of the system', () => {
    expect(describeError(new AppError('NOT_FOUND', 'unit'))).toMatchObject({ message: 'NOT_FOUND: unit' });
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(describeError(full)).toMatchObject({ code: 'ENOSPC', message: full.message });
  });

  it('says of what is no error only that it was none', () => {
    expect(describeError('DauHieuNoiDung')).toEqual({ type: 'string', message: '', stack: '' });
  });
});
