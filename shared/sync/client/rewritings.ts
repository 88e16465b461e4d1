import type { IntakeItem } from '../../schema/documents';
import type { StateTable } from './local-database';

const key = 'outbox-rewritings';

/** What is known of the rewritings of the outbox. */
export type Rewritten = {
  /** How often entries that stood in it were changed into something else. */
  readonly count: number;
  /** The removed item that is being taken out of journal and outbox; null for none. */
  readonly removing: IntakeItem | null;
};

/**
 * The rewritings of the outbox, ONE value. Every window has read the outbox for its overlay; by the count it learns that
 * another one, or a step of its own that failed half way, has changed what it knows.
 */
export class Rewritings {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  async read(): Promise<Rewritten> {
    return ((await this.state.get(key)) as Rewritten | undefined) ?? { count: 0, removing: null };
  }

  /** Called before the entries are written: after a stop in between the windows read them once more for nothing. */
  async note(): Promise<void> {
    const { count, removing } = await this.read();
    await this.state.set(key, { count: count + 1, removing });
  }

  /** The same for a rewriting of journal and outbox, which is ended after a stop: one of them alone would forget the item. */
  async begin(removing: IntakeItem): Promise<void> {
    const { count } = await this.read();
    await this.state.set(key, { count: count + 1, removing });
  }

  async end(): Promise<void> {
    const { count } = await this.read();
    await this.state.set(key, { count, removing: null });
  }
}
