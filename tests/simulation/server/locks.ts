/** Raised in a transaction that would wait for one that waits for it. */
export class Deadlock extends Error {}

type Holder = object;

/** Locks by name, held by a transaction until it ends; those who wait get them in the order in which they came. */
export class Locks {
  private readonly holders = new Map<string, Holder>();
  private readonly queues = new Map<string, { readonly holder: Holder; readonly go: () => void }[]>();
  private readonly waitsFor = new Map<Holder, string>();

  /** Resolves when the holder has the lock. {@link Deadlock} when it never would. */
  async take(name: string, holder: Holder): Promise<void> {
    const present = this.holders.get(name);
    if (present === holder) return;
    if (present === undefined) {
      this.holders.set(name, holder);
      return;
    }
    if (this.wouldWaitForItself(name, holder)) throw new Deadlock(name);
    this.waitsFor.set(holder, name);
    await new Promise<void>((go) => {
      this.queues.set(name, [...(this.queues.get(name) ?? []), { holder, go }]);
    });
  }

  /** Gives everything back that the holder has. */
  release(holder: Holder): void {
    for (const [name, present] of this.holders) {
      if (present !== holder) continue;
      const [next, ...others] = this.queues.get(name) ?? [];
      if (others.length === 0) this.queues.delete(name);
      else this.queues.set(name, others);
      if (next === undefined) this.holders.delete(name);
      else {
        this.holders.set(name, next.holder);
        // At once: who has a lock and is said to wait for it would be looked for in a circle for ever.
        this.waitsFor.delete(next.holder);
        next.go();
      }
    }
  }

  private wouldWaitForItself(name: string, holder: Holder): boolean {
    let wanted: string | undefined = name;
    while (wanted !== undefined) {
      const present = this.holders.get(wanted);
      if (present === holder) return true;
      wanted = present === undefined ? undefined : this.waitsFor.get(present);
    }
    return false;
  }
}
