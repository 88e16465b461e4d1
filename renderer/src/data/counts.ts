import type { Incoming, Outgoing } from '@shared/schema/documents';
import type { Meeting } from '@shared/schema/meetings';
import { dayInHanoi } from '@shared/text/time';
import { auditTime, combineLatest, map, type Observable } from 'rxjs';
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
};

/** Live counts over open work only: what is finished never enters, so the cost does not grow with the archive. */
export function watchCounts({ database, session, clock }: Workplace): Observable<Counts> {
  const { view, ledger } = database;
  return combineLatest([
    session.state,
    view.intake.find({ selector: { state: 'waiting' } }).$,
    view.incoming.find({
      selector: { state: { $in: ['arrived', 'registered', 'submitted', 'assigned', 'in-progress'] } },
    }).$,
    view.outgoing.find({
      selector: { state: { $in: ['draft', 'submitted', 'signed', 'waiting-number', 'numbered', 'sealed'] } },
    }).$,
    view.meetings.find({ selector: { state: { $in: ['preparing', 'published', 'open'] } } }).$,
    ledger.outbox.find({ selector: { status: 'pending' } }).$,
    ledger.outbox.find({ selector: { status: 'rejected' } }).$,
    view.conflicts.find().$,
  ]).pipe(
    auditTime(16),
    map(([{ person }, intake, incoming, outgoing, meetings, waiting, rejected, conflicts]) => {
      const me = person?.id ?? '';
      const documents = incoming.map((row) => row.toJSON() as unknown as Incoming);
      const drafts = outgoing.map((row) => row.toJSON() as unknown as Outgoing);
      return {
        intake: intake.length,
        ...countIncoming(documents, me, dayInHanoi(clock())),
        ...countOutgoing(drafts, me),
        meetings: meetings.map((row) => row.toJSON() as unknown as Meeting).length,
        waiting: waiting.length,
        rejected: rejected.length,
        conflicts: conflicts.filter((row) => row.toJSON().decision === '').length,
      };
    }),
  );
}

function countIncoming(
  documents: readonly Incoming[],
  me: string,
  today: string,
): Pick<Counts, 'arrived' | 'toSubmit' | 'toAssign' | 'mine' | 'overdue'> {
  const inState = (...states: readonly string[]) =>
    documents.filter((document) => states.includes(document.state));
  return {
    arrived: inState('arrived').length,
    toSubmit: inState('registered').length,
    toAssign: inState('submitted').filter((document) => document.submittedTo === me).length,
    mine: inState('assigned', 'in-progress').filter((document) => document.assignment?.lead === me).length,
    overdue: documents.filter((document) => document.dueDate !== '' && document.dueDate < today).length,
  };
}

function countOutgoing(
  drafts: readonly Outgoing[],
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
