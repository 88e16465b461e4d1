import { AppError } from '@shared/result/result';
import {
  type BulkWriteRow,
  type FilledMangoQuery,
  type MangoQuery,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
  type RxDocumentData,
  type RxStorageWriteError,
} from 'rxdb';

/** A document with what RxDB keeps beside it. */
export type StoredDocument = RxDocumentData<{ readonly id: string }>;
type Plain = { readonly id: string };

const context = 'cong-van';

/**
 * One collection, read and written at its storage: what another window has stored is seen at once, where RxDB's cache of
 * queries may still lag; and a page of rows is one transaction. Watching queries learn of the writes as of any others.
 */
export class RxTable {
  private readonly collection: RxCollection;

  constructor(collection: RxCollection) {
    this.collection = collection;
  }

  /** Documents by id, removed ones too when `removed`. */
  async find(ids: readonly string[], removed = false): Promise<ReadonlyMap<string, StoredDocument>> {
    const found = (await this.collection.storageInstance.findDocumentsById(
      [...ids],
      removed,
    )) as StoredDocument[];
    return new Map(found.map((document) => [document.id, document]));
  }

  async query(query: MangoQuery): Promise<readonly StoredDocument[]> {
    const { schema } = this.collection.storageInstance;
    const filled: FilledMangoQuery<unknown> = normalizeMangoQuery(schema as never, query);
    // RxDB adds this itself to the queries of a collection.
    filled.selector = { ...filled.selector, _deleted: { $eq: false } } as typeof filled.selector;
    const { documents } = await this.collection.storageInstance.query(
      prepareQuery(schema as never, filled as never) as never,
    );
    return documents as unknown as StoredDocument[];
  }

  /** Writes in ONE transaction; gives what was refused, above all because something else is stored than was thought. */
  async write(rows: readonly BulkWriteRow<Plain>[]): Promise<readonly RxStorageWriteError<Plain>[]> {
    if (rows.length === 0) return [];
    try {
      const { error } = await this.collection.storageInstance.bulkWrite(rows as never, context);
      return error as unknown as RxStorageWriteError<Plain>[];
    } catch (error) {
      throw storageError(error);
    }
  }

  /** The write that puts a row in place of what is stored. */
  putting(row: Plain, stored: StoredDocument | undefined): BulkWriteRow<Plain> {
    const document = { ...row, _deleted: false, _attachments: {} };
    if (stored === undefined) return { document } as BulkWriteRow<Plain>;
    const { _meta, _rev } = stored;
    return { previous: stored, document: { ...document, _meta, _rev } };
  }

  /** The write that removes a document. RxDB keeps the place of it for a while: nothing of its content stays there. */
  removing(stored: StoredDocument): BulkWriteRow<Plain> {
    const { id, _meta, _rev } = stored;
    const empty: Record<string, unknown> = {};
    for (const [field, { type }] of Object.entries(this.collection.schema.jsonSchema.properties)) {
      if (this.collection.schema.indexes.flat().includes(field)) empty[field] = type === 'string' ? '' : 0;
    }
    return {
      previous: stored,
      document: { ...empty, id, _deleted: true, _attachments: {}, _meta, _rev } as StoredDocument,
    };
  }
}

/** A document without what RxDB keeps beside it. */
export function plain({ _deleted, _attachments, _meta, _rev, ...data }: StoredDocument): Plain {
  return data;
}

/** Names of the errors by which IndexedDB says that a value itself cannot be stored. */
const ofTheValue = new Set(['DataError', 'DataCloneError', 'ConstraintError']);

/** DISK_FULL, INVALID_INPUT for a value that cannot be stored, IO for everything else. */
function storageError(error: unknown): AppError {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) return new AppError('DISK_FULL');
  const fault = names.find((name) => ofTheValue.has(name));
  if (fault !== undefined) return new AppError('INVALID_INPUT', fault);
  return new AppError('IO', names[0] ?? String(error));
}

/** Dexie wraps the error of the browser, and gives the errors of a bulk as a list. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { inner, failures } = error as Error & { readonly inner?: unknown; readonly failures?: unknown };
  const inside = [inner, ...(Array.isArray(failures) ? failures : [])];
  return [error.name, ...inside.filter((each) => each !== error).flatMap(namesOf)];
}
