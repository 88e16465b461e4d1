import { useEffect, useMemo, useState } from 'react';
import type { OutboxEntry } from './database';
import { useStream, useSyncStatus, useWorkplace } from './hooks';
import { liveRows } from './live-rows';
import type { QuarantinedRow } from './local-store';

/** The operations in one state, oldest first: exactly what the footer counts. */
export function useOutbox(status: OutboxEntry['status'], limit = 500): readonly OutboxEntry[] {
  const { database } = useWorkplace();
  const stream = useMemo(
    () => liveRows(database.ledger.outbox, { selector: { status }, sort: [{ n: 'asc' }], limit }),
    [database, status, limit],
  );
  return useStream<readonly OutboxEntry[]>(stream, []);
}

/** Rows of the server that did not have the agreed shape and were set aside, read again after every round. */
export function useQuarantine(): readonly QuarantinedRow[] {
  const { store } = useWorkplace();
  const { lastSync } = useSyncStatus();
  const [rows, setRows] = useState<readonly QuarantinedRow[]>([]);
  useEffect(() => {
    void store.quarantined().then(setRows);
  }, [store, lastSync]);
  return rows;
}
