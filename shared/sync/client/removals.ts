import type { IntakeItem } from '../../schema/documents';
import { type CollectionName, rowSchemas } from '../../schema/rows';
import type { Change, Operation } from '../operation';
import { applyPatch } from '../patch';
import { forgetItem } from './forget-item';
import type { Journal } from './journal';
import type { LocalDatabase } from './local-database';
import type { RowData } from './local-row';
import type { Rewritings } from './rewritings';

const removedFilesKey = 'removed-files';

/** What must happen on this device when an item of the intake box turns out to be secret. Called inside the lock. */
export class Removals {
  private readonly database: LocalDatabase;
  private readonly journal: Journal;
  private readonly rewritings: Rewritings;

  constructor(database: LocalDatabase, journal: Journal, rewritings: Rewritings) {
    this.database = database;
    this.journal = journal;
    this.rewritings = rewritings;
  }

  /**
   * Before an item is stored as removed, whether it was removed here or elsewhere: its file is noted, so that the bytes
   * go too, and everything this device has written about it is rewritten. The row itself changes last; a stop before
   * that lets all of it be done again. Gives what has to be shown again: a document that was made of it has no file now.
   */
  async prepare(coll: CollectionName, row: RowData): Promise<readonly Change[]> {
    if (coll !== 'intake' || row['state'] !== 'purged') return [];
    const item = rowSchemas.intake.parse(row);
    const known = (await this.database.rows.read('intake', [item.id])).get(item.id);
    if (known !== undefined && known['file'] === null) return [];
    if (known !== undefined) await this.noteFile((known['file'] as { readonly sha256: string }).sha256);
    const touched = await this.finish();
    return [...touched, ...(await this.forget(item))];
  }

  /** Ends a removal that a stop or a full disk has ended half way. Gives what has to be shown again. */
  async finish(): Promise<readonly Change[]> {
    const { removing } = await this.rewritings.read();
    return removing === null ? [] : this.forget(removing);
  }

  /** The same for every item that an operation removes. */
  async prepareAll({ command, changes }: Pick<Operation, 'command' | 'changes'>): Promise<void> {
    for (const { coll, id, patch } of command === 'intake.purge' ? changes : []) {
      const row = (await this.database.rows.read(coll, [id])).get(id);
      if (row !== undefined) await this.prepare(coll, applyPatch(row, patch));
    }
  }

  /** Files of removed items whose bytes may still be on this machine. */
  async files(): Promise<readonly string[]> {
    return ((await this.database.state.get(removedFilesKey)) as readonly string[] | undefined) ?? [];
  }

  /** The bytes of a removed item's file are gone, or belong to another row as well. */
  async settleFile(sha256: string): Promise<void> {
    const left = (await this.files()).filter((known) => known !== sha256);
    await this.database.state.set(removedFilesKey, left);
  }

  private forget(item: IntakeItem): Promise<readonly Change[]> {
    return forgetItem(item, {
      outbox: this.database.outbox,
      journal: this.journal,
      rewritings: this.rewritings,
    });
  }

  private async noteFile(sha256: string): Promise<void> {
    await this.database.state.set(removedFilesKey, [...new Set([...(await this.files()), sha256])]);
  }
}
