import type { LocalState } from '@shared/sync/client/local-state';

const key = 'freed-files';

/** Files whose bytes were removed to make room: they are fetched again when somebody opens them, not by themselves. */
export class FreedFiles {
  private readonly state: LocalState;
  private read: Promise<Set<string>> | null = null;

  constructor(state: LocalState) {
    this.state = state;
  }

  async all(): Promise<ReadonlySet<string>> {
    return this.set();
  }

  async add(sha256: readonly string[]): Promise<void> {
    const set = await this.set();
    for (const sha of sha256) set.add(sha);
    await this.state.set(key, [...set]);
  }

  async remove(sha256: readonly string[]): Promise<void> {
    const set = await this.set();
    const known = sha256.filter((sha) => set.delete(sha));
    if (known.length > 0) await this.state.set(key, [...set]);
  }

  private set(): Promise<Set<string>> {
    this.read ??= this.state.get<readonly string[]>(key, []).then((list) => new Set(list));
    return this.read;
  }
}
