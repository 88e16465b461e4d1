import { documentJobs } from './documents/jobs';
import { openParentPort } from './documents/parent-port';
import { serveJobs } from './documents/serve-jobs';

serveJobs(openParentPort(), documentJobs);
