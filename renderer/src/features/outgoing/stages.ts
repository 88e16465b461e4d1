import type { Outgoing, OutgoingState } from '@shared/schema/documents';
import type { HistoryEntry } from '@shared/schema/values';
import { isFilled } from './actions';

/** The order of the law (Điều 10 to 18, 32): written, signed by the person, numbered, sealed, issued. */
export const stages = ['draft', 'sign', 'number', 'seal', 'issue'] as const;
export type Stage = (typeof stages)[number];

export type StageView = {
  readonly stage: Stage;
  readonly status: 'done' | 'current' | 'waiting';
  /** The act that ended the stage; null while it is not done. */
  readonly act: HistoryEntry | null;
};

const finishedBefore: Readonly<Record<OutgoingState, number>> = {
  draft: 0,
  submitted: 1,
  signed: 2,
  'waiting-number': 2,
  numbered: 3,
  sealed: 4,
  issued: 5,
  cancelled: 3,
};

const endsWith: Readonly<Record<Stage, string>> = {
  draft: 'outgoing.submit',
  sign: 'outgoing.sign',
  number: 'outgoing.number',
  seal: 'outgoing.seal',
  issue: 'outgoing.issue',
};

/** The stage bar of a document. Cấp số is done only when the number stands in the file. */
export function stagesOf(document: Pick<Outgoing, 'state' | 'history' | 'body'>): readonly StageView[] {
  const numberMissing = document.state === 'numbered' && !isFilled(document);
  const done = finishedBefore[document.state] - (numberMissing ? 1 : 0);
  return stages.map((stage, index) => ({
    stage,
    status: index < done ? 'done' : index === done ? 'current' : 'waiting',
    act: index < done ? latest(document.history, endsWith[stage]) : null,
  }));
}

/** The trail of a document, oldest first. */
export function timelineOf(
  history: Readonly<Record<string, HistoryEntry>>,
): readonly (HistoryEntry & { readonly id: string })[] {
  return Object.entries(history)
    .map(([id, entry]) => ({ id, ...entry }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id.localeCompare(b.id));
}

function latest(history: Readonly<Record<string, HistoryEntry>>, what: string): HistoryEntry | null {
  return timelineOf(history).findLast((entry) => entry.what === what) ?? null;
}
