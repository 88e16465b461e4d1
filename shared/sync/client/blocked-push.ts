import type { ErrorCode } from '../../result/codes';
import type { StateTable } from './local-database';

/** The operation that the server does not take, though it did not refuse it either; what follows it waits behind it. */
export type BlockedOperation = { readonly op: string; readonly code: ErrorCode };

const key = 'blocked-push';

/** What keeps the outbox from being sent, so that people are told; nothing else depends on it. */
export class BlockedPush {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  async read(): Promise<BlockedOperation | null> {
    return ((await this.state.get(key)) as BlockedOperation | undefined) ?? null;
  }

  /** Null: nothing is in the way any more. */
  async note(blocked: BlockedOperation | null): Promise<void> {
    const known = await this.read();
    if (known?.op === blocked?.op && known?.code === blocked?.code) return;
    if (blocked === null) await this.state.remove([key]);
    else await this.state.set(key, blocked);
  }
}
