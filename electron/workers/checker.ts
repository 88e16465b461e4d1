import { checkJobs } from './checks/jobs';
import { openParentPort } from './protocol/parent-port';
import { serveJobs } from './protocol/serve-jobs';

serveJobs(openParentPort(), checkJobs);
