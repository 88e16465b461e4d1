import type { Incoming, Outgoing } from '../schema/documents';
import type { Meeting } from '../schema/meetings';
import type { Unit } from '../schema/people';
import type { CollectionName, RowOf } from '../schema/rows';
import { formatNumber } from './numbering';
import { newestFirst } from './plan';
import { duplicateKey } from './symbols';

/** The bucket that every device of the province reads: the directory of units. */
export const provinceBucket = 'province';

/** Bucket of one unit: its own rows and what was sent to it. */
export function unitBucket(unit: string): string {
  return `unit:${unit}`;
}

/**
 * The buckets a row belongs to. A row of a unit is seen by that unit; the directory by all; a published meeting
 * besides by the units of its participants.
 */
export function bucketsOf<C extends CollectionName>(coll: C, row: RowOf<C>): readonly string[] {
  if (coll === 'units') return [provinceBucket];
  const own = unitBucket(row.unit);
  if (coll !== 'meetings') return [own];
  const meeting = row as Meeting;
  if (meeting.state === 'preparing') return [own];
  return [
    ...new Set([own, ...meeting.participants.filter((p) => p.unit !== '').map((p) => unitBucket(p.unit))]),
  ];
}

/** Id of the incoming row that an issued document becomes at a receiving unit: the same however often it is sent. */
export function deliveredId(outgoing: string, receiver: string): string {
  return `${outgoing}:to:${receiver}`;
}

/** The incoming document as it arrives at a receiving unit; `at` is the server's time (Điều 18, 21). */
export function deliver(
  outgoing: Outgoing,
  sender: Unit,
  signer: { readonly name: string; readonly position: string },
  receiver: string,
  at: string,
): Incoming {
  const number = formatNumber(outgoing.number);
  return {
    id: deliveredId(outgoing.id, receiver),
    unit: receiver,
    newestFirst: newestFirst(at),
    state: 'arrived',
    bookId: '',
    arrivalNumber: 0,
    arrivalDate: '',
    number,
    symbol: outgoing.symbol,
    date: outgoing.date,
    issuer: sender.name,
    type: outgoing.type,
    subject: outgoing.subject,
    signerName: signer.name,
    signerPosition: signer.position,
    urgency: outgoing.urgency,
    pages: outgoing.body?.pages ?? 0,
    paperPlace: '',
    dueDate: '',
    note: '',
    duplicateKey: duplicateKey(number, outgoing.symbol, sender.name),
    files: outgoing.body === null ? [] : [outgoing.body, ...outgoing.annexes],
    exchangeFrom: sender.id,
    exchangeOutgoing: outgoing.id,
    submittedTo: '',
    assignment: null,
    opinions: {},
    returnReason: '',
    result: '',
    signatures: {},
    history: {},
  };
}

/** Exchange status that a state of the receiver's document means to the sender (QCVN 102: 01, 02, 03, 05, 06). */
export function deliveryStatusOf(incoming: Pick<Incoming, 'state'>): '01' | '02' | '03' | '05' | '06' {
  switch (incoming.state) {
    case 'arrived':
      return '01';
    case 'returned':
      return '02';
    case 'registered':
    case 'submitted':
      return '03';
    case 'assigned':
    case 'in-progress':
      return '05';
    case 'done':
      return '06';
  }
}
