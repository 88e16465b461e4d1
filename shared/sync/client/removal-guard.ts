import type { StateTable } from './local-database';

/** A bucket whose reading was stopped because it would take away many rows at once; it waits for a person. */
export type HeldBucket = {
  readonly bucket: string;
  /** Rows that would go, of so many that the bucket had. */
  readonly removing: number;
  readonly of: number;
  readonly agreed: boolean;
};

const prefix = 'held:';
const fewRows = 20;
const share = 0.1;

/**
 * Whether so many removals look like a fault of the server (an emptied or wrongly restored database) rather than like work:
 * more than 20 rows and more than a tenth of the bucket. Joplin's users lost their notes where nothing asked.
 */
export function isMassRemoval(removing: number, of: number): boolean {
  return removing > fewRows && removing > of * share;
}

/** Counts what one round of pulling takes away from each bucket, and holds a bucket that loses too much. */
export class RemovalGuard {
  private readonly state: StateTable;
  private readonly removed = new Map<string, number>();

  constructor(state: StateTable) {
    this.state = state;
  }

  beginRound(): void {
    this.removed.clear();
  }

  /**
   * Whether `removing` more rows of the bucket may go; if not, the bucket is held. `count` tells how many it has now, and
   * is asked only when there are many.
   */
  async allows(bucket: string, removing: number, count: () => Promise<number>): Promise<boolean> {
    const before = this.removed.get(bucket) ?? 0;
    if (before + removing > fewRows) {
      const known = (await this.state.get(prefix + bucket)) as HeldBucket | undefined;
      const of = before + (await count());
      if (known?.agreed !== true && isMassRemoval(before + removing, of)) {
        await this.hold({ bucket, removing, of: of - before, agreed: false }, known);
        return false;
      }
    }
    this.removed.set(bucket, before + removing);
    return true;
  }

  /** The bucket was read to its end: what was agreed to is done. */
  async settle(bucket: string): Promise<void> {
    if ((await this.state.get(prefix + bucket)) !== undefined) await this.state.remove([prefix + bucket]);
  }

  async held(): Promise<readonly HeldBucket[]> {
    const all = [...(await this.state.under(prefix)).values()] as readonly HeldBucket[];
    return all.filter(({ agreed }) => !agreed);
  }

  /** A person has said that these rows may go. */
  async agree(bucket: string): Promise<void> {
    const known = (await this.state.get(prefix + bucket)) as HeldBucket | undefined;
    if (known !== undefined) await this.state.set(prefix + bucket, { ...known, agreed: true });
  }

  private async hold(next: HeldBucket, known: HeldBucket | undefined): Promise<void> {
    if (known?.removing === next.removing && known.of === next.of) return;
    await this.state.set(prefix + next.bucket, next);
  }
}
