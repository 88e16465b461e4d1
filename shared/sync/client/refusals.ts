import type { StateTable } from './local-database';

const key = 'taking-off';

/**
 * Operations whose refusal is recorded, or about to be, while the rows may still show their work: a stop in between must
 * not leave it on the screen.
 */
export class Refusals {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  /** Ids of the operations whose work has to be taken off yet. */
  async open(): Promise<readonly string[]> {
    return ((await this.state.get(key)) as readonly string[] | undefined) ?? [];
  }

  async note(ids: readonly string[]): Promise<void> {
    await this.state.set(key, [...new Set([...(await this.open()), ...ids])]);
  }

  settle(): Promise<void> {
    return this.state.remove([key]);
  }
}
