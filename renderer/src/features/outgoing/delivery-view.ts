import type { Delivery, Outgoing } from '@shared/schema/documents';

export type DeliveryView = {
  readonly unit: string;
  /** Status of the national exchange, or 'sending' until the receiver's server has it. */
  readonly status: Delivery['status'] | 'sending';
  readonly at: string;
  readonly reason: string;
};

/** How far an issued document has come at each receiving unit, in the order of Nơi nhận. */
export function deliveriesOf(document: Pick<Outgoing, 'receivers' | 'deliveries'>): readonly DeliveryView[] {
  const units = [...new Set([...document.receivers, ...Object.keys(document.deliveries)])];
  return units.map((unit) => {
    const delivery = document.deliveries[unit];
    return delivery === undefined ? { unit, status: 'sending', at: '', reason: '' } : { unit, ...delivery };
  });
}
