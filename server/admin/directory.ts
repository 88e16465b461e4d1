import { AppError } from '@shared/result/result';
import type { Person, Unit } from '@shared/schema/people';
import type { RowWriter } from '../rows/row-writer';
import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';
import { writeAsServer } from './write-rows';

/** Adds a unit. WRONG_STATE when it exists, NOT_FOUND without its superior. Gives the buckets that changed. */
export function addUnit(database: Database, unit: Unit): Promise<readonly string[]> {
  return writeAsServer(database, async (writer) => {
    if ((await find(writer, 'units', unit.id)) !== null) throw exists('unit', unit.id);
    await refuseFalseUnit(writer, unit);
    await writer.putAsServer('units', unit.id, unit, unit.id);
  });
}

/** Changes fields of a unit. NOT_FOUND without it or its superior. Gives the buckets that changed. */
export function editUnit(database: Database, id: string, patch: Partial<Unit>): Promise<readonly string[]> {
  return writeAsServer(database, async (writer) => {
    const unit = (await known(writer, 'units', id)) as Unit;
    await refuseFalseUnit(writer, { ...unit, ...patch });
    await writer.putAsServer('units', id, patch, id);
  });
}

async function refuseFalseUnit(writer: RowWriter, unit: Unit): Promise<void> {
  if (unit.superior === unit.id) throw new AppError('INVALID_INPUT', 'a unit is not its own superior');
  if (unit.superior !== '') await known(writer, 'units', unit.superior);
  if (unit.validTo !== '' && unit.validTo < unit.validFrom) {
    throw new AppError('INVALID_INPUT', 'a unit does not end before it begins');
  }
}

/** Adds a person. WRONG_STATE when one with this id exists, NOT_FOUND without the unit. Gives the buckets that changed. */
export function addPerson(database: Database, person: Person): Promise<readonly string[]> {
  return writeAsServer(database, async (writer) => {
    await known(writer, 'units', person.unit);
    if ((await find(writer, 'people', person.id)) !== null) throw exists('person', person.id);
    await writer.putAsServer('people', person.id, person, person.unit);
  });
}

/** Changes fields of a person. NOT_FOUND without one. Gives the buckets that changed. */
export function editPerson(
  database: Database,
  id: string,
  patch: Partial<Omit<Person, 'id' | 'unit'>>,
): Promise<readonly string[]> {
  return writeAsServer(database, async (writer) => {
    const person = await known(writer, 'people', id);
    await writer.putAsServer('people', id, patch, person.unit);
  });
}

async function find(writer: RowWriter, coll: 'units' | 'people', id: string): Promise<Unit | Person | null> {
  await writer.lock([{ coll, id }]);
  return (writer.get(coll, id)?.data as Unit | Person | undefined) ?? null;
}

async function known(writer: RowWriter, coll: 'units' | 'people', id: string): Promise<Unit | Person> {
  const row = await find(writer, coll, id);
  if (row === null) throw new AppError('NOT_FOUND', `${coll === 'units' ? 'unit' : 'person'} ${id}`);
  return row;
}

function exists(what: string, id: string): AppError {
  return new AppError('WRONG_STATE', `${what} ${id} exists already`);
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
