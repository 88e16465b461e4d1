import type { DocumentJobs } from '../../workers/documents/jobs';
import { createJobWorker, type JobWorker, type WorkerProcess } from './job-worker';

/** The process that reads hostile documents. */
export type DocumentWorker = JobWorker<DocumentJobs>;

/** Makes the worker; `start` is called when the first job comes and again after every crash. */
export function createDocumentWorker(start: () => WorkerProcess): DocumentWorker {
  return createJobWorker<DocumentJobs>(start);
}
