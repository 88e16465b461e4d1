import { AppError } from '@shared/result/result';
import { Countdown, type Life, never, type Pauses } from '../pauses';

/** The durable writes of one workstation, and what can happen to any of them. */
export class DurableSteps {
  /** The n-th write from now is the last: the machine loses its power with it, or just before it. */
  readonly powerLoss = new Countdown();
  /** The n-th write from now finds the disk full, and nothing of it is stored. */
  readonly fullDisk = new Countdown();
  /** The n-th write from now waits until the schedule lets it go on. */
  readonly pause = new Countdown();
  /** Whether the write at which power is lost has reached the disk. */
  lastWriteStays = true;
  private readonly pauses: Pauses;
  private readonly losePower: () => void;

  constructor(pauses: Pauses, losePower: () => void) {
    this.pauses = pauses;
    this.losePower = losePower;
  }

  /** Carries out one write of a running program, all or nothing. */
  async write(life: Life, what: string, store: () => void): Promise<void> {
    if (life.over) return never();
    if (this.fullDisk.strikes()) throw new AppError('DISK_FULL');
    if (this.pause.strikes()) await this.pauses.hold(what, life);
    if (life.over) return never();
    if (!this.powerLoss.strikes()) {
      store();
      return;
    }
    if (this.lastWriteStays) store();
    this.losePower();
    return never();
  }

  /** Reading goes on as long as the program runs. */
  async read<T>(life: Life, value: () => T): Promise<T> {
    return life.over ? never() : value();
  }

  calm(): void {
    this.powerLoss.disarm();
    this.fullDisk.disarm();
    this.pause.disarm();
  }
}
