import type { FromWorker, ToWorker } from './messages';

/** The line to the process that started this one. */
export type ParentPort = {
  onMessage(listener: (message: ToWorker) => void): void;
  post(message: FromWorker): void;
};

type UtilityPort = {
  on(event: 'message', listener: (event: { data: ToWorker }) => void): unknown;
  postMessage(message: FromWorker): void;
};

/** Opens the line: Electron's `parentPort` in a utility process, Node's IPC channel in a forked one. */
export function openParentPort(): ParentPort {
  const utility = (process as unknown as { parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined) {
    return {
      onMessage: (listener) => void utility.on('message', (event) => listener(event.data)),
      post: (message) => utility.postMessage(message),
    };
  }
  return {
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToWorker)),
    post: (message) => void process.send?.(message),
  };
}
