import { documentJobs } from './documents/jobs';
import { openParentPort } from './protocol/parent-port';
import { serveJobs } from './protocol/serve-jobs';

serveJobs(openParentPort(), documentJobs);
