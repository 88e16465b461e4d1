import { keyText } from '../rows/row-writer';
import type { FeedPlace, FileRefs, RowWrite, StoredOperation } from './port';

/**
 * What a batch has written and not yet sent to the database. Writes after a {@link mark} can be taken back one by one: to
 * copy everything before each operation cost more than the operation.
 */
export class PendingWrites {
  readonly #rows = new Map<string, RowWrite>();
  readonly #refs = new Map<string, FileRefs>();
  readonly #places = new Map<string, FeedPlace[]>();
  readonly #operations: StoredOperation[] = [];
  readonly #undo: (() => void)[] = [];

  /** Rows by {@link keyText}. */
  get rows(): ReadonlyMap<string, RowWrite> {
    return this.#rows;
  }

  /** File references by the {@link keyText} of their row. */
  get refs(): ReadonlyMap<string, FileRefs> {
    return this.#refs;
  }

  /** By bucket; counted from 1, for the head is not known before the end. */
  get places(): ReadonlyMap<string, readonly FeedPlace[]> {
    return this.#places;
  }

  get operations(): readonly StoredOperation[] {
    return this.#operations;
  }

  putRow(write: RowWrite): void {
    const key = keyText(write.row);
    this.#put(this.#rows, key, { ...write, isNew: this.#rows.get(key)?.isNew ?? write.isNew });
  }

  putRefs(refs: FileRefs): void {
    this.#put(this.#refs, keyText(refs.row), refs);
  }

  addPlaces(bucket: string, places: readonly FeedPlace[]): void {
    const list = this.#places.get(bucket);
    if (list === undefined) this.#put(this.#places, bucket, [...places]);
    else this.#append(list, places);
  }

  addOperations(operations: readonly StoredOperation[]): void {
    this.#append(this.#operations, operations);
  }

  /** This moment, for {@link takeBack}. */
  mark(): number {
    return this.#undo.length;
  }

  /** Undoes everything that was written since a moment. */
  takeBack(mark: number): void {
    for (const undo of this.#undo.splice(mark).reverse()) undo();
  }

  #put<V>(map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    this.#undo.push(() => void (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }

  #append<V>(list: V[], values: readonly V[]): void {
    const { length } = list;
    this.#undo.push(() => void list.splice(length));
    list.push(...values);
  }
}
