import { AppError } from '@shared/result/result';
import type { LocalState } from '@shared/sync/client/local-state';
import { choicesKey, type FileChoices, noChoices, withKept } from '@shared/sync/files/choices';
import { Serial } from '@shared/sync/serial';
import { BehaviorSubject } from 'rxjs';
import type { Space } from './file-space';
import type { Asked, SyncChannel, Told } from './sync-channel';

type Parts = {
  readonly channel: SyncChannel<Asked, Told>;
  readonly state: LocalState;
  /** Gives each question a name of its own. */
  readonly newAsk: () => string;
  /** Lets the sync window begin with what was chosen. */
  readonly sync: () => void;
};

/** What people want of the files of this machine. The sync window carries it out. */
export class FileWishes {
  readonly choices = new BehaviorSubject<FileChoices>(noChoices);
  private readonly parts: Parts;
  private readonly serial = new Serial();
  private readonly waiting = new Map<string, (told: Extract<Told, { kind: 'space' }>) => void>();

  private constructor(parts: Parts) {
    this.parts = parts;
    parts.channel.listen((told) => {
      if (told.kind !== 'space') return;
      this.waiting.get(told.ask)?.(told);
      this.waiting.delete(told.ask);
    });
  }

  static async open(parts: Parts): Promise<FileWishes> {
    const wishes = new FileWishes(parts);
    wishes.choices.next(await parts.state.get(choicesKey, noChoices));
    return wishes;
  }

  /** This file is wanted next, not wanted now, or wanted over a paid network too. */
  tell(wish: 'open' | 'cancel' | 'anyway', sha256: string): void {
    this.parts.channel.send({ kind: 'file', wish, sha256 });
  }

  /** Mạng tính phí: the network of this machine is paid by what it carries. */
  setMetered(metered: boolean): Promise<void> {
    return this.choose((choices) => ({ ...choices, metered }));
  }

  /** Giữ trên máy: the files of a row (`rowKey`) are fetched by themselves and never removed to make room. */
  setKept(row: string, keep: boolean): Promise<void> {
    return this.choose((choices) => withKept(choices, row, keep));
  }

  private choose(change: (choices: FileChoices) => FileChoices): Promise<void> {
    return this.serial.run(async () => {
      const choices = change(this.choices.value);
      await this.parts.state.set(choicesKey, choices);
      this.choices.next(choices);
      this.parts.channel.send({ kind: 'look', purged: [] });
      this.parts.sync();
    });
  }

  /** How much room could be made on this machine. */
  measure(): Promise<Space> {
    return this.askSpace(false);
  }

  /** Makes room; gives how much it was. Errors: those of the network, since the server is asked about every file. */
  free(): Promise<Space> {
    return this.askSpace(true);
  }

  private async askSpace(free: boolean): Promise<Space> {
    const ask = this.parts.newAsk();
    const { bytes, files, problem } = await new Promise<Extract<Told, { kind: 'space' }>>((resolve) => {
      this.waiting.set(ask, resolve);
      this.parts.channel.send({ kind: 'space', ask, free });
    });
    if (problem !== '') throw new AppError(problem);
    return { bytes, files };
  }
}
