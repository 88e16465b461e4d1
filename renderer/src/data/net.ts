import type { Desktop } from '@shared/ipc/desktop';
import { type Result, unwrap } from '@shared/result/result';
import type { SyncNet } from '@shared/sync/engine';

/** The engine's network, which is the main process: the page itself reaches nothing. */
export function netOver(desktop: Pick<Desktop, 'invoke'>): SyncNet {
  return {
    push: async (request) =>
      unwrap((await desktop.invoke('net:push', request)) as Result<Awaited<ReturnType<SyncNet['push']>>>),
    pull: async (request) =>
      unwrap((await desktop.invoke('net:pull', request)) as Result<Awaited<ReturnType<SyncNet['pull']>>>),
  };
}
