import { checkJobs } from '../../../electron/workers/checks/jobs';
import { openParentPort } from '../../../electron/workers/protocol/parent-port';
import { serveJobs } from '../../../electron/workers/protocol/serve-jobs';

/** The real jobs, save that a file whose name asks for it does what hostile documents do to a parser. */
const trialJobs: typeof checkJobs = {
  ...checkJobs,
  check: async (input) => {
    const checked = await checkJobs.check(input);
    const how = process.env['TRIAL_FILES']
      ?.split(' ')
      .find((entry) => entry.startsWith(`${checked.report.file.sha256}=`));
    if (how?.endsWith('crash') === true) process.abort();
    if (how?.endsWith('hang') === true) for (;;);
    return checked;
  },
};

serveJobs(openParentPort(), trialJobs);
