import { rowKey } from '../overlay';
import type { WireRow } from '../protocol';
import type { StateTable } from './local-database';
import type { RowOrigin } from './local-row';

/** A row of the server that could not be stored as it came: kept as it came, with what is wrong with it. */
export type QuarantinedRow = {
  readonly coll: WireRow['coll'];
  readonly id: string;
  readonly rev: number;
  /** Path of the first field that does not fit, or what the database said. */
  readonly problem: string;
  readonly row: WireRow;
  readonly origin: RowOrigin;
};

const prefix = 'quarantine:';
const keyOf = (coll: string, id: string): string => `${prefix}${rowKey(coll, id)}`;

/** The rows that were set aside, so that one bad row never stops the others. Each is a durable value of its own. */
export class Quarantine {
  private readonly state: StateTable;

  constructor(state: StateTable) {
    this.state = state;
  }

  async all(): Promise<readonly QuarantinedRow[]> {
    return [...(await this.state.under(prefix)).values()] as readonly QuarantinedRow[];
  }

  /** Sets a row aside, or notes its newer form; `bucket` has given it in `pass`. */
  async put(row: WireRow, problem: string, bucket: string, pass: number, through: number): Promise<void> {
    const { coll, id, rev } = row;
    const known = (await this.state.get(keyOf(coll, id))) as QuarantinedRow | undefined;
    const origin = { buckets: { ...known?.origin.buckets, [bucket]: pass }, through };
    const entry: QuarantinedRow = { coll, id, rev, problem, row, origin };
    await this.state.set(keyOf(coll, id), entry);
  }

  release(rows: readonly Pick<QuarantinedRow, 'coll' | 'id'>[]): Promise<void> {
    return this.state.remove(rows.map(({ coll, id }) => keyOf(coll, id)));
  }

  /** A bucket does not hold these rows any more. */
  async leave(rows: readonly QuarantinedRow[], bucket: string): Promise<void> {
    for (const entry of rows) {
      const { [bucket]: _left, ...buckets } = entry.origin.buckets;
      if (Object.keys(buckets).length === 0) await this.release([entry]);
      else
        await this.state.set(keyOf(entry.coll, entry.id), { ...entry, origin: { ...entry.origin, buckets } });
    }
  }
}
