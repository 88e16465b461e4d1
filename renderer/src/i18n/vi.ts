import { viCommon } from './vi-common';
import { viIncoming } from './vi-incoming';
import { viIntake } from './vi-intake';
import { viReader } from './vi-reader';
import { viSignIn } from './vi-sign-in';
import { viToday } from './vi-today';

/** The Vietnamese catalogue, the first language: one area per feature, `common` for the frame and the kit. */
export const vi = {
  common: viCommon,
  incoming: viIncoming,
  intake: viIntake,
  reader: viReader,
  signIn: viSignIn,
  today: viToday,
} as const;
