import { AppError } from '@shared/result/result';
import type { Session } from '../../storage/port';

/** A table with its columns in order and the tables its foreign keys point to. */
export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly needs: readonly string[];
};

/** What belongs to one installation and not to its data: made by the migrations, or worth nothing after some minutes. */
const leftOut: readonly string[] = ['migration', 'nonce', 'upload_lock'];

/** Every table that a backup holds, each after those that its rows point to. Read from the database's own catalog. */
export async function backedUpTables(session: Session): Promise<readonly Table[]> {
  const tables = await session.query<Table>(
    `select t.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       coalesce((select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
        where i.indrelid = t.oid and i.indisprimary), '{}') as key,
       coalesce((select array_agg(distinct o.relname::text) from pg_constraint c join pg_class o on o.oid = c.confrelid
        where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid), '{}') as needs
     from pg_class t where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' order by t.relname`,
  );
  return inOrderOfNeed(tables.filter(({ name }) => !leftOut.includes(name)));
}

/** Tables so that each comes after those it needs. INTERNAL when they need each other in a circle. */
export function inOrderOfNeed(tables: readonly Table[]): readonly Table[] {
  const sorted: Table[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const free = waiting.filter(({ needs }) => !needs.some((need) => names.has(need)));
    if (free.length === 0) throw new AppError('INTERNAL', `tables need each other: ${[...names].join(', ')}`);
    sorted.push(...free);
    waiting = waiting.filter((table) => !free.includes(table));
  }
  return sorted;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const listed = (names: readonly string[]) => names.map(quoted).join(', ');

/** How many rows are asked for at a time. */
const fetchRows = 500;

/**
 * The rows of a table in the order of its key, one line of JSON each, as one running transaction sees them. JSON that a
 * row keeps as text is taken over letter by letter.
 */
export async function* readLines(session: Session, table: Table): AsyncGenerator<string> {
  const order = table.key.length === 0 ? '' : `order by ${listed(table.key)}`;
  await session.query(
    `declare backup_rows no scroll cursor for
     select row_to_json(r)::text as line from (select ${listed(table.columns)} from ${quoted(table.name)} ${order}) r`,
  );
  for (;;) {
    const rows = await session.query<{ line: string }>(`fetch ${fetchRows} from backup_rows`);
    // Within JSON text a line break can only stand between values.
    for (const { line } of rows) yield `${line.replaceAll('\n', ' ')}\n`;
    if (rows.length < fetchRows) break;
  }
  await session.query('close backup_rows');
}

/** About how much text one statement puts in. */
const insertBytes = 1_000_000;

/** Puts lines of {@link readLines} into a table of the same name; gives how many rows there were. */
export async function writeLines(
  session: Session,
  table: Table,
  lines: AsyncIterable<string>,
): Promise<number> {
  let rows = 0;
  let batch: string[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await session.query(
      `insert into ${quoted(table.name)} (${listed(table.columns)})
       select ${listed(table.columns)} from json_populate_recordset(null::${quoted(table.name)}, $1::json)`,
      [`[${batch.join(',')}]`],
    );
    batch = [];
    bytes = 0;
  };
  for await (const line of lines) {
    rows++;
    batch.push(line);
    bytes += line.length;
    if (bytes >= insertBytes) await flush();
  }
  await flush();
  return rows;
}
