import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { returnValue as ckr } from './constants';
import type { FunctionName } from './structures';

const codes: ReadonlyMap<number, ErrorCode> = new Map([
  [ckr.pinIncorrect, 'TOKEN_PIN_WRONG'],
  [ckr.pinInvalid, 'TOKEN_PIN_WRONG'],
  [ckr.pinLengthRange, 'TOKEN_PIN_WRONG'],
  [ckr.pinLocked, 'TOKEN_PIN_LOCKED'],
  [ckr.tokenNotPresent, 'TOKEN_NOT_PRESENT'],
  [ckr.deviceRemoved, 'TOKEN_REMOVED'],
  // A session and its objects go with the token; nobody else ends them here.
  [ckr.sessionClosed, 'TOKEN_REMOVED'],
  [ckr.sessionHandleInvalid, 'TOKEN_REMOVED'],
  [ckr.keyHandleInvalid, 'TOKEN_REMOVED'],
  [ckr.objectHandleInvalid, 'TOKEN_REMOVED'],
]);

/** The failure of a call; its detail names function and CK_RV for whoever looks after the machine. */
export function callFailure(name: FunctionName, value: number): AppError {
  return new AppError(codes.get(value) ?? 'TOKEN_REFUSED', `${name} 0x${value.toString(16)}`);
}
