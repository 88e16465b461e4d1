import type { LocalState } from '@shared/sync/client/local-state';
import type { Proof } from '@shared/sync/files/free-up';

type Part = Record<string, Proof>;

/** One entry of the state for each first two digits of a digest: a note of one file rewrites few others. */
const keyOf = (sha256: string): string => `file-proofs:${sha256.slice(0, 2)}`;

/** Which files the server has said it has, and when. Forgetting one costs a question to the server. */
export class FileProofs {
  private readonly state: LocalState;
  private readonly parts = new Map<string, Promise<Part>>();

  constructor(state: LocalState) {
    this.state = state;
  }

  /** What the server said last, of whatever epoch. */
  async of(sha256: string): Promise<Proof | undefined> {
    return (await this.part(keyOf(sha256)))[sha256];
  }

  /** The server has got this file from us, or given it to us. */
  async note(sha256: string, proof: Proof): Promise<void> {
    const part = await this.part(keyOf(sha256));
    part[sha256] = proof;
    await this.state.set(keyOf(sha256), part);
  }

  /**
   * The server says, asked in this epoch, that it has these. Who brought them is known from before, or held to be this
   * machine; what it said first in this epoch stands.
   */
  async confirm(sha256: readonly string[], { epoch, at }: Omit<Proof, 'sentFromHere'>): Promise<void> {
    const changed = new Map<string, Part>();
    for (const sha of sha256) {
      const part = await this.part(keyOf(sha));
      if (part[sha]?.epoch === epoch) continue;
      part[sha] = { epoch, at, sentFromHere: part[sha]?.sentFromHere ?? true };
      changed.set(keyOf(sha), part);
    }
    for (const [key, part] of changed) await this.state.set(key, part);
  }

  async remove(sha256: string): Promise<void> {
    const part = await this.part(keyOf(sha256));
    if (!(sha256 in part)) return;
    delete part[sha256];
    await this.state.set(keyOf(sha256), part);
  }

  private part(key: string): Promise<Part> {
    const known = this.parts.get(key);
    if (known !== undefined) return known;
    const read = this.state.get<Part>(key, {}).then((part) => ({ ...part }));
    this.parts.set(key, read);
    return read;
  }
}
