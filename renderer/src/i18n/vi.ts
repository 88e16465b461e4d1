import { viBackup } from './vi-backup';
import { viBooks } from './vi-books';
import { viChecking } from './vi-checking';
import { viCommon } from './vi-common';
import { viFiles } from './vi-files';
import { viIncoming } from './vi-incoming';
import { viIntake } from './vi-intake';
import { viKeeping } from './vi-keeping';
import { viMeetings } from './vi-meetings';
import { viOutgoing } from './vi-outgoing';
import { viReader } from './vi-reader';
import { viRescue } from './vi-rescue';
import { viSignIn } from './vi-sign-in';
import { viSigning } from './vi-signing';
import { viSigningActs } from './vi-signing-acts';
import { viSync } from './vi-sync';
import { viToday } from './vi-today';

/** The Vietnamese catalogue, the first language: one area per feature, `common` for the frame and the kit. */
export const vi = {
  common: viCommon,
  files: viFiles,
  incoming: viIncoming,
  intake: viIntake,
  outgoing: viOutgoing,
  reader: viReader,
  rescue: viRescue,
  signIn: viSignIn,
  signing: viSigning,
  signingActs: viSigningActs,
  checking: viChecking,
  today: viToday,
  backup: viBackup,
  books: viBooks,
  keeping: viKeeping,
  meetings: viMeetings,
  sync: viSync,
} as const;
