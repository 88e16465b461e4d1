import type { LocalState } from '@shared/sync/client/local-state';

/** One entry of the state for each first two digits of a digest: a note of one file rewrites few others. */
const keyOf = (sha256: string): string => `sent-files:${sha256.slice(0, 2)}`;

/** Which files the server has verified, as far as this machine knows. Forgetting one costs a question to the server. */
export class SentFiles {
  private readonly state: LocalState;
  private readonly parts = new Map<string, Promise<Set<string>>>();

  constructor(state: LocalState) {
    this.state = state;
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.part(keyOf(sha256))).has(sha256);
  }

  async add(sha256: string): Promise<void> {
    const part = await this.part(keyOf(sha256));
    if (part.has(sha256)) return;
    part.add(sha256);
    await this.state.set(keyOf(sha256), [...part]);
  }

  async remove(sha256: string): Promise<void> {
    const part = await this.part(keyOf(sha256));
    if (part.delete(sha256)) await this.state.set(keyOf(sha256), [...part]);
  }

  private part(key: string): Promise<Set<string>> {
    const known = this.parts.get(key);
    if (known !== undefined) return known;
    const read = this.state.get<readonly string[]>(key, []).then((list) => new Set(list));
    this.parts.set(key, read);
    return read;
  }
}
