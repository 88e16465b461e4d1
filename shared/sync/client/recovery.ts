import type { Journal } from './journal';
import type { Ledger } from './ledger';
import type { OutboxTable } from './local-database';
import type { OutboxEntry } from './outbox-entry';
import { followInJournal } from './renumber';

const pageSize = 500;

/**
 * Makes outbox and journal tell the same before anybody works. Operations of the journal above the outbox's highest number
 * (the database was lost, or is an older copy) are pending again; waiting ones that the journal lacks are written
 * into it. Gives how many came back from the journal.
 *
 * Order of the durable steps: first the mark that this profile may not number yet, then what an older copy of the outbox
 * still tells of items that were removed as secret, then the entries in order of number.
 */
export async function recover(
  { database, journal, proof, removals }: Pick<Ledger, 'database' | 'journal' | 'proof' | 'removals'>,
  highest: number,
): Promise<number> {
  const { outbox, state } = database;
  await followInJournal({ outbox, state, journal });
  await copyIntoJournal({ outbox, journal });
  let from = highest;
  let count = 0;
  for (;;) {
    const operations = await journal.read(from, pageSize);
    const last = operations.at(-1);
    if (last === undefined) return count;
    await proof.require('recovered');
    for (const operation of operations) await removals.prepareAll(operation);
    const entries = operations.map(
      (operation): OutboxEntry => ({
        id: operation.op,
        n: operation.n,
        status: 'pending',
        operation,
        reason: '',
      }),
    );
    await outbox.write(entries);
    count += entries.length;
    from = last.n;
  }
}

/** Work of a profile that had no journal yet, as far as it waits. What stands in the journal's end stands in it whole. */
async function copyIntoJournal({
  outbox,
  journal,
}: {
  readonly outbox: OutboxTable;
  readonly journal: Journal;
}): Promise<void> {
  let from = 0;
  for (;;) {
    const waiting = await outbox.inStatus('pending', from, pageSize);
    const last = waiting.at(-1);
    if (last === undefined) return;
    if ((await journal.read(last.n - 1, 1))[0]?.n !== last.n) await appendMissing(waiting, from, journal);
    from = last.n;
  }
}

async function appendMissing(
  waiting: readonly OutboxEntry[],
  after: number,
  journal: Journal,
): Promise<void> {
  const written = new Set((await journal.read(after, pageSize)).map(({ n }) => n));
  for (const { n, operation } of waiting) if (!written.has(n)) await journal.append(operation);
}
