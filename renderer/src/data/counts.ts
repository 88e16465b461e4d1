import type { Incoming, Outgoing } from '@shared/schema/documents';
import { dayInHanoi } from '@shared/text/time';
import type { RxCollection } from 'rxdb';
import {
  asyncScheduler,
  combineLatest,
  distinctUntilChanged,
  map,
  type Observable,
  shareReplay,
  throttleTime,
} from 'rxjs';
import type { Database, LocalRow } from './database';
import { followRows } from './follow-rows';
import { watchStuck } from './sync-standing';
import { watchWaiting } from './waiting';
import type { Workplace } from './workplace';

/** What waits, per area; the numbers on the rail and on Việc hôm nay. */
export type Counts = {
  readonly intake: number;
  readonly arrived: number;
  readonly toSubmit: number;
  readonly toAssign: number;
  readonly mine: number;
  readonly overdue: number;
  readonly drafts: number;
  readonly toSign: number;
  readonly toNumber: number;
  readonly toIssue: number;
  readonly meetings: number;
  readonly waiting: number;
  readonly rejected: number;
  readonly conflicts: number;
  /** What synchronisation cannot settle by itself: blocked work, held removals, rows set aside. */
  readonly stuck: number;
};

export const noCounts: Counts = {
  intake: 0,
  arrived: 0,
  toSubmit: 0,
  toAssign: 0,
  mine: 0,
  overdue: 0,
  drafts: 0,
  toSign: 0,
  toNumber: 0,
  toIssue: 0,
  meetings: 0,
  waiting: 0,
  rejected: 0,
  conflicts: 0,
  stuck: 0,
};

/** What of an open document decides where it is counted. */
type Open = {
  readonly state: string;
  readonly drafter: string;
  readonly signer: string;
  readonly submittedTo: string;
  readonly lead: string;
  readonly dueDate: string;
};

/** A row of any kind that can be open, as far as it decides where it is counted. */
type Openable = { readonly state: string } & Partial<
  Pick<Outgoing, 'drafter' | 'signer'> & Pick<Incoming, 'submittedTo' | 'assignment' | 'dueDate'>
>;

/** Counting goes through all that is open, so it is done at most this often while much changes. */
const countEveryMs = 100;

const openStates = {
  intake: ['waiting'],
  incoming: ['arrived', 'registered', 'submitted', 'assigned', 'in-progress'],
  outgoing: ['draft', 'submitted', 'signed', 'waiting-number', 'numbered', 'sealed'],
  meetings: ['preparing', 'published', 'open'],
} as const;

const byWorkplace = new WeakMap<Workplace, Observable<Counts>>();

/** Live counts over open work only: what is finished never enters. Everybody who asks shares one counting, which goes on. */
export function watchCounts(workplace: Workplace): Observable<Counts> {
  const known = byWorkplace.get(workplace);
  if (known !== undefined) return known;
  const counts = count(workplace).pipe(shareReplay({ bufferSize: 1, refCount: false }));
  byWorkplace.set(workplace, counts);
  return counts;
}

function count(workplace: Workplace): Observable<Counts> {
  const { database, session, clock } = workplace;
  const { ledger } = database;
  const { conflicts } = database.view;
  return combineLatest([
    session.state,
    open(database, 'intake'),
    open(database, 'incoming'),
    open(database, 'outgoing'),
    open(database, 'meetings'),
    watchWaiting(database),
    followRows(ledger.outbox, [{ where: { status: 'rejected' }, by: 'n' }], ({ status }) =>
      status === 'rejected' ? status : null,
    ),
    followRows(conflicts, [{ where: {}, by: 'newestFirst' }], ({ decision }) =>
      decision === '' ? decision : null,
    ),
    watchStuck(workplace),
  ]).pipe(
    throttleTime(countEveryMs, asyncScheduler, { leading: true, trailing: true }),
    map(([{ person }, intake, incoming, outgoing, meetings, waiting, rejected, undecided, stuck]) => {
      const me = person?.id ?? '';
      return {
        intake: intake.size,
        ...countIncoming([...incoming.values()], me, dayInHanoi(clock())),
        ...countOutgoing([...outgoing.values()], me),
        meetings: meetings.size,
        waiting: waiting.size,
        rejected: rejected.size,
        conflicts: undecided.size,
        stuck: (stuck.blocked === null ? 0 : 1) + stuck.held.length + stuck.quarantined.length,
      };
    }),
    distinctUntilChanged((one, other) => JSON.stringify(one) === JSON.stringify(other)),
  );
}

function open(database: Database, coll: keyof typeof openStates): Observable<ReadonlyMap<string, Open>> {
  const states: readonly string[] = openStates[coll];
  const rows = database.rows(coll) as unknown as RxCollection<LocalRow<'incoming'>>;
  const walks = states.map((state) => ({ where: { state }, by: 'newestFirst' }));
  return followRows(rows, walks, (row) => (states.includes(row.state) ? openOf(row) : null));
}

function openOf(row: Openable): Open {
  return {
    state: row.state,
    drafter: row.drafter ?? '',
    signer: row.signer ?? '',
    submittedTo: row.submittedTo ?? '',
    lead: row.assignment?.lead ?? '',
    dueDate: row.dueDate ?? '',
  };
}

function countIncoming(
  documents: readonly Open[],
  me: string,
  today: string,
): Pick<Counts, 'arrived' | 'toSubmit' | 'toAssign' | 'mine' | 'overdue'> {
  const inState = (...states: readonly string[]) =>
    documents.filter((document) => states.includes(document.state));
  return {
    arrived: inState('arrived').length,
    toSubmit: inState('registered').length,
    toAssign: inState('submitted').filter((document) => document.submittedTo === me).length,
    mine: inState('assigned', 'in-progress').filter((document) => document.lead === me).length,
    overdue: documents.filter((document) => document.dueDate !== '' && document.dueDate < today).length,
  };
}

function countOutgoing(
  drafts: readonly Open[],
  me: string,
): Pick<Counts, 'drafts' | 'toSign' | 'toNumber' | 'toIssue'> {
  const inState = (...states: readonly string[]) =>
    drafts.filter((document) => states.includes(document.state));
  return {
    drafts: inState('draft').filter((document) => document.drafter === me).length,
    toSign: inState('submitted').filter((document) => document.signer === me).length,
    toNumber: inState('signed', 'waiting-number').length,
    toIssue: inState('numbered', 'sealed').length,
  };
}
