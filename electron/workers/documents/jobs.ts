import type { JobMap } from '../protocol/job';
import { check } from './jobs/check';
import { inspect } from './jobs/inspect';
import { openKey } from './jobs/open-key';
import { readPicture } from './jobs/read-picture';
import { fillNumber, signOrgan, signPerson } from './jobs/sign';
import { typeset } from './jobs/typeset';

/** Every job of the document worker; to add one, write `jobs/<name>.ts` and name it here. */
export const documentJobs = {
  check,
  fillNumber,
  inspect,
  openKey,
  readPicture,
  signOrgan,
  signPerson,
  typeset,
} satisfies JobMap;

/** For the main process, which imports this type only and never the code behind it. */
export type DocumentJobs = typeof documentJobs;
