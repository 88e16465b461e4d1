import { AppError } from '@shared/result/result';
import { type Role, roles } from '@shared/schema/people';
import type { ServerContext } from '../../http/context';
import { makeVerifier, setPin } from '../../identity/pins';
import { need, type Values } from '../command';

/** The roles of `--roles clerk,leader`; INVALID_INPUT for a word that is none. */
export function readRoles(values: Values): Role[] {
  const wanted = need(values, 'roles').split(',');
  const unknown = wanted.find((role) => !roles.includes(role as Role));
  if (unknown !== undefined) throw new AppError('INVALID_INPUT', `--roles ${unknown}`);
  return wanted as Role[];
}

/** Gives a person a PIN. INVALID_INPUT for one that is none. */
export async function givePin(
  context: ServerContext,
  unit: string,
  person: string,
  pin: string,
): Promise<void> {
  await setPin(context.database, unit, await makeVerifier(person, pin, context.randomBytes(16)));
}
