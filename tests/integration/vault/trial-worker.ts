import { AppError } from '@shared/result/result';
import type { EncryptedTarget } from '../../../electron/vault/encrypted-file';
import { createEncryptedFile } from '../../../electron/vault/encrypted-sink';
import { documentJobs } from '../../../electron/workers/documents/jobs';
import type { JobContext } from '../../../electron/workers/protocol/job';
import { openParentPort } from '../../../electron/workers/protocol/parent-port';
import { serveJobs } from '../../../electron/workers/protocol/serve-jobs';

/** The real jobs and some that behave as badly as hostile documents make a parser behave. */
export const trialJobs = {
  ...documentJobs,
  crash: async (): Promise<void> => process.abort(),
  hang: async (): Promise<void> => {
    for (;;);
  },
  devour: async (): Promise<void> => {
    const eaten: number[][] = [];
    for (;;) eaten.push(Array.from({ length: 100_000 }, (_, i) => i * 1.5));
  },
  refuse: async (): Promise<void> => {
    throw new AppError('FILE_BROKEN', 'refused');
  },
  fail: async (): Promise<void> => {
    throw new TypeError('secret words of a document');
  },
  count: async (input: { to: number; stepMs: number }, context: JobContext): Promise<number> => {
    for (let i = 1; i <= input.to; i++) {
      if (context.signal.aborted) throw new AppError('CANCELLED');
      context.progress(i, input.to);
      await new Promise((resolve) => setTimeout(resolve, input.stepMs));
    }
    return input.to;
  },
  write: async (input: {
    target: EncryptedTarget;
    text: string;
  }): Promise<{ sha256: string; size: number }> => {
    const sink = await createEncryptedFile(input.target);
    await sink.write(Buffer.from(input.text));
    return sink.finish();
  },
  processId: async (): Promise<number> => process.pid,
};

serveJobs(openParentPort(), trialJobs);
