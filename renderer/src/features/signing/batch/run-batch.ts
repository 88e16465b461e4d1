import type { Stored } from '@shared/domain/plan';
import { invoke } from '../../../platform/desktop';
import type { Acting } from '../../outgoing/acting';
import { type KeyChoice, type SignedOutcome, sealBody, signBody } from '../../outgoing/signing-acts';
import { type BatchRow, batchesOf, filesToSign, type RowResult } from './batch-rows';

/** What a running batch tells the screen, and whether it should stop before the next row. */
export type BatchWatch = {
  readonly onRow: (id: string, result: RowResult) => void;
  readonly isCancelled: () => boolean;
};

export type KeyIds = { readonly person?: string; readonly organ?: string };

const sign: Record<
  BatchRow['act'],
  (acting: Acting, document: Stored<'outgoing'>, choice: KeyChoice) => Promise<SignedOutcome>
> = { sign: signBody, seal: sealBody };

/**
 * Signs the rows under one PIN for the person's key and one for the organisation's. What a row throws is its own result and
 * never stops the next; only a PIN that was not given ends the batch, with what {@link invoke} threw.
 */
export async function runBatch(
  acting: Acting,
  rows: readonly BatchRow[],
  keys: KeyIds,
  watch: BatchWatch,
): Promise<void> {
  for (const batch of batchesOf(rows)) {
    if (watch.isCancelled()) return;
    const session = await unlock(acting, batch, keys);
    try {
      for (const row of batch) {
        if (watch.isCancelled()) return;
        await runRow(acting, row, session, watch);
      }
    } finally {
      await invoke('signing:lock', { session });
    }
  }
}

async function unlock(acting: Acting, batch: readonly BatchRow[], keys: KeyIds): Promise<string> {
  const owner = batch[0]?.act === 'seal' ? 'organ' : 'person';
  const keyId = keys[owner];
  const files = batch.flatMap((row) =>
    filesToSign(row).map((file, index) => ({
      sha256: file.sha256,
      name: (index === 0 ? row.document.subject : `${row.document.subject}: ${file.name}`).slice(0, 255),
    })),
  );
  const { session } = await invoke('signing:unlock', {
    owner,
    files,
    ...(keyId === undefined ? {} : { keyId }),
    ...(owner === 'person' ? { signerName: acting.person.name } : {}),
  });
  return session;
}

async function runRow(
  acting: Acting,
  { document, act }: BatchRow,
  session: string,
  { onRow }: BatchWatch,
): Promise<void> {
  onRow(document.id, { status: 'running' });
  try {
    onRow(document.id, { status: 'done', ...(await sign[act](acting, document, { session })) });
  } catch (error) {
    onRow(document.id, { status: 'failed', error });
  }
}
