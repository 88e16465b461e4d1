declare global {
  /** Stands around each check of the signing module in the bundle that is tried. */
  var checkSwitch: <T>(check: number, off: boolean, value: T) => T | boolean;
}

/** The switches of all checks: at most one is off, and those that said no are noted. */
export class Switches {
  off: number | null = null;
  readonly outside = new Set<number>();
  private fired = this.outside;

  constructor() {
    // A check that does not say no gives what it gives when it is off; so only where it did can it be missed.
    globalThis.checkSwitch = (check, off, value) => {
      if (Boolean(value) === off) return value;
      this.fired.add(check);
      return check === this.off ? off : value;
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
