declare global {
  /** Stands around each check of the signing module in the bundle that is tried. */
  var checkSwitch: <T>(check: number, off: boolean, value: T) => T | boolean;
}

/** The switches of all checks; those that said no are noted. */
export class Switches {
  off: ReadonlySet<number> = new Set();
  readonly outside = new Set<number>();
  private fired = this.outside;

  constructor() {
    // A check that does not say no gives what it gives when it is off; so only where it did can it be missed.
    globalThis.checkSwitch = (check, off, value) => {
      // What an asynchronous function gives back without waiting for it.
      if (value instanceof Promise)
        return value.then((awaited) => globalThis.checkSwitch(check, off, awaited)) as typeof value;
      if (Boolean(value) === off) return value;
      this.fired.add(check);
      return this.off.has(check) ? off : value;
    };
  }

  /** From now on what says no belongs to one run of a test. */
  beginTest(): void {
    this.fired = new Set();
  }

  /** Gives the checks that said no since {@link beginTest}; what comes next belongs to no test. */
  endTest(): readonly number[] {
    const fired = [...this.fired];
    this.fired = this.outside;
    return fired;
  }
}
