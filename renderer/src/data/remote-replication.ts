import { AppError } from '@shared/result/result';
import { Serial } from '@shared/sync/serial';
import { BehaviorSubject } from 'rxjs';
import { type Asked, notBegun, type ReplicationState, type SyncChannel, type Told } from './sync-channel';

/** Replication as a window sees it that does not run it: its state, and the way to ask for a round. */
export class RemoteReplication {
  readonly state = new BehaviorSubject<ReplicationState>(notBegun);
  /** What went wrong in this window's own part after the last complete round, or null. */
  readonly undone = new BehaviorSubject<AppError | null>(null);
  private readonly channel: SyncChannel<Asked, Told>;
  private readonly newAsk: () => string;
  private readonly afterRound: () => Promise<void>;
  private readonly waiting = new Map<string, () => void>();
  private readonly serial = new Serial();

  constructor(parts: {
    readonly channel: SyncChannel<Asked, Told>;
    /** Gives each question a name of its own. */
    readonly newAsk: () => string;
    /** What this window does after every complete round, before the round counts as ended. */
    readonly afterRound: () => Promise<void>;
  }) {
    this.channel = parts.channel;
    this.newAsk = parts.newAsk;
    this.afterRound = parts.afterRound;
    this.channel.listen((told) => void this.serial.run(() => this.hear(told)));
    this.channel.send({ kind: 'hello' });
  }

  /** Asks for a round now; resolves when the round that contains everything written so far has ended, well or not. */
  now(): Promise<void> {
    const ask = this.newAsk();
    return new Promise((resolve) => {
      this.waiting.set(ask, resolve);
      this.channel.send({ kind: 'now', ask });
    });
  }

  private async hear(told: Told): Promise<void> {
    if (told.kind === 'round') await this.hearRound(told.round);
    else if (told.kind === 'opened') {
      this.channel.send({ kind: 'hello' });
      // What was asked of the page before it, which is gone, has no answer yet.
      for (const ask of this.waiting.keys()) this.channel.send({ kind: 'now', ask });
    } else if (told.kind === 'ended') {
      this.waiting.get(told.ask)?.();
      this.waiting.delete(told.ask);
    }
  }

  private async hearRound(round: ReplicationState): Promise<void> {
    // A round of an earlier start of the program is none to follow.
    const complete = round.report !== null && round.lastSync !== this.state.value.lastSync;
    if (complete) this.undone.next(await this.doOwnPart());
    this.state.next(round);
  }

  private async doOwnPart(): Promise<AppError | null> {
    try {
      await this.afterRound();
      return null;
    } catch (error) {
      return error instanceof AppError ? error : new AppError('INTERNAL', String(error));
    }
  }
}
