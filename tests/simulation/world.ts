import type { Operation } from '@shared/sync/operation';
import type { Disk } from './machine/disk';
import { Workstation } from './machine/workstation';
import { Network } from './network';
import { Pauses } from './pauses';
import { sameTask } from './same-task';
import { ServerMachine } from './server/machine';
import type { Seat } from './server/seed';
import type { ServerState } from './server/state';

/** Work that a person was told is safe. */
export type Acknowledged = { readonly device: string; readonly operation: Operation };

/** How everything stands when a schedule begins. */
export type Beginning = {
  readonly seats: readonly Seat[];
  readonly state: ServerState;
  readonly disks: ReadonlyMap<string, Disk>;
  /** How many words are used up. */
  readonly words: number;
};

/** 5 March 2026, 08:00 in Hanoi. */
const firstMorning = Date.UTC(2026, 2, 5, 1);
const minute = 60_000;

/** One province in memory: a server, the lines to it, and workstations with people at them. */
export class World {
  readonly pauses = new Pauses();
  readonly server: ServerMachine;
  readonly network: Network;
  readonly workstations: readonly Workstation[];
  /** What was acknowledged and has not been excused since. */
  acknowledged: Acknowledged[] = [];
  /** The numbers of lost machines that nobody had written into the paper book. */
  readonly unwritten = new Set<string>();
  /** Every scan that was ever put into a box, by its item and the name of its file. */
  readonly scans: { readonly item: string; readonly file: string }[] = [];
  /** What has happened that makes some refusals understandable. */
  readonly upheavals = new Set<'server restored' | 'disk replaced' | 'machine lost'>();
  /** What was found wrong on the way. */
  readonly problems: string[] = [];
  /** What has happened, in order. */
  readonly story: string[] = [];
  now = firstMorning;
  private words: number;

  constructor(beginning: Beginning) {
    this.words = beginning.words;
    const found = (problem: string): void => void this.problems.push(problem);
    this.server = new ServerMachine(beginning.state, this.pauses, () => this.now, found);
    this.network = new Network((request) => this.server.serve(request));
    this.workstations = beginning.seats.map(
      (seat) => new Workstation(this, seat, beginning.disks.get(seat.device) ?? null),
    );
  }

  /** A text, or an identifier, that has not been there before. */
  word(prefix: string): string {
    this.words += 1;
    return `${prefix}${this.words}`;
  }

  get usedWords(): number {
    return this.words;
  }

  /**
   * Forgets what was acknowledged at a machine and is neither on the server nor on what is left of its disk. What the server
   * has refused is not on it: the refusal was for the disk that is gone, and nobody is left who could show it.
   */
  excuseLost({ device, disk }: Workstation): void {
    const { operations } = this.server.state;
    const kept = [...[...disk.outbox.values()].map(({ operation }) => operation), ...disk.journal.values()];
    for (const stored of operations.values())
      if (stored.device === device && stored.result.status !== 'rejected') kept.push(stored.body);
    this.acknowledged = this.acknowledged.filter(
      (one) => one.device !== device || kept.some((known) => sameTask(known, one.operation)),
    );
  }

  /** The machines that are not shut out. What another one has is as old as its last contact, and what it holds stays there. */
  get reachable(): readonly Workstation[] {
    return this.workstations.filter(({ device }) => !this.server.isRevoked(device));
  }

  tell(line: string): void {
    this.story.push(line);
  }

  tick(): void {
    this.now += minute;
  }
}
