import { deliver, deliveredId, deliveryStatusOf } from '@shared/domain/exchange';
import type { Delivery, Incoming, Outgoing } from '@shared/schema/documents';
import type { Operation } from '@shared/sync/operation';
import type { RowWriter } from '../rows/row-writer';
import { isDelivered } from './guards';
import type { SyncTransaction } from './port';

type Before = (id: string) => Incoming | null;

/**
 * What the server itself does after an operation: an issued document arrives at its receivers (Điều 18), and the state
 * of a received one flows back to its sender. Runs under the server's own scope; `before` gives incoming rows as they
 * were before the operation.
 */
export async function exchange(
  tx: SyncTransaction,
  writer: RowWriter,
  operation: Operation,
  before: Before,
  at: string,
): Promise<void> {
  for (const { coll, id } of operation.changes) {
    if (coll === 'outgoing' && operation.command === 'outgoing.issue') {
      await deliverToReceivers(tx, writer, id, at);
    } else if (coll === 'incoming') {
      await reportToSender(writer, before(id), id, at);
    }
  }
}

async function deliverToReceivers(
  tx: SyncTransaction,
  writer: RowWriter,
  id: string,
  at: string,
): Promise<void> {
  const outgoing = writer.get('outgoing', id)?.data as Outgoing | undefined;
  if (outgoing?.state !== 'issued') return;
  const sender = await tx.readRow('units', outgoing.unit);
  if (sender === null) return;
  const person = await tx.readRow('people', outgoing.signer);
  const signer = { name: (person?.name ?? '').slice(0, 50), position: person?.position ?? '' };
  for (const receiver of [...new Set(outgoing.receivers)].sort()) {
    if (receiver === outgoing.unit || (await tx.readRow('units', receiver)) === null) continue;
    const arrived = deliveredId(outgoing.id, receiver);
    await writer.lock([{ coll: 'incoming', id: arrived }]);
    if (writer.get('incoming', arrived) === null) {
      await writer.putAsServer(
        'incoming',
        arrived,
        deliver(outgoing, sender, signer, receiver, at),
        sender.id,
      );
    }
    const delivery: Delivery = { status: '01', at, reason: '' };
    await writer.putAsServer('outgoing', id, { [`deliveries.${receiver}`]: delivery }, outgoing.unit);
  }
}

async function reportToSender(
  writer: RowWriter,
  before: Incoming | null,
  id: string,
  at: string,
): Promise<void> {
  const incoming = writer.get('incoming', id)?.data as Incoming | undefined;
  if (incoming === undefined || before === null || incoming.state === before.state || !isDelivered(incoming))
    return;
  const key = { coll: 'outgoing', id: incoming.exchangeOutgoing } as const;
  await writer.lock([key]);
  const outgoing = writer.get(key.coll, key.id)?.data as Outgoing | undefined;
  const known = outgoing?.deliveries[incoming.unit];
  if (outgoing === undefined || known === undefined) return;
  const status = deliveryStatusOf(incoming);
  if (known.status === status) return;
  const delivery: Delivery = { status, at, reason: status === '02' ? incoming.returnReason : '' };
  await writer.putAsServer(key.coll, key.id, { [`deliveries.${incoming.unit}`]: delivery }, outgoing.unit);
}
