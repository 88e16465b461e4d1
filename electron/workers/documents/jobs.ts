import type { JobMap } from './job';
import { inspect } from './jobs/inspect';
import { typeset } from './jobs/typeset';

/** Every job of the document worker; to add one, write `jobs/<name>.ts` and name it here. */
export const documentJobs = { inspect, typeset } satisfies JobMap;

/** For the main process, which imports this type only and never the code behind it. */
export type DocumentJobs = typeof documentJobs;
