import { AppError } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import type { Unit } from '@shared/schema/people';
import type { RowWriter } from '../rows/row-writer';
import type { Database, Session } from '../storage/port';
import { type Grant, writeGrant } from './grants';
import { writeAsServer } from './write-rows';

export type Merger = {
  readonly from: readonly string[];
  readonly into: string;
  /** First day of the successor; the old units end the day before. */
  readonly on: string;
};

/**
 * Merges units into a successor that exists already: the old ones get their last day and name it, and its devices may
 * read what belonged to them and to those that they had been granted. Gives the buckets that changed.
 *
 * Errors: NOT_FOUND without one of the units; INVALID_INPUT when a unit is merged into itself; WRONG_STATE when one is
 * merged already, or has a book that is not closed: a book of a unit that has ended would get no further number, and
 * nobody could explain what is missing in it.
 */
export function mergeUnits(database: Database, { from, into, on }: Merger): Promise<readonly string[]> {
  if (from.includes(into)) throw new AppError('INVALID_INPUT', 'a unit is not merged into itself');
  return writeAsServer(database, async (writer, session) => {
    await writer.lock([...from, into].map((id) => ({ coll: 'units', id }) as const));
    const successor = unitOf(writer, into);
    if (isMerged(successor)) throw new AppError('WRONG_STATE', `unit ${into} has ended itself`);
    for (const id of from) {
      if (isMerged(unitOf(writer, id))) throw new AppError('WRONG_STATE', `unit ${id} is merged already`);
      await refuseOpenBooks(session, id);
    }
    for (const id of from) {
      await writer.putAsServer('units', id, { validTo: dayBefore(on), successor: into }, id);
      await passOnGrants(session, id, into);
    }
    if (successor.validFrom === '') await writer.putAsServer('units', into, { validFrom: on }, into);
  });
}

function unitOf(writer: RowWriter, id: string): Unit {
  const unit = writer.get('units', id);
  if (unit === null) throw new AppError('NOT_FOUND', `unit ${id}`);
  return unit.data as Unit;
}

function isMerged(unit: Unit): boolean {
  return unit.successor !== undefined && unit.successor !== '';
}

async function refuseOpenBooks(session: Session, unit: string): Promise<void> {
  const rows = await session.query<{ data: Book }>(
    `select data from entity where coll = 'books' and unit = $1 order by id for update`,
    [unit],
  );
  const open = rows.filter(({ data }) => data.closed === undefined).map(({ data }) => data.id);
  if (open.length > 0) throw new AppError('WRONG_STATE', `close these books first: ${open.join(', ')}`);
}

async function passOnGrants(session: Session, from: string, into: string): Promise<void> {
  const before = await session.query<Grant>('select unit, readable from unit_grant where unit = $1', [from]);
  const readable = new Set([from, ...before.map((grant) => grant.readable)]);
  readable.delete(into);
  for (const unit of readable) await writeGrant(session, { unit: into, readable: unit });
}

/** The calendar day before a day `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
