import type { Person, Role, Unit } from '@shared/schema/people';
import { RowWriter } from '../../../server/rows/row-writer';
import { Pauses } from '../pauses';
import { MemoryDatabase } from './memory-database';
import { emptyState, type ServerState } from './state';

export type Seat = { readonly device: string; readonly unit: string };

/** A server that knows the offices of these seats, the people in them and the devices; nothing has happened yet. */
export async function seedServer(seats: readonly Seat[]): Promise<ServerState> {
  const devices = seats.map(({ device, unit }) => {
    return [device, { unit, status: 'active', lastN: 0, heardEpoch: 'e1' }] as const;
  });
  const start: ServerState = { ...emptyState('server', 'e1'), devices: new Map(devices) };
  const database = new MemoryDatabase(start, new Pauses());
  await database.transaction('read-write', async (tx) => {
    await tx.actForServer();
    const writer = new RowWriter(tx, 'seed');
    for (const unit of new Set(seats.map((seat) => seat.unit))) {
      await writer.putAsServer('units', unit, unitOf(unit), unit);
      for (const person of peopleOf(unit)) await writer.putAsServer('people', person.id, person, unit);
    }
    await writer.publish();
  });
  return database.state;
}

/** A unit of this name. */
export function unitOf(id: string): Unit {
  return {
    id,
    unit: id,
    name: id,
    symbol: 'LĐLĐ',
    level: 'district',
    superior: '',
    place: 'Vĩnh Hòa',
    collective: '',
    sealMm: 36,
    validFrom: '2020-01-01',
    validTo: '',
  };
}

/** Two clerks, so that two people can edit one thing; a leader who chairs; an officer who administers. */
function peopleOf(unit: string): readonly Person[] {
  const person = (name: string, ...roles: readonly Role[]): Person => {
    return { id: `${unit}-${name}`, unit, name, position: '', roles: [...roles], active: true };
  };
  return [
    person('lan', 'leader', 'chair'),
    person('mai', 'clerk', 'secretary'),
    person('hoa', 'clerk'),
    person('son', 'officer', 'admin'),
  ];
}
