/**
 * Runs everything that can go on without a decision: promises only, since nothing here waits for time or devices. Node takes
 * the next tick when no promise is left to go on, and without asking the system for anything.
 */
export function settle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** A promise of a program that has ended: it never comes, and what waits for it is forgotten together with it. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

/** One run of a program, from its start to its crash or end. What outlives it must not act any more. */
export type Life = { over: boolean };

/** Work that stands still until the schedule lets it go on: between two durable writes, or before a commit. */
export class Pauses {
  private readonly held: { readonly what: string; readonly life: Life; readonly go: () => void }[] = [];

  /** Resolves when {@link release} picks it; never when its program has ended before. */
  hold(what: string, life: Life): Promise<void> {
    return new Promise((resolve) => {
      this.held.push({ what, life, go: () => (life.over ? undefined : resolve()) });
    });
  }

  /** Lets one of those that stand still go on, and says which; null when there is none. */
  release(pick: (count: number) => number): string | null {
    const living = this.held.filter(({ life }) => !life.over);
    const chosen = living[pick(living.length)];
    this.held.splice(0, this.held.length, ...living.filter((held) => held !== chosen));
    if (chosen === undefined) return null;
    chosen.go();
    return chosen.what;
  }
}

/** Something that happens at the n-th of a kind of steps from now; nothing while it is not armed. */
export class Countdown {
  private left = 0;

  arm(steps: number): void {
    this.left = steps;
  }

  disarm(): void {
    this.left = 0;
  }

  /** Counts one step. True for the one that was waited for. */
  strikes(): boolean {
    if (this.left === 0) return false;
    this.left -= 1;
    return this.left === 0;
  }
}
