import { enCommon } from './en-common';
import { enIncoming } from './en-incoming';
import { enIntake } from './en-intake';
import { enReader } from './en-reader';
import { enSignIn } from './en-sign-in';
import { enToday } from './en-today';
import type { Texts } from './text-types';
import type { vi } from './vi';

/** The English catalogue: same keys and parameters as the Vietnamese one. */
export const en: Texts<typeof vi> = {
  common: enCommon,
  incoming: enIncoming,
  intake: enIntake,
  reader: enReader,
  signIn: enSignIn,
  today: enToday,
};
