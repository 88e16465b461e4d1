import { utilityProcess } from 'electron';
import type { WorkerProcess } from './job-worker';

/** Megabytes of JavaScript heap a document may cost before its worker is given up. */
const heapLimit = 512;

/**
 * Starts a worker for documents as an Electron utility process. `entry` is the built file, `serviceName` what the system
 * calls the process.
 * The heap limit goes through `--js-flags`: a plain `--max-old-space-size` is ignored there (seen on 33.2).
 * Its output is dropped, since a parser's complaints may quote a document.
 */
export function startDocumentProcess(entry: string, serviceName: string): WorkerProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName,
    execArgv: [`--js-flags=--max-old-space-size=${heapLimit}`],
    stdio: 'ignore',
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
