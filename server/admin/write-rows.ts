import { RowWriter, serverAuthor } from '../rows/row-writer';
import type { Database, Session } from '../storage/port';
import { sqlTransaction } from '../storage/sql-transaction';

/** Writes rows as the server itself, in one transaction. Gives the buckets that changed. */
export function writeAsServer(
  database: Database,
  work: (writer: RowWriter, session: Session) => Promise<void>,
): Promise<readonly string[]> {
  return database.transaction('read-write', async (session) => {
    const tx = sqlTransaction(session);
    await tx.actForServer();
    const writer = new RowWriter(tx, serverAuthor);
    await work(writer, session);
    return writer.publish();
  });
}
