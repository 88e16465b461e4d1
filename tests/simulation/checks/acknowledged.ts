import { bookOfNumber } from '@shared/domain/numbering';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import type { Operation } from '@shared/sync/operation';
import { outboxOf } from '../machine/disk';
import { sameTask } from '../same-task';
import { commitsOf, type ServerState } from '../server/state';
import type { Acknowledged, World } from '../world';

/** Two people have raced for one document, or one of them had no right to it any more when it was told. */
const races = ['WRONG_STATE', 'NOT_ALLOWED', 'FORBIDDEN', 'BOOK_CLOSED'];
/** What was built upon was lost with the state of a server that had to be restored, or with a disk. */
const losses = ['NOT_FOUND', 'NUMBER_TAKEN'];
/** A book whose numbers were declared lost, or that went another way on a server that forgot. */
const books = [
  'BOOK_NOT_HELD',
  'BOOK_CHAIN_BROKEN',
  'BOOK_TOKEN_INVALID',
  'BOOK_HAS_GAPS',
  'NUMBER_DATE_OUT_OF_ORDER',
];

/** What the checks of one run ask of it. */
type Circumstances = {
  readonly state: ServerState;
  readonly reasons: ReadonlySet<string>;
  readonly diskReplaced: boolean;
};

function understandable(world: World): ReadonlySet<string> {
  const { upheavals } = world;
  const lost = upheavals.has('server restored') || upheavals.has('disk replaced');
  return new Set([
    ...races,
    ...(lost ? losses : []),
    ...(lost || upheavals.has('machine lost') ? [...books, ...losses] : []),
  ]);
}

/**
 * S1: everything that was acknowledged is on the server, once and as it was written, or was refused with a reason that
 * the machine shows. Nothing waits any more.
 */
export function acknowledgedProblems(world: World): readonly string[] {
  const { state } = world.server;
  const diskReplaced = world.upheavals.has('disk replaced');
  const around: Circumstances = { state, reasons: understandable(world), diskReplaced };
  const outboxes = new Map(world.workstations.map(({ device, disk }) => [device, outboxOf(disk)] as const));
  const reachable = new Set(world.reachable.map(({ device }) => device));
  return [
    ...world.acknowledged.flatMap((one) => {
      const outbox = outboxes.get(one.device) ?? [];
      return reachable.has(one.device) ? problemsOf(one, outbox, around) : keptProblems(one, state, outbox);
    }),
    ...[...outboxes].flatMap(([device, entries]) => (reachable.has(device) ? waiting(device, entries) : [])),
    ...appliedTwice(state),
  ];
}

/** What a machine holds that is shut out is on the server or stays in its outbox. */
function keptProblems(
  { device, operation }: Acknowledged,
  state: ServerState,
  outbox: readonly OutboxEntry[],
): readonly string[] {
  const kept =
    outbox.some((known) => sameTask(known.operation, operation)) ||
    [...state.operations.values()].some(
      (known) => known.device === device && sameTask(known.body, operation),
    );
  return kept ? [] : [`S1: ${operation.op} (${operation.command}) was acknowledged and is nowhere`];
}

function problemsOf(
  { device, operation }: Acknowledged,
  outbox: readonly OutboxEntry[],
  around: Circumstances,
): readonly string[] {
  const { state } = around;
  const stored = [...state.operations.values()].find(
    (known) => known.device === device && sameTask(known.body, operation),
  );
  const name = `${operation.op} (${operation.command})`;
  if (stored !== undefined && stored.result.status !== 'rejected') {
    const shown = outbox.find(({ id }) => id === stored.body.op)?.status;
    const wrong = shown === 'rejected' || shown === 'seen';
    return wrong ? [`S1: ${name} is called refused and is on the server`] : [];
  }
  const entry = outbox.find((known) => sameTask(known.operation, operation));
  if (entry === undefined) return [`S1: ${name} was acknowledged and is nowhere`];
  if (entry.status !== 'rejected' && entry.status !== 'seen')
    return [`S1: ${name} is called ${entry.status} and is not on the server`];
  return isUnderstandable(operation, entry.reason, around) || isBuiltOnRefused(operation, entry, outbox)
    ? []
    : [`S1: ${name} was refused: ${entry.reason}`];
}

/**
 * A number outlives the refusal of its document: it is refused only where its book went another way. A book that a restored
 * server has lost is begun anew from the proofs in its numbers, unless a disk took the first of them along.
 */
function isUnderstandable(
  { changes }: Operation,
  reason: string,
  { state, reasons, diskReplaced }: Circumstances,
): boolean {
  const entry = changes.find(({ coll, create }) => coll === 'numbers' && create);
  if (entry === undefined) return reasons.has(reason);
  if (reason === 'NUMBER_CANCELLED') return true;
  const mayGoAnotherWay = reasons.has('BOOK_NOT_HELD');
  const isThere = state.rows.has(`books/${bookOfNumber(entry.id)}`);
  return mayGoAnotherWay && reasons.has(reason) && (isThere || diskReplaced);
}

/** What somebody does to a document whose making was refused at the same machine: there is nothing to do it to. */
function isBuiltOnRefused(
  { changes }: Operation,
  { n, reason }: OutboxEntry,
  outbox: readonly OutboxEntry[],
): boolean {
  const made = outbox
    .filter((entry) => entry.n < n && (entry.status === 'rejected' || entry.status === 'seen'))
    .flatMap(({ operation }) => operation.changes.filter(({ create }) => create));
  return (
    reason === 'NOT_FOUND' &&
    changes.some(({ coll, id }) => made.some((change) => change.coll === coll && change.id === id))
  );
}

function waiting(device: string, outbox: readonly OutboxEntry[]): readonly string[] {
  return outbox
    .filter(({ status }) => status === 'pending')
    .map(({ id }) => `S1: ${id} still waits in the outbox of ${device}`);
}

/** An operation is taken in by one transaction and never again. */
function appliedTwice(state: ServerState): readonly string[] {
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const op of commitsOf(state).flatMap(({ operations }) => operations)) {
    if (seen.has(op)) problems.push(`S1: ${op} was applied twice`);
    seen.add(op);
  }
  return problems;
}
