import { describe, expect, it } from 'vitest';
import type { Session } from '../../../server/storage/port';
import { sqlTransaction } from '../../../server/storage/sql-transaction';
import type { SyncTransaction } from '../../../server/sync/port';
import type { Office } from './office';
import { newIntake } from './rows';

type Node = {
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Node[];
};
const rowsOfUnit = 120;

/** How the database goes to the rows of a statement: an index, or '' where it reads the table through. */
function waysToRows(node: Node): readonly string[] {
  const own = node['Relation Name'] === 'entity' ? [node['Index Name'] ?? ''] : [];
  return [...own, ...(node.Plans ?? []).flatMap(waysToRows)];
}

/** A push looks at the rows it names, however many others its unit has. */
export function lookupRules(office: () => Office): void {
  describe('rows of a push', () => {
    const reads: Readonly<
      Record<string, (tx: SyncTransaction, ids: readonly string[], bucket: string) => Promise<unknown>>
    > = {
      'locked to be written': (tx, ids) => tx.lockRows(ids.map((id) => ({ coll: 'intake', id }))),
      'read for the answer to a refusal': (tx, ids, bucket) =>
        tx.readVisibleRows(
          ids.map((id) => ({ coll: 'intake', id })),
          [bucket],
        ),
    };
    it.each(Object.keys(reads))('%s are found by their keys, with no look at others', async (name) => {
      const unit = await office().newUnit();
      const device = await office().newDevice(unit);
      const ids = Array.from({ length: rowsOfUnit }, (_, at) => `${unit}-${at}`);
      for (let at = 0; at < rowsOfUnit; at += 30)
        await device.act(
          `${unit}-clerk`,
          'intake.add',
          ...ids.slice(at, at + 30).map((id) => newIntake(unit, id)),
        );
      const bucket = `unit:${unit}`;
      const ways: string[] = [];
      const found = await office().server.context.database.transaction('read-write', async (session) => {
        const explained: Session = {
          query: async <Row>(sql: string, values: Parameters<Session['query']>[1] = []) => {
            if (sql.includes('entity')) {
              const plans = await session.query<Record<string, readonly { Plan: Node }[]>>(
                `explain (format json) ${sql}`,
                values,
              );
              ways.push(...(plans[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => waysToRows(Plan)));
            }
            return session.query<Row>(sql, values);
          },
        };
        const tx = sqlTransaction(explained);
        await tx.actForUnit(unit, [bucket]);
        return reads[name]?.(tx, ids, bucket);
      });
      expect(found).toHaveLength(rowsOfUnit);
      expect(ways).toEqual(['entity_pkey']);
    });
  });
}
