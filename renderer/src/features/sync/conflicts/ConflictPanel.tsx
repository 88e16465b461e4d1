import { Button } from '@mantine/core';
import { decideConflict } from '@shared/domain/conflicts';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Json } from '@shared/schema/values';
import { sameJson, valueAt } from '@shared/sync/patch';
import { navigate } from '../../../app/router';
import { useRow, useRun } from '../../../data';
import { t } from '../../../i18n';
import { ErrorNotice, momentText, StatusTag, toast, useCommands, useTask } from '../../../ui';
import { isCollection, screenOf, useNameOf } from '../names';
import { fieldName, valueInWords } from '../operation-words';

type Decision = 'kept' | 'lost';
type Properties = { readonly conflict: Stored<'conflicts'>; readonly title: string };

/** Both values of a field with who and when, and the choice, which may be made again. */
export function ConflictPanel({ conflict, title }: Properties) {
  const texts = t.sync.conflicts;
  const { decide, task } = useDecision(conflict);
  const { decision, coll, entity, field } = conflict;
  const to = screenOf(coll, entity);
  const mayChoose = (choice: Decision): boolean => !task.busy && decision !== choice;
  useCommands(
    (['kept', 'lost'] as const).map((choice, index) => ({
      id: `conflict.${choice}`,
      title: texts.choose[choice],
      shortcut: String(index + 1),
      when: () => mayChoose(choice),
      run: () => decide(choice),
    })),
  );
  return (
    <div className="cv-conflict" aria-label={`${title} – ${fieldName(field, t.sync)}`} role="group">
      <div className="cv-row">
        <h2 className="cv-grow">{title}</h2>
        {to === '' ? null : (
          <button type="button" className="cv-link" onClick={() => navigate(to)}>
            {t.common.actions.open}
          </button>
        )}
      </div>
      <p>
        {texts.field}: <strong>{fieldName(field, t.sync)}</strong>{' '}
        <span className="cv-soft">· {texts.at(momentText(conflict.at))}</span>
      </p>
      <p className="cv-soft">{decision === '' ? texts.intro : texts.introDecided}</p>
      <div className="cv-conflict-sides">
        {(['kept', 'lost'] as const).map((choice, index) => (
          <Side key={choice} conflict={conflict} side={choice}>
            <Button
              variant={decision === choice ? 'default' : 'filled'}
              disabled={!mayChoose(choice)}
              title={String(index + 1)}
              onClick={() => void decide(choice)}
            >
              {texts.choose[choice]} <kbd>{index + 1}</kbd>
            </Button>
          </Side>
        ))}
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <Standing conflict={conflict} />
    </div>
  );
}

function useDecision(conflict: Stored<'conflicts'>) {
  const run = useRun();
  const task = useTask();
  const decide = async (decision: Decision): Promise<void> => {
    const done = await task.run(() =>
      run(async (context, read) => {
        const fresh = await read('conflicts', conflict.id);
        const row = isCollection(conflict.coll) ? await read(conflict.coll, conflict.entity) : null;
        if (fresh === null || row === null) throw new AppError('NOT_FOUND', conflict.entity);
        return decideConflict(context, fresh, decision, row.rev);
      }),
    );
    if (done) toast(t.sync.conflicts.done[decision]);
  };
  return { decide, task };
}

/** One of the two values, with who wrote it and when. */
function Side({
  conflict,
  side,
  children,
}: {
  readonly conflict: Stored<'conflicts'>;
  readonly side: Decision;
  readonly children: React.ReactNode;
}) {
  const texts = t.sync.conflicts;
  const nameOf = useNameOf();
  const by = side === 'kept' ? conflict.keptBy : conflict.lostBy;
  const at = (side === 'kept' ? conflict.keptAt : conflict.lostAt) ?? '';
  const who = nameOf(by) || by || t.sync.someone;
  const chosen = conflict.decision === side;
  return (
    <section className="cv-conflict-side" aria-label={texts.side[side]} data-chosen={chosen ? '' : undefined}>
      <div className="cv-row">
        <span className="cv-soft cv-small cv-grow">{texts.side[side]}</span>
        {chosen ? <StatusTag meaning="good">{texts.chosen}</StatusTag> : null}
      </div>
      <p className="cv-conflict-value">{valueInWords(conflict[side], t.sync, nameOf)}</p>
      <span className="cv-soft cv-small">
        {texts.by(who)} · {at === '' ? texts.timeUnknown : momentText(at)}
      </span>
      <div className="cv-row">{children}</div>
    </section>
  );
}

/** Who decided, and what the field says now where somebody has changed it since. */
function Standing({ conflict }: { readonly conflict: Stored<'conflicts'> }) {
  const texts = t.sync.conflicts;
  const nameOf = useNameOf();
  const { coll, entity, field, decision, decidedBy } = conflict;
  const row = useRow(isCollection(coll) ? coll : 'units', entity);
  const now = row === null || row === undefined ? undefined : valueAt(row, field);
  const expected = conflict[decision === '' ? 'kept' : decision];
  const changed = now !== undefined && !sameJson(now, expected);
  return (
    <>
      {decision === '' ? null : <p>{texts.decidedBy(nameOf(decidedBy) || t.sync.noPerson)}</p>}
      {changed ? <p>{texts.changedSince(valueInWords(now as Json, t.sync, nameOf))}</p> : null}
      <p className="cv-soft cv-small">{texts.kept}</p>
    </>
  );
}
