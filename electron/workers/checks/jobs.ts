import type { JobMap } from '../protocol/job';
import { check } from './check';
import { extractRevision } from './extract-revision';
import { readRevocationLists } from './read-revocation-lists';

/** Every job of the checking process, which never sees a key or a password. */
export const checkJobs = { check, extractRevision, readRevocationLists } satisfies JobMap;

/** For the main process, which imports this type only and never the code behind it. */
export type CheckJobs = typeof checkJobs;
