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

export type RemovalParts = {
  readonly database: LocalDatabase;
  readonly journal: Journal;
  readonly rewritings: Rewritings;
  /** Makes rows again after operations were rewritten: a document that was made of the item has no file now. */
  readonly showAgain: (touched: readonly Change[]) => Promise<void>;
};

/** What must happen on this device when an item of the intake box turns out to be secret. Called inside the lock. */
export class Removals {
  private readonly parts: RemovalParts;

  constructor(parts: RemovalParts) {
    this.parts = parts;
  }

  /**
   * Before an item is stored as removed, whether it was removed here or elsewhere: its file is noted, so that the bytes
   * go too, and everything this device has written about it is rewritten. The row itself changes last; a stop before
   * that lets all of it be done again.
   */
  async prepare(coll: CollectionName, row: RowData): Promise<void> {
    if (coll !== 'intake' || row['state'] !== 'purged') return;
    const item = rowSchemas.intake.parse(row);
    const known = (await this.parts.database.rows.read('intake', [item.id])).get(item.id);
    if (known !== undefined && known['file'] === null) return;
    if (known !== undefined) await this.noteFiles([(known['file'] as { readonly sha256: string }).sha256]);
    await this.finish();
    await this.forget(item);
  }

  /** The same for every item that an operation removes. */
  async prepareAll({ command, changes }: Pick<Operation, 'command' | 'changes'>): Promise<void> {
    for (const { coll, id, patch } of command === 'intake.purge' ? changes : []) {
      const row = (await this.parts.database.rows.read(coll, [id])).get(id);
      if (row !== undefined) await this.prepare(coll, applyPatch(row, patch));
    }
  }

  /** Ends a removal that a stop or a full disk has ended half way, here or in another window. */
  async finish(): Promise<void> {
    const { removing } = await this.parts.rewritings.read();
    if (removing !== null) await this.forget(removing);
  }

  /** Files of removed items whose bytes may still be on this machine. */
  async files(): Promise<readonly string[]> {
    return ((await this.parts.database.state.get(removedFilesKey)) as readonly string[] | undefined) ?? [];
  }

  /** The bytes of a removed item's file are gone, or belong to another row as well. */
  async settleFile(sha256: string): Promise<void> {
    const left = (await this.files()).filter((known) => known !== sha256);
    await this.parts.database.state.set(removedFilesKey, left);
  }

  private async forget(item: IntakeItem): Promise<void> {
    const { database, journal, rewritings, showAgain } = this.parts;
    const noteFiles = (digests: readonly string[]) => this.noteFiles(digests);
    const touched = await forgetItem(item, { outbox: database.outbox, journal, rewritings, noteFiles });
    if (touched.length === 0) return;
    await showAgain(touched);
    await rewritings.end();
  }

  private async noteFiles(digests: readonly string[]): Promise<void> {
    await this.parts.database.state.set(removedFilesKey, [...new Set([...(await this.files()), ...digests])]);
  }
}
