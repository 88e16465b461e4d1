import type { StateTable } from './local-database';

/** Small durable values of this device, for the parts of the application that keep a few of their own. */
export class LocalState {
  private readonly table: StateTable;

  constructor(table: StateTable) {
    this.table = table;
  }

  async get<T>(id: string, fallback: T): Promise<T> {
    const value = await this.table.get(id);
    return value === undefined ? fallback : (value as T);
  }

  set(id: string, value: unknown): Promise<void> {
    return this.table.set(id, value);
  }
}
