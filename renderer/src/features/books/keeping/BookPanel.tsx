import { Button } from '@mantine/core';
import { awaitedNumbers } from '@shared/domain/handover';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { handoverSlip } from '@shared/domain/slips';
import { shortDate } from '@shared/text/time';
import { useState } from 'react';
import { type KnownDevice, useSession } from '../../../data';
import { t } from '../../../i18n';
import {
  confirmFinal,
  ErrorNotice,
  Facts,
  momentText,
  Section,
  StatusTag,
  toast,
  useTask,
  useToday,
} from '../../../ui';
import { AnswerSlipForm } from './AnswerSlipForm';
import { BreakGlassForm } from './BreakGlassForm';
import { bookName, meanings, ownerName, stateOf, typeName } from './book-words';
import { GapLedger } from './GapLedger';
import { HandOverForm } from './HandOverForm';
import { actionsOf, type KeepingAction, maySettle } from './keeping-actions';
import { SeriesForm } from './SeriesForm';
import { SlipView } from './SlipView';
import { TakeOverForm } from './TakeOverForm';
import { type Keeping, useKeeping } from './use-keeping';
import { VoidForm } from './VoidForm';

type Properties = {
  readonly book: Stored<'books'>;
  readonly devices: ReadonlyMap<string, KnownDevice>;
};

const direct: ReadonlySet<KeepingAction> = new Set(['take', 'give-back', 'close']);

/** One book: who holds it, what can be done, and the numbers that are missing. */
export function BookPanel({ book, devices }: Properties) {
  const { device, person } = useSession();
  const keeping = useKeeping();
  const task = useTask();
  const [form, setForm] = useState<KeepingAction | null>(null);
  const actions = actionsOf(book, device.deviceId, person, useToday());
  const state = stateOf(book, device.deviceId);
  const start = (action: KeepingAction): void => {
    if (direct.has(action)) void task.run(() => carryOut(action, book, keeping));
    else setForm(form === action ? null : action);
  };
  return (
    <>
      <header className="cv-row">
        <h2 className="cv-grow">{bookName(book)}</h2>
        <StatusTag meaning={meanings[state]}>{t.keeping.states[state]}</StatusTag>
      </header>
      <BookFacts book={book} owner={ownerName(book.owner, device.deviceId, devices)} />
      <div className="cv-row cv-keeping-actions">
        {actions.map((action) => (
          <Button
            key={action}
            variant={action === 'take' ? 'filled' : 'default'}
            disabled={task.busy}
            onClick={() => start(action)}
          >
            {t.keeping.actions[action]}
          </Button>
        ))}
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      {form !== null && (actions.includes(form) || form === 'hand-over') ? (
        <ActionForm action={form} book={book} devices={devices} onClose={() => setForm(null)} />
      ) : null}
      {maySettle(book) || book.closed !== undefined ? null : (
        <p className="cv-soft">
          {t.keeping.close.obstacles((book.unexplained ?? []).length + awaitedNumbers(book).length)}
        </p>
      )}
      <GapLedger book={book} />
    </>
  );
}

/** Acts that need no form of their own; those that are final ask once. */
async function carryOut(action: KeepingAction, book: Stored<'books'>, keeping: Keeping): Promise<void> {
  const { giveBack, close } = t.keeping;
  if (action === 'take') {
    await keeping.take(book);
    toast(t.keeping.took);
  }
  if (action === 'give-back') {
    const question = { title: giveBack.sure, effect: giveBack.effect, counterAct: giveBack.counter };
    if (!(await confirmFinal({ ...question, action: t.keeping.actions['give-back'] }))) return;
    await keeping.giveAway(book.id, '');
    toast(giveBack.done);
  }
  if (action === 'close') {
    const effect = close.effect(bookName(book));
    if (!(await confirmFinal({ title: close.sure, effect, counterAct: close.counter, action: close.action })))
      return;
    await keeping.close(book.id);
    toast(close.done);
  }
}

function ActionForm({
  action,
  onClose,
  ...rest
}: Properties & { readonly action: KeepingAction; readonly onClose: () => void }) {
  const { book } = rest;
  switch (action) {
    case 'hand-over':
      return <HandOverForm {...rest} onClose={onClose} />;
    case 'take-over':
      return <TakeOverForm onClose={onClose} />;
    case 'break-glass':
    case 'declare-lost':
      return <BreakGlassForm book={book} owed={action === 'declare-lost'} onClose={onClose} />;
    case 'void':
      return <VoidForm book={book} onClose={onClose} />;
    case 'edit':
      return <SeriesForm book={book} onClose={onClose} />;
    case 'answer':
      return <AnswerSlipForm book={book} onClose={onClose} />;
    case 'slip':
      return (
        <Section title={t.keeping.handOver.slipTitle}>
          <SlipView
            label={t.keeping.handOver.slipTitle}
            text={handoverSlip(book.handovers ?? {})}
            hint={t.keeping.handOver.slipHint}
          />
        </Section>
      );
    default:
      return null;
  }
}

function BookFacts({ book, owner }: { readonly book: Stored<'books'>; readonly owner: string }) {
  const { facts } = t.keeping;
  const awaited = awaitedNumbers(book).map(formatNumber).join(', ');
  const types = book.types ?? [];
  return (
    <Facts
      facts={[
        [facts.owner, owner],
        [facts.next, formatNumber(book.next)],
        [facts.lastDate, book.lastDate === '' ? '' : shortDate(book.lastDate)],
        [
          facts.types,
          book.kind === 'incoming'
            ? ''
            : types.length === 0
              ? facts.allTypes
              : types.map(typeName).join('; '),
        ],
        [facts.symbol, book.symbol ?? ''],
        [facts.awaited, awaited],
        [facts.closed, book.closed === undefined ? '' : momentText(book.closed.at)],
      ]}
    />
  );
}
