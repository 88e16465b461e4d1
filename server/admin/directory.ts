import { AppError } from '@shared/result/result';
import type { Person, Unit } from '@shared/schema/people';
import { RowWriter, serverAuthor } from '../rows/row-writer';
import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';
import { sqlTransaction } from '../storage/sql-transaction';

/** Adds a unit to the directory or changes it. Gives the buckets that changed. */
export function saveUnit(database: Database, unit: Unit): Promise<readonly string[]> {
  return database.transaction('read-write', async (session) => {
    const tx = sqlTransaction(session);
    await tx.actForServer();
    const writer = new RowWriter(tx, serverAuthor);
    await writer.putAsServer('units', unit.id, unit, unit.id);
    return writer.publish();
  });
}

/** Adds a person to a unit or changes one. NOT_FOUND without the unit. Gives the buckets that changed. */
export function savePerson(database: Database, person: Person): Promise<readonly string[]> {
  return database.transaction('read-write', async (session) => {
    const tx = sqlTransaction(session);
    await tx.actForServer();
    const writer = new RowWriter(tx, serverAuthor);
    await writer.lock([{ coll: 'units', id: person.unit }]);
    if (writer.get('units', person.unit) === null) throw new AppError('NOT_FOUND', `unit ${person.unit}`);
    await writer.putAsServer('people', person.id, person, person.unit);
    return writer.publish();
  });
}

export function listUnits(database: Database): Promise<readonly Unit[]> {
  return listRows<Unit>(database, 'units', '');
}

/** The people of one unit, or of all where `unit` is ''. */
export function listPeople(database: Database, unit: string): Promise<readonly Person[]> {
  return listRows<Person>(database, 'people', unit);
}

function listRows<Row>(database: Database, coll: string, unit: string): Promise<readonly Row[]> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const rows = await session.query<{ data: Row }>(
      `select data from entity where coll = $1 and ($2 = '' or unit = $2) order by unit, id`,
      [coll, unit],
    );
    return rows.map((row) => row.data);
  });
}
