import type { Result } from '@shared/result/result';

/** What the main process says to the worker. One job runs at a time; ids are never used twice. */
export type ToWorker =
  | { readonly type: 'run'; readonly id: number; readonly job: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** What the worker says to the main process. */
export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly id: number; readonly result: Result<unknown> };
