import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { LocalState } from '@shared/sync/client/local-state';
import { choicesKey, type FileChoices, noChoices } from '@shared/sync/files/choices';
import type { Holding } from '@shared/sync/files/free-up';
import type { Waiting } from '@shared/sync/files/transfer-order';
import { FileProofs } from './file-proofs';
import { FreedFiles } from './freed-files';
import type { NamedFile, NamedFiles } from './named-files';

/** How many files one question to the main process, or to the server, names. */
const askedAtOnce = 500;

export type InventoryParts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly named: Pick<NamedFiles, 'list' | 'ready'>;
  readonly state: LocalState;
  /** Epoch of the server's history that this device has read; '' before the first time. */
  readonly epoch: () => Promise<string>;
  readonly clock: () => number;
};

/** Which files rows name, which of them are on this machine, and which the server has said it has. */
export class FileInventory {
  /** On this machine; the server has not said in this epoch that it has them. */
  toSend: Map<string, Waiting> = new Map();
  /** Wanted here, and not here. */
  toFetch: Map<string, Waiting> = new Map();
  choices: FileChoices = noChoices;
  readonly freed: FreedFiles;
  private readonly proofs: FileProofs;
  private readonly parts: InventoryParts;
  private readonly present = new Set<string>();
  private named: readonly NamedFile[] = [];

  constructor(parts: InventoryParts) {
    this.parts = parts;
    this.proofs = new FileProofs(parts.state);
    this.freed = new FreedFiles(parts.state);
  }

  /** Looks at the rows, the vault and the choices again. Needs no network. `opened` are files that somebody waits for. */
  async refresh(opened: ReadonlySet<string>): Promise<void> {
    await this.parts.named.ready;
    this.choices = await this.parts.state.get(choicesKey, noChoices);
    this.named = this.parts.named.list(new Set(this.choices.kept));
    await this.lookFor(this.named.map(({ file }) => file.sha256).filter((sha) => !this.present.has(sha)));
    const epoch = await this.parts.epoch();
    const freed = await this.freed.all();
    const toSend = new Map<string, Waiting>();
    const toFetch = new Map<string, Waiting>();
    for (const { file, madeAt, meetingDays, kept } of this.named) {
      const { sha256 } = file;
      const wanted = kept || opened.has(sha256) || !freed.has(sha256);
      if (!this.present.has(sha256)) {
        if (wanted) toFetch.set(sha256, { file, madeAt, meetingDays, direction: 'down' });
      } else if ((await this.proofs.of(sha256))?.epoch !== epoch)
        toSend.set(sha256, { file, madeAt, meetingDays, direction: 'up' });
    }
    // Both at once: somebody may be taking from them.
    this.toSend = toSend;
    this.toFetch = toFetch;
  }

  private async lookFor(sha256: readonly string[]): Promise<void> {
    for (const part of partsOf(sha256)) {
      const { present } = unwrap(await this.parts.desktop.invoke('files:present', { sha256: part }));
      for (const sha of present) this.present.add(sha);
    }
  }

  /** Those of the given files that the server has for us. */
  async onServer(sha256: readonly string[]): Promise<readonly string[]> {
    const there: string[] = [];
    for (const part of partsOf(sha256)) {
      const { missing } = unwrap(await this.parts.desktop.invoke('files:have', { sha256: part }));
      const absent = new Set(missing);
      there.push(...part.filter((sha) => !absent.has(sha)));
    }
    return there;
  }

  /** Asks the server which of the files to send it has already: after it was restored, of all that are here. */
  async askServer(): Promise<void> {
    const there = await this.onServer([...this.toSend.keys()]);
    await this.proofs.confirm(there, { epoch: await this.parts.epoch(), at: this.parts.clock() });
    for (const sha of there) this.toSend.delete(sha);
  }

  /** A file has been moved, and both sides have it. */
  async settle({ file: { sha256 }, direction }: Waiting): Promise<void> {
    const epoch = await this.parts.epoch();
    await this.proofs.note(sha256, { epoch, at: this.parts.clock(), sentFromHere: direction === 'up' });
    this.toSend.delete(sha256);
    if (direction === 'up') return;
    this.present.add(sha256);
    this.toFetch.delete(sha256);
    await this.freed.remove([sha256]);
  }

  /** The bytes of these are not here any more. */
  forgetPresent(sha256: readonly string[]): void {
    for (const sha of sha256) this.present.delete(sha);
  }

  /** The server does not have this file after all, or it is gone for good. */
  forgetProof(sha256: string): Promise<void> {
    return this.proofs.remove(sha256);
  }

  /** The files on this machine that rows name, with what decides whether their bytes may go. */
  async holdings(): Promise<readonly Holding[]> {
    const found: Holding[] = [];
    for (const { file, kept } of this.named)
      if (this.present.has(file.sha256)) {
        const { sha256, size } = file;
        found.push({ sha256, size, kept, proof: await this.proofs.of(sha256) });
      }
    return found;
  }
}

/** In parts that one question may name. */
export function partsOf(sha256: readonly string[]): readonly string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < sha256.length; at += askedAtOnce) parts.push(sha256.slice(at, at + askedAtOnce));
  return parts;
}
