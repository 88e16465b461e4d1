import type { JobMap } from '../protocol/job';
import { inspect } from './jobs/inspect';
import { openKey } from './jobs/open-key';
import { readPicture } from './jobs/read-picture';
import { checkKey } from './jobs/sign/check-key';
import { signCopy } from './jobs/sign/copy';
import { fillNumber } from './jobs/sign/fill-number';
import { signMinutes } from './jobs/sign/minutes';
import { signOrgan } from './jobs/sign/organ';
import { signPerson } from './jobs/sign/person';
import { previewSigning } from './jobs/sign/preview';
import { raiseSignatures } from './jobs/sign/raise';
import { readKey } from './jobs/sign/read-key';
import { completeSignature } from './jobs/sign/sign-step';
import { typeset } from './jobs/typeset';

/** Every job of the document worker; to add one, write `jobs/<name>.ts` and name it here. */
export const documentJobs = {
  checkKey,
  completeSignature,
  fillNumber,
  inspect,
  openKey,
  previewSigning,
  raiseSignatures,
  readKey,
  readPicture,
  signCopy,
  signMinutes,
  signOrgan,
  signPerson,
  typeset,
} satisfies JobMap;

/** For the main process, which imports this type only and never the code behind it. */
export type DocumentJobs = typeof documentJobs;
