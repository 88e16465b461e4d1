import { AppError } from '@shared/result/result';
import type { Note } from '@shared/schema/meetings';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from '../identity/secret-file';

/** Notes by their ids. */
export type NotesRecord = Readonly<Record<string, Note>>;

/**
 * The private notes of this machine once more, beside the local database: they go to no server, so a lost database would
 * be the loss of them. Lies sealed among the keys, and goes into the backup with these. All calls follow one another.
 */
export class PrivateNotes {
  private readonly file: SecretFile<NotesRecord>;
  private readonly onDamage: () => void;
  private readonly serial = new Serial();

  /** `onDamage` is told when the file does not open: the page gives its notes anew, and a new file begins. */
  constructor(file: SecretFile<NotesRecord>, onDamage: () => void) {
    this.file = file;
    this.onDamage = onDamage;
  }

  all(): Promise<readonly Note[]> {
    return this.serial.run(async () => Object.values(await this.read()));
  }

  /** Adds notes, each in place of the one with its id. On the disk when it resolves. Errors: DISK_FULL, IO. */
  keep(notes: readonly Note[]): Promise<void> {
    return this.change((known) => ({
      ...known,
      ...Object.fromEntries(notes.map((note) => [note.id, note])),
    }));
  }

  remove(id: string): Promise<void> {
    return this.change(({ [id]: _removed, ...left }) => left);
  }

  private change(next: (known: NotesRecord) => NotesRecord): Promise<void> {
    return this.serial.run(async () => this.file.write(next(await this.read())));
  }

  private async read(): Promise<NotesRecord> {
    try {
      return (await this.file.read()) ?? {};
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.onDamage();
      return {};
    }
  }
}
