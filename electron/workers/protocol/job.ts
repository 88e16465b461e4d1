/** What a running job may ask and tell. */
export type JobContext = {
  /** Aborted when the caller no longer wants the result; a job that does not look is killed a moment later. */
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
};

/**
 * One kind of work on documents. Input and output are plain data that can be copied between processes; files
 * are named as `EncryptedFileRef` and `EncryptedTarget`. Expected failures are thrown as `AppError`.
 */
export type Job<Input, Output> = (input: Input, context: JobContext) => Promise<Output>;

/** Any set of jobs by name. `never` accepts jobs of every input. */
export type JobMap = Readonly<Record<string, Job<never, unknown>>>;

export type JobName<Jobs extends JobMap> = keyof Jobs & string;
export type JobInput<Jobs extends JobMap, Name extends JobName<Jobs>> = Parameters<Jobs[Name]>[0];
export type JobOutput<Jobs extends JobMap, Name extends JobName<Jobs>> = Awaited<ReturnType<Jobs[Name]>>;
