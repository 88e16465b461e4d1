import { AppError, type AppFailure } from '@shared/result/result';
import type { JobContext, JobMap } from './job';
import type { ParentPort } from './parent-port';

/** Runs the jobs that the main process asks for and answers each exactly once. */
export function serveJobs(port: ParentPort, jobs: JobMap): void {
  const running = new Map<number, AbortController>();

  async function run(id: number, name: string, input: unknown): Promise<void> {
    const control = new AbortController();
    running.set(id, control);
    const context: JobContext = {
      signal: control.signal,
      progress: (done, total) => port.post({ type: 'progress', id, done, total }),
    };
    try {
      const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
      if (job === undefined) throw new AppError('INVALID_INPUT', 'job');
      // The caller's types match name and input; between processes only the name can be checked.
      const value = await job(input as never, context);
      port.post({ type: 'done', id, result: { ok: true, value } });
    } catch (error) {
      port.post({ type: 'done', id, result: { ok: false, error: failureOf(error, control.signal) } });
    } finally {
      running.delete(id);
    }
  }

  port.onMessage((message) => {
    if (message.type === 'run') void run(message.id, message.job, message.input);
    else running.get(message.id)?.abort();
  });
}

function failureOf(error: unknown, signal: AbortSignal): AppFailure {
  if (signal.aborted) return { code: 'CANCELLED' };
  if (error instanceof AppError) return error.toFailure();
  // A message may quote the document; the kind of error says enough.
  return { code: 'INTERNAL', detail: error instanceof Error ? error.name : typeof error };
}
