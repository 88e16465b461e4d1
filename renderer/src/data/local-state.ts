import type { RxCollection } from 'rxdb';
import type { StateEntry } from './database';

/** Small durable values of this device: cursors, server identity, counters, the last report. */
export class LocalState {
  private readonly collection: RxCollection<StateEntry>;

  constructor(collection: RxCollection<StateEntry>) {
    this.collection = collection;
  }

  async get<T>(id: string, fallback: T): Promise<T> {
    const entry = await this.collection.findOne(id).exec();
    return entry === null ? fallback : (entry.toJSON().value as T);
  }

  async set(id: string, value: unknown): Promise<void> {
    await this.collection.upsert({ id, value });
  }
}
