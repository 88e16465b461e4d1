import { utilityProcess } from 'electron';
import type { WorkerProcess } from './job-worker';

/**
 * Starts the helper that loads one token driver, as an Electron utility process. `entry` is the built `tokens.js`.
 * It may hang in the driver's code, where no signal is looked at but SIGKILL. Its output is dropped: drivers write what
 * they like.
 */
export function startTokenProcess(entry: string, driver: string): WorkerProcess {
  const child = utilityProcess.fork(entry, [driver], { serviceName: 'tokens', stdio: 'ignore' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => {
      // Without a process id it has not come up yet, or has ended.
      if (child.pid === undefined) child.kill();
      else killAtOnce(child.pid);
    },
  };
}

function killAtOnce(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    // It may end by itself before we are told.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
