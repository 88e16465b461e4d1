import type { StateTable } from './local-database';

/** Why this device must first hear from the server before it may give numbers. */
export type ProofReason = 'restored' | 'recovered';

const key = 'numbering-proof-needed';

/**
 * A profile that may be an older copy does not know the last numbers it has given: numbering on would give them twice. It
 * may number again when it has read everything from the server to the end since.
 */
export class NumberingProof {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  async needed(): Promise<ProofReason | null> {
    return ((await this.state.get(key)) as ProofReason | undefined) ?? null;
  }

  require(why: ProofReason): Promise<void> {
    return this.state.set(key, why);
  }

  async give(): Promise<void> {
    if ((await this.needed()) !== null) await this.state.remove([key]);
  }
}
