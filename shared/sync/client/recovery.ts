import type { Journal } from './journal';
import type { OutboxTable, StateTable } from './local-database';
import type { NumberingProof } from './numbering-proof';
import type { OutboxEntry } from './outbox-entry';
import { followInJournal } from './renumber';

const pageSize = 500;

/**
 * Makes outbox and journal tell the same before anybody works. Operations of the journal above the outbox's highest number
 * (the database was lost, or is an older copy) are pending again; waiting ones that the journal lacks are written
 * into it. Gives how many came back from the journal.
 *
 * Order of the durable steps: first the mark that this profile may not number yet, then the entries in order of number.
 */
export async function recover(
  parts: { readonly outbox: OutboxTable; readonly state: StateTable; readonly journal: Journal },
  proof: NumberingProof,
  highest: number,
): Promise<number> {
  await followInJournal(parts);
  await copyIntoJournal(parts);
  let from = highest;
  let count = 0;
  for (;;) {
    const operations = await parts.journal.read(from, pageSize);
    const last = operations.at(-1);
    if (last === undefined) return count;
    await proof.require('recovered');
    const entries = operations.map(
      (operation): OutboxEntry => ({
        id: operation.op,
        n: operation.n,
        status: 'pending',
        operation,
        reason: '',
      }),
    );
    await parts.outbox.write(entries);
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
