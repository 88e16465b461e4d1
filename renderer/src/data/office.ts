import type { Context } from '@shared/domain/plan';
import type { DeviceStatus } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import type { Person } from '@shared/schema/people';
import { carryOut, type Planner } from '@shared/sync/client/carry-out';
import { isoInHanoi } from '@shared/text/time';
import type { LocalStore } from './local-store';
import { sha256Text } from './sha256';

export type Clock = () => number;

/**
 * Carries out commands for the person at this workstation: checks her rights by the same rules as the server, writes
 * one durable operation, and lets the rows follow. Resolves when the work is safe on this machine.
 */
export class Office {
  private readonly store: LocalStore;
  private readonly clock: Clock;
  private readonly afterWrite: () => void;
  private readonly clockAheadMs: () => Promise<number>;

  /** `clockAheadMs`: how far this clock was ahead of the server's when it was last reached. */
  constructor(store: LocalStore, clock: Clock, afterWrite: () => void, clockAheadMs: () => Promise<number>) {
    this.store = store;
    this.clock = clock;
    this.afterWrite = afterWrite;
    this.clockAheadMs = clockAheadMs;
  }

  /** Errors: those of the plan; NOT_SIGNED_IN, NOT_ENROLLED; those of `carryOut`. */
  async run(person: Person | null, device: DeviceStatus, planner: Planner): Promise<void> {
    if (device.enrolment !== 'enrolled') throw new AppError('NOT_ENROLLED');
    if (person === null) throw new AppError('NOT_SIGNED_IN');
    const context: Context = {
      person,
      device: device.deviceId,
      now: isoInHanoi(this.clock()),
      newId: () => crypto.randomUUID(),
    };
    const { store, clockAheadMs } = this;
    await carryOut({ store, unit: device.unit, sha256: sha256Text, clockAheadMs }, context, planner);
    this.afterWrite();
  }
}
