import { bookId } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import type { AppError } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import type { Person, Unit } from '@shared/schema/people';
import type { CollectionName } from '@shared/schema/rows';
import type { Planner } from '@shared/sync/client/carry-out';
import { dayInHanoi } from '@shared/text/time';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { MangoQuery, MangoQuerySelector, MangoQuerySortPart } from 'rxdb';
import type { Observable } from 'rxjs';
import { acquireBook, commonSeries } from './books';
import { type Counts, noCounts, watchCounts } from './counts';
import type { LocalRow } from './database';
import { liveRows, liveRowsById } from './live-rows';
import type { SessionState } from './session';
import type { ReplicationState } from './sync-channel';
import type { Workplace } from './workplace';

const WorkplaceContext = createContext<Workplace | null>(null);

export function WorkplaceProvider({
  workplace,
  children,
}: {
  readonly workplace: Workplace;
  readonly children: ReactNode;
}) {
  return <WorkplaceContext.Provider value={workplace}>{children}</WorkplaceContext.Provider>;
}

export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext);
  if (workplace === null) throw new Error('useWorkplace outside of WorkplaceProvider');
  return workplace;
}

/** Newest value of a stream; `initial` until it has given one. */
export function useStream<T>(stream: Observable<T>, initial: T): T {
  const [value, setValue] = useState(initial);
  useEffect(() => {
    const subscription = stream.subscribe(setValue);
    return () => subscription.unsubscribe();
  }, [stream]);
  return value;
}

export type RowQuery<C extends CollectionName> = {
  readonly selector?: MangoQuerySelector<LocalRow<C>>;
  readonly sort?: readonly MangoQuerySortPart<LocalRow<C>>[];
  readonly limit?: number;
};

const collectionsByTime: ReadonlySet<CollectionName> = new Set([
  'intake',
  'incoming',
  'outgoing',
  'meetings',
  'conflicts',
]);

/** Live rows of a query, newest first where the collection has a time; null until the first answer. */
export function useRows<C extends CollectionName>(
  coll: C,
  query: RowQuery<C> = {},
): readonly Stored<C>[] | null {
  const { database } = useWorkplace();
  const key = JSON.stringify(query);
  const stream = useMemo(() => {
    const { selector, sort, limit } = JSON.parse(key) as RowQuery<C>;
    const byTime = collectionsByTime.has(coll)
      ? ([{ newestFirst: 'asc' }] as unknown as MangoQuerySortPart<LocalRow<C>>[])
      : undefined;
    const order = sort === undefined ? byTime : [...sort];
    const wanted: MangoQuery<LocalRow<C>> = {
      ...(selector === undefined ? {} : { selector }),
      ...(order === undefined ? {} : { sort: order }),
      ...(limit === undefined ? {} : { limit }),
    };
    return liveRows(database.rows(coll), wanted) as Observable<readonly Stored<C>[]>;
  }, [database, coll, key]);
  return useStream<readonly Stored<C>[] | null>(stream, null);
}

/** One live row; undefined while loading, null where there is none. */
export function useRow<C extends CollectionName>(coll: C, id: string): Stored<C> | null | undefined {
  const rows = useRowsById(coll, [id]);
  return rows === null ? undefined : (rows[0] ?? null);
}

/** Those of the rows with these ids that are here, live and in no order; null until the first answer. */
export function useRowsById<C extends CollectionName>(
  coll: C,
  ids: readonly string[],
): readonly Stored<C>[] | null {
  const { database } = useWorkplace();
  const key = JSON.stringify(ids);
  const stream = useMemo(
    () => liveRowsById(database.rows(coll), JSON.parse(key)) as Observable<readonly Stored<C>[]>,
    [database, coll, key],
  );
  return useStream<readonly Stored<C>[] | null>(stream, null);
}

export function useCounts(): Counts {
  const workplace = useWorkplace();
  return useStream(
    useMemo(() => watchCounts(workplace), [workplace]),
    noCounts,
  );
}

export type SessionFace = SessionState & {
  readonly unit: Unit | null;
  signIn(person: Person, pin: string): Promise<void>;
  signOut(): Promise<void>;
  enrol(server: string, code: string, name: string): Promise<void>;
};

/** Device, unit and person at this workstation, and the ways to change them. */
export function useSession(): SessionFace {
  const { session, replication } = useWorkplace();
  const state = useStream(session.state, session.state.value);
  const unit = useRow('units', state.device.unit === '' ? '-' : state.device.unit) ?? null;
  return {
    ...state,
    unit,
    signIn: async (person, pin) => {
      await session.signIn(person, pin);
      void replication.now();
    },
    signOut: () => session.signOut(),
    enrol: (server, code, name) => session.enrol(server, code, name),
  };
}

export type SyncStatus = ReplicationState & {
  readonly waiting: number;
  /** Files that the server does not have yet, and files that this machine does not have yet. */
  readonly filesToSend: number;
  readonly filesToFetch: number;
  readonly rejected: number;
  readonly conflicts: number;
  readonly stuck: number;
  /** What this window could not do after the last complete round, or null. */
  readonly undone: AppError | null;
};

/** What the footer says. */
export function useSyncStatus(): SyncStatus {
  const { replication, files } = useWorkplace();
  const state = useStream(replication.state, replication.state.value);
  const { toSend, toFetch, problem: fileProblem } = useStream(files.state, files.state.value);
  const { waiting, rejected, conflicts, stuck } = useCounts();
  const problem = state.problem === '' ? fileProblem : state.problem;
  const undone = useStream(replication.undone, replication.undone.value);
  const counts = { waiting, rejected, conflicts, stuck };
  return { ...state, ...counts, problem, undone, filesToSend: toSend, filesToFetch: toFetch };
}

/** This year's book of a kind, and whether this device holds it. */
export function useBook(kind: Book['kind']): {
  readonly book: Stored<'books'> | null;
  readonly held: boolean;
  acquire(): Promise<void>;
} {
  const workplace = useWorkplace();
  const { device } = useSession();
  const year = Number(dayInHanoi(workplace.clock()).slice(0, 4));
  const book =
    useRow('books', bookId(device.unit === '' ? '-' : device.unit, kind, year, commonSeries)) ?? null;
  return {
    book,
    held: book !== null && book.owner !== '' && book.owner === device.deviceId,
    acquire: () => acquireBook(workplace.desktop, workplace.store, kind, workplace.clock()),
  };
}

/** Carries out a command; see {@link Planner}. */
export function useRun(): (planner: Planner) => Promise<void> {
  return useWorkplace().run;
}

/** Whether the bytes of a file are on this machine and verified; undefined until it is known. */
export function useFileHere(sha256: string): boolean | undefined {
  const { files } = useWorkplace();
  useEffect(() => files.ask(sha256 === '' ? [] : [sha256]), [files, sha256]);
  return useStream(files.known, files.known.value).get(sha256);
}

/** Whether the bytes of a file are on this machine and verified. */
export function useFilePresent(sha256: string): boolean {
  return useFileHere(sha256) === true;
}

/** Those of the given files that are on this machine and verified. */
export function usePresentFiles(sha256: readonly string[]): ReadonlySet<string> {
  const { files } = useWorkplace();
  const known = useStream(files.known, files.known.value);
  const key = sha256.join(' ');
  useEffect(() => files.ask(key === '' ? [] : key.split(' ')), [files, key]);
  const here = key.split(' ').filter((sha) => known.get(sha) === true);
  const hereKey = here.join(' ');
  return useMemo(() => new Set(hereKey === '' ? [] : hereKey.split(' ')), [hereKey]);
}

/** Directory of the people this device knows, by id. */
export function usePeople(): ReadonlyMap<string, Person> {
  const people = useRows('people');
  return useMemo(() => new Map((people ?? []).map((person) => [person.id, person])), [people]);
}

/** Directory of the units of the province, by id. */
export function useUnits(): ReadonlyMap<string, Unit> {
  const units = useRows('units');
  return useMemo(() => new Map((units ?? []).map((unit) => [unit.id, unit])), [units]);
}
