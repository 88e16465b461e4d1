import { expect, it } from 'vitest';
import { answer } from '../../../electron/main/ipc/answer';
import { AppError } from '../../../shared/result/result';

const logged: string[] = [];
const log = { failure: (event: string) => void logged.push(event) };
const enrolment = { server: 'http://127.0.0.1:1', code: 'ABCD', name: 'Máy 1' };
const info = { version: '1', electron: '2', chrome: '3', node: '4' };

it('input that does not fit the contract never reaches the service', async () => {
  let ran = false;
  const result = await answer(
    'device:enrol',
    { ...enrolment, code: 7 },
    () => {
      ran = true;
      throw new AppError('INTERNAL');
    },
    log,
  );
  expect(result).toEqual({ ok: false, error: { code: 'INVALID_INPUT', detail: 'code' } });
  expect(ran).toBe(false);
});

it('an expected failure crosses with its code', async () => {
  const result = await answer(
    'device:enrol',
    enrolment,
    () => {
      throw new AppError('ENROL_CODE_INVALID');
    },
    log,
  );
  expect(result).toEqual({ ok: false, error: { code: 'ENROL_CODE_INVALID' } });
});

it('a defect is logged and crosses as INTERNAL without its text', async () => {
  logged.length = 0;
  const result = await answer(
    'app:info',
    undefined,
    () => {
      throw new Error('/home/somebody/secret');
    },
    log,
  );
  expect(result).toEqual({ ok: false, error: { code: 'INTERNAL' } });
  expect(logged).toEqual(['app:info']);
});

it('output that does not fit the contract is a defect, and surplus fields do not cross', async () => {
  const wrong = await answer('app:info', undefined, () => ({ ...info, node: 4 as unknown as string }), log);
  expect(wrong).toEqual({ ok: false, error: { code: 'INTERNAL' } });
  const surplus = await answer('app:info', undefined, () => ({ ...info, token: 'secret' }), log);
  expect(surplus).toEqual({ ok: true, value: info });
});
