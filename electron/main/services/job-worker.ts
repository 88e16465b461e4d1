import { AppError } from '@shared/result/result';
import type { JobInput, JobMap, JobName, JobOutput } from '../../workers/protocol/job';
import type { FromWorker, ToWorker } from '../../workers/protocol/messages';

/** A started worker process, however it was started. `onExit` is told once, also when it never came up. */
export type WorkerProcess = {
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  onExit(listener: (exitCode: number) => void): void;
  kill(): void;
};

export type RunOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds from the moment the job starts (waiting in the queue does not count). Default: two minutes. */
  readonly timeoutMs?: number;
};

/** Runs jobs one after another in a process of their own. */
export type JobWorker<Jobs extends JobMap> = {
  /**
   * Gives the job's result. Throws the job's own `AppError`, and CANCELLED, TIMEOUT or WORKER_CRASHED, always
   * after the job can no longer touch its output file. A crash costs only the running job.
   */
  run<Name extends JobName<Jobs>>(
    job: Name,
    input: JobInput<Jobs, Name>,
    options?: RunOptions,
  ): Promise<JobOutput<Jobs, Name>>;
  /** Cancels everything and ends the process. */
  close(): Promise<void>;
};

type Task = {
  readonly id: number;
  readonly job: string;
  readonly input: unknown;
  readonly options: RunOptions;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly leaveQueue: () => void;
  /** Why the job was told to stop, when it was. */
  stopped?: 'CANCELLED' | 'TIMEOUT';
  /** Its process is being killed: only the exit ends it, or the next job would meet a dying worker. */
  killed?: boolean;
  release?: () => void;
};

const defaultTimeout = 120_000;
/** How long a cancelled job may take to end by itself before its process is killed. */
const cancelGrace = 1_000;

/** Makes a worker; `start` is called when the first job comes and again after every crash. */
export function createJobWorker<Jobs extends JobMap>(start: () => WorkerProcess): JobWorker<Jobs> {
  const queue: Task[] = [];
  let current: Task | undefined;
  let worker: WorkerProcess | undefined;
  let nextId = 1;
  let closed = false;
  let onGone: (() => void) | undefined;

  function settle(task: Task, end: () => void): void {
    task.release?.();
    current = undefined;
    end();
    startNext();
  }

  function startWorker(): WorkerProcess {
    const started = start();
    started.onMessage((message) => {
      if (current?.id !== message.id) return;
      if (message.type === 'progress') current.options.onProgress?.(message.done, message.total);
      else finish(current, message);
    });
    started.onExit((exitCode) => {
      worker = undefined;
      onGone?.();
      const task = current;
      if (task === undefined) return;
      settle(task, () => task.reject(crashed(task, exitCode)));
    });
    return started;
  }

  function finish(task: Task, message: Extract<FromWorker, { type: 'done' }>): void {
    const { result } = message;
    if (task.killed === true) return;
    settle(task, () => {
      if (task.stopped !== undefined) task.reject(new AppError(task.stopped));
      else if (result.ok) task.resolve(result.value);
      else task.reject(new AppError(result.error.code, result.error.detail));
    });
  }

  function startNext(): void {
    if (current !== undefined) return;
    const task = queue.shift();
    if (task === undefined) return;
    current = task;
    worker ??= startWorker();
    watch(task, worker);
    worker.post({ type: 'run', id: task.id, job: task.job, input: task.input });
  }

  function watch(task: Task, running: WorkerProcess): void {
    const { signal, timeoutMs = defaultTimeout } = task.options;
    let graceTimer: NodeJS.Timeout | undefined;
    const kill = (reason: 'CANCELLED' | 'TIMEOUT') => {
      task.stopped ??= reason;
      task.killed = true;
      running.kill();
    };
    const timer = setTimeout(() => kill('TIMEOUT'), timeoutMs);
    const onAbort = () => {
      task.stopped ??= 'CANCELLED';
      running.post({ type: 'cancel', id: task.id });
      graceTimer = setTimeout(() => kill('CANCELLED'), cancelGrace);
    };
    signal?.removeEventListener('abort', task.leaveQueue);
    signal?.addEventListener('abort', onAbort, { once: true });
    task.release = () => {
      clearTimeout(timer);
      clearTimeout(graceTimer);
      signal?.removeEventListener('abort', onAbort);
    };
  }

  function run(job: string, input: unknown, options: RunOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (closed || options.signal?.aborted) return reject(new AppError('CANCELLED'));
      const leaveQueue = () => {
        queue.splice(queue.indexOf(task), 1);
        reject(new AppError('CANCELLED'));
      };
      const task: Task = { id: nextId++, job, input, options, resolve, reject, leaveQueue };
      options.signal?.addEventListener('abort', leaveQueue, { once: true });
      queue.push(task);
      startNext();
    });
  }

  return {
    // Name, input and output belong together by the signature; inside they are only passed on.
    run: (job, input, options) => run(job, input, options) as Promise<never>,
    async close() {
      closed = true;
      for (const task of queue.splice(0)) {
        task.options.signal?.removeEventListener('abort', task.leaveQueue);
        task.reject(new AppError('CANCELLED'));
      }
      if (current !== undefined) Object.assign(current, { stopped: 'CANCELLED', killed: true });
      const leaving = worker;
      if (leaving === undefined) return;
      await new Promise<void>((resolve) => {
        onGone = resolve;
        leaving.kill();
      });
    },
  };
}

function crashed(task: Task, exitCode: number): AppError {
  return task.stopped === undefined
    ? new AppError('WORKER_CRASHED', `exit ${exitCode}`)
    : new AppError(task.stopped);
}
