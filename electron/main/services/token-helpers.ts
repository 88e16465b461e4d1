import path from 'node:path';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { TokenJobs } from '../../workers/tokens/token-jobs';
import { createJobWorker, type JobWorker, type WorkerProcess } from './job-worker';

/** How long a driver may take to end in good order before its process is killed. */
export const finishMs = 3_000;

/** A key that was opened with its PIN, in the helper of its driver. */
export type Login = {
  readonly driver: string;
  readonly tokenSerial: string;
  readonly session: string;
  /** Why it can no longer be used. */
  ended: ErrorCode | null;
  idle?: NodeJS.Timeout;
};

/** The process that has loaded one driver. */
class Helper {
  readonly worker: JobWorker<TokenJobs>;
  readonly logins = new Set<Login>();
  uses = 0;

  constructor(start: () => WorkerProcess) {
    this.worker = createJobWorker<TokenJobs>(() => {
      const started = start();
      // With its process every login is gone, and the next job would meet a driver that knows of none.
      started.onExit(() => {
        for (const login of this.logins) this.forget(login, 'WORKER_CRASHED');
      });
      return started;
    });
  }

  forget(login: Login, reason: ErrorCode): void {
    login.ended ??= reason;
    clearTimeout(login.idle);
    this.logins.delete(login);
  }

  isIdle(): boolean {
    return this.uses === 0 && this.logins.size === 0;
  }

  /** Lets the driver end in good order, then ends the process. */
  async finish(): Promise<void> {
    try {
      await this.worker.run('finish', undefined, { timeoutMs: finishMs });
    } catch (error) {
      // Whatever it says, its process ends now.
      if (!(error instanceof AppError)) throw error;
    } finally {
      await this.worker.close();
    }
  }
}

/** One helper process for each driver that is in use, and none for the others. */
export class TokenHelpers {
  private readonly start: (driver: string) => WorkerProcess;
  private readonly helpers = new Map<string, Helper>();
  private readonly finishing = new Set<Promise<void>>();

  constructor(start: (driver: string) => WorkerProcess) {
    this.start = start;
  }

  /**
   * Lends the helper of a driver. Other programs want the token too: a helper without logins is ended after its last
   * use. Throws TOKEN_DRIVER_FAILED for a relative path, which the system would look for in places of its own.
   */
  async using<T>(driver: string, use: (helper: Helper) => Promise<T>): Promise<T> {
    if (!path.isAbsolute(driver)) throw new AppError('TOKEN_DRIVER_FAILED', 'relative path');
    const helper = this.helpers.get(driver) ?? new Helper(() => this.start(driver));
    this.helpers.set(driver, helper);
    helper.uses += 1;
    try {
      return await use(helper);
    } finally {
      helper.uses -= 1;
      if (helper.isIdle()) await this.retire(driver, helper);
    }
  }

  /** Everything that is open. */
  logins(): readonly Login[] {
    return [...this.helpers.values()].flatMap(({ logins }) => [...logins]);
  }

  /** Ends all helpers. */
  async close(): Promise<void> {
    const ending = [...this.helpers].map(([driver, helper]) => this.retire(driver, helper));
    await Promise.all([...this.finishing, ...ending]);
  }

  private async retire(driver: string, helper: Helper): Promise<void> {
    this.helpers.delete(driver);
    const finished = helper.finish();
    this.finishing.add(finished);
    try {
      await finished;
    } finally {
      this.finishing.delete(finished);
    }
  }
}
