import { enBackup } from './en-backup';
import { enBooks } from './en-books';
import { enChecking } from './en-checking';
import { enCommon } from './en-common';
import { enFiles } from './en-files';
import { enIncoming } from './en-incoming';
import { enIntake } from './en-intake';
import { enKeeping } from './en-keeping';
import { enMeetings } from './en-meetings';
import { enOutgoing } from './en-outgoing';
import { enReader } from './en-reader';
import { enRescue } from './en-rescue';
import { enSignIn } from './en-sign-in';
import { enSigning } from './en-signing';
import { enSigningActs } from './en-signing-acts';
import { enSync } from './en-sync';
import { enToday } from './en-today';
import type { Texts } from './text-types';
import type { vi } from './vi';

/** The English catalogue: same keys and parameters as the Vietnamese one. */
export const en: Texts<typeof vi> = {
  common: enCommon,
  files: enFiles,
  incoming: enIncoming,
  intake: enIntake,
  outgoing: enOutgoing,
  reader: enReader,
  rescue: enRescue,
  signIn: enSignIn,
  signing: enSigning,
  signingActs: enSigningActs,
  checking: enChecking,
  today: enToday,
  backup: enBackup,
  books: enBooks,
  keeping: enKeeping,
  meetings: enMeetings,
  sync: enSync,
};
