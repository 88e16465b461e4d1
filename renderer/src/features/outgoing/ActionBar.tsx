import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { navigate } from '../../app/router';
import { useFilePresent } from '../../data';
import { t } from '../../i18n';
import { ErrorNotice, Notice, usePersonName } from '../../ui';
import type { OutgoingAction } from './actions';
import type { OutgoingActs } from './use-acts';

type Properties = {
  readonly document: Stored<'outgoing'>;
  readonly acts: OutgoingActs;
  readonly onAction: (action: OutgoingAction) => void;
};

const needsFile: ReadonlySet<OutgoingAction> = new Set(['sign', 'fill-number', 'seal']);

/** The buttons of what can be done now, who must act where this person cannot, and what went wrong. */
export function ActionBar({ document, acts, onAction }: Properties) {
  const nameOf = usePersonName();
  const present = useFilePresent(document.body?.sha256 ?? '');
  const { actions, busy, running, error } = acts;
  const blocked = actions.some((action) => needsFile.has(action)) && !present;
  return (
    <div className="cv-stack">
      {document.state === 'numbered' && actions.includes('fill-number') ? (
        <Notice tone="warn" title={t.outgoing.notFilled} />
      ) : null}
      {blocked ? <Notice tone="info" title={t.outgoing.fileAbsent} /> : null}
      <BookNotice document={document} acts={acts} />
      {actions.every((action) => action === 'return') ? (
        <p className="cv-soft">{whoActs(document, nameOf)}</p>
      ) : null}
      <div className="cv-row">
        {actions.map((action, index) => (
          <Button
            key={action}
            variant={index === 0 && action !== 'return' ? 'filled' : 'default'}
            disabled={busy || (needsFile.has(action) && !present)}
            onClick={() => onAction(action)}
          >
            {t.outgoing.actions[action]}
          </Button>
        ))}
      </div>
      {running === null ? null : <p role="status">{busyText(running)}</p>}
      {error === null ? null : <Failure error={error} action={actions[0] ?? null} />}
    </div>
  );
}

/** Says who holds the book where this machine cannot give the number. */
function BookNotice({ document, acts }: Pick<Properties, 'document' | 'acts'>) {
  const { book, actions } = acts;
  const waits = document.state === 'signed' || document.state === 'waiting-number';
  const clerkHere = actions.includes('ask-number') || actions.includes('acquire-book');
  if (!waits || book.held || !(clerkHere || document.state === 'waiting-number')) return null;
  const words = t.outgoing.book;
  return (
    <Notice
      tone="info"
      title={words.elsewhere}
      todo={book.free ? words.freeTodo : actions.includes('ask-number') ? words.todo : words.waitTodo}
    >
      <p>{book.free ? words.free : words.holder(book.owner.slice(-4).toUpperCase())}</p>
    </Notice>
  );
}

function Failure({ error, action }: { readonly error: unknown; readonly action: OutgoingAction | null }) {
  if (!(error instanceof AppError) || error.code !== 'NO_SIGNING_KEY') return <ErrorNotice error={error} />;
  const words = t.outgoing.needKey;
  return (
    <Notice
      tone="bad"
      title={action === 'seal' ? words.whatOrgan : words.what}
      safe={words.safe}
      todo={words.todo}
    >
      <Button onClick={() => navigate('/signing')}>{words.open}</Button>
    </Notice>
  );
}

function whoActs(document: Stored<'outgoing'>, nameOf: (id: string) => string): string {
  const words = t.outgoing.nobodyActs;
  return document.state === 'submitted' ? words.submitted(nameOf(document.signer)) : words[document.state];
}

function busyText(action: OutgoingAction): string {
  const { busy } = t.outgoing;
  if (action === 'sign' || action === 'fill-number' || action === 'seal') return busy[action];
  return busy.other;
}
