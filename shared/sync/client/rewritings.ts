import type { StateTable } from './local-database';

const key = 'outbox-rewritings';

/**
 * How often entries that stood in the outbox were changed into something else. Every window has read the outbox for its
 * overlay; by this count it learns that another one, or a step of its own that failed half way, has changed what it knows.
 */
export class Rewritings {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  async count(): Promise<number> {
    return ((await this.state.get(key)) as number | undefined) ?? 0;
  }

  /** Called before the entries are written: after a stop in between the windows read them once more for nothing. */
  async note(): Promise<void> {
    await this.state.set(key, (await this.count()) + 1);
  }
}
