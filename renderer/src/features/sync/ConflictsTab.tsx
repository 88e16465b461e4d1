import { Button } from '@mantine/core';
import { decideConflict } from '@shared/domain/conflicts';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useEffect, useState } from 'react';
import { navigate } from '../../app/router';
import { useRows, useRun, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, momentText, Section, StatusTag, useTask } from '../../ui';
import { isCollection, screenOf, useNameOf } from './names';
import { fieldName, nameOfRow, valueInWords } from './operation-words';

/** Fields that two devices changed without knowing of each other: both values, who and when, and the choice. */
export function ConflictsTab() {
  const conflicts = useRows('conflicts');
  const texts = t.sync.conflicts;
  if (conflicts === null) return <p className="cv-sync-page">{t.common.list.loading}</p>;
  const open = conflicts.filter((conflict) => conflict.decision === '');
  const decided = conflicts.filter((conflict) => conflict.decision !== '');
  if (conflicts.length === 0) return <EmptyState title={texts.none} hint={texts.noneHint} />;
  return (
    <div className="cv-sync-page">
      <Section title={`${texts.open} (${open.length})`}>
        <p className="cv-soft">{open.length === 0 ? texts.none : texts.intro}</p>
        {open.map((conflict) => (
          <ConflictCard key={conflict.id} conflict={conflict} />
        ))}
      </Section>
      {decided.length === 0 ? null : (
        <Section title={`${texts.decided} (${decided.length})`}>
          {decided.map((conflict) => (
            <ConflictCard key={conflict.id} conflict={conflict} />
          ))}
        </Section>
      )}
    </div>
  );
}

function ConflictCard({ conflict }: { readonly conflict: Stored<'conflicts'> }) {
  const texts = t.sync.conflicts;
  const nameOf = useNameOf();
  const run = useRun();
  const task = useTask();
  const entity = useEntityName(conflict.coll, conflict.entity);
  const decide = async (decision: 'kept' | 'lost'): Promise<void> => {
    await task.run(() =>
      run(async (context, read) => {
        const fresh = await read('conflicts', conflict.id);
        const row = isCollection(conflict.coll) ? await read(conflict.coll, conflict.entity) : null;
        if (fresh === null || row === null) throw new AppError('NOT_FOUND', conflict.entity);
        return decideConflict(context, fresh, decision, row.rev);
      }),
    );
  };
  const kind = isCollection(conflict.coll) ? t.sync.kinds[conflict.coll] : conflict.coll;
  const title = `${kind}: ${entity === '' ? conflict.entity : entity}`;
  const field = fieldName(conflict.field, t.sync);
  const to = screenOf(conflict.coll, conflict.entity);
  const open = conflict.decision === '';
  return (
    <article className="cv-conflict" aria-label={`${title} – ${field}`}>
      <div className="cv-row">
        <strong className="cv-grow">{title}</strong>
        {to === '' ? null : (
          <button type="button" className="cv-link" onClick={() => navigate(to)}>
            {t.common.actions.open}
          </button>
        )}
      </div>
      <p>
        {texts.field}: {field} <span className="cv-soft">· {texts.at(momentText(conflict.at))}</span>
      </p>
      <div className="cv-conflict-sides">
        <Side title={open ? texts.kept : texts.keptThen} by={nameOf(conflict.keptBy) || conflict.keptBy}>
          {valueInWords(conflict.kept, t.sync, nameOf)}
        </Side>
        <Side title={open ? texts.lost : texts.lostThen} by={nameOf(conflict.lostBy) || conflict.lostBy}>
          {valueInWords(conflict.lost, t.sync, nameOf)}
        </Side>
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      {open ? (
        <div className="cv-row">
          <Button disabled={task.busy} onClick={() => void decide('kept')}>
            {texts.keep}
          </Button>
          <Button disabled={task.busy} onClick={() => void decide('lost')}>
            {texts.useLost}
          </Button>
        </div>
      ) : (
        <Decision conflict={conflict} name={nameOf(conflict.decidedBy) || t.sync.noPerson} />
      )}
    </article>
  );
}

function Side({
  title,
  by,
  children,
}: {
  readonly title: string;
  readonly by: string;
  readonly children: string;
}) {
  return (
    <div className="cv-conflict-side">
      <span className="cv-soft cv-small">{title}</span>
      <p>{children}</p>
      <span className="cv-soft cv-small">{t.sync.conflicts.by(by === '' ? t.sync.someone : by)}</span>
    </div>
  );
}

function Decision({ conflict, name }: { readonly conflict: Stored<'conflicts'>; readonly name: string }) {
  const texts = t.sync.conflicts;
  const text = conflict.decision === 'kept' ? texts.decidedKept(name) : texts.decidedLost(name);
  return (
    <p>
      <StatusTag meaning="good">{text}</StatusTag>
    </p>
  );
}

/** What the row of a conflict is called; '' until read or where it is gone. */
function useEntityName(coll: string, id: string): string {
  const { store } = useWorkplace();
  const [name, setName] = useState('');
  useEffect(() => {
    let left = false;
    if (isCollection(coll))
      void store.read(coll, id).then((row) => {
        if (!left) setName(nameOfRow(row));
      });
    return () => {
      left = true;
    };
  }, [store, coll, id]);
  return name;
}
