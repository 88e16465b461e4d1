import type { Stored } from '@shared/domain/plan';
import { useRef, useState } from 'react';
import { useRows } from '../../../data';
import { t } from '../../../i18n';
import { Chips, DocumentList, EmptyState, momentText, Panes, StatusTag, useCommands } from '../../../ui';
import { isCollection, useNameOf, useRowNames } from '../names';
import { fieldName, valueInWords } from '../operation-words';
import { ConflictPanel } from './ConflictPanel';
import { type ConflictChip, conflictAt, conflictChips, shownConflicts } from './conflict-list';

type Conflict = Stored<'conflicts'>;

/** D05: every field that two devices changed without knowing of each other, in one list; one screen to decide it. */
export function ConflictsTab() {
  const conflicts = useRows('conflicts');
  const nameOf = useNameOf();
  const rowName = useRowNames(conflicts ?? []);
  const [chip, setChip] = useState<ConflictChip>('open');
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState({ id: '', index: 0 });
  const input = useRef<HTMLInputElement>(null);
  useCommands([
    {
      id: 'sync.find-conflict',
      title: t.sync.conflicts.find,
      shortcut: 'Ctrl+F',
      run: () => input.current?.focus(),
    },
  ]);
  const titleOf = (conflict: Conflict): string => `${kindOf(conflict)}: ${rowName(conflict)}`;
  const textOf = (conflict: Conflict): string =>
    [
      titleOf(conflict),
      fieldName(conflict.field, t.sync),
      valueInWords(conflict.kept, t.sync, nameOf),
      valueInWords(conflict.lost, t.sync, nameOf),
      nameOf(conflict.keptBy),
      nameOf(conflict.lostBy),
    ].join(' · ');
  const shown = shownConflicts(conflicts ?? [], chip, text, textOf);
  const current = conflictAt(shown, cursor);
  const open = conflicts?.filter(({ decision }) => decision === '').length ?? 0;
  const list = (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <input
          ref={input}
          className="cv-list-filter cv-conflict-find"
          type="search"
          aria-label={t.sync.conflicts.find}
          placeholder={t.sync.conflicts.find}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Chips
          label={t.sync.conflicts.list}
          value={chip}
          onChange={setChip}
          chips={conflictChips.map((key) => ({
            key,
            label: t.sync.conflicts[key],
            count: key === 'open' ? open : (conflicts?.length ?? 0) - open,
          }))}
        />
      </header>
      <DocumentList
        label={t.sync.conflicts.list}
        rows={shown}
        idOf={({ id }) => id}
        textOf={textOf}
        activeId={current?.id ?? null}
        onActive={(id) => setCursor({ id, index: shown.findIndex((row) => row.id === id) })}
        renderRow={(conflict) => <ConflictRow conflict={conflict} title={titleOf(conflict)} />}
        empty={<Empty loading={conflicts === null} chip={chip} filtered={text.trim() !== ''} />}
      />
    </div>
  );
  const reader =
    current === null ? (
      <EmptyState title={t.sync.conflicts.noneHint} />
    ) : (
      <ConflictPanel key={current.id} conflict={current} title={titleOf(current)} />
    );
  return <Panes screen="conflicts" list={list} reader={reader} />;
}

function kindOf({ coll }: Conflict): string {
  return isCollection(coll) ? t.sync.kinds[coll] : coll;
}

function ConflictRow({ conflict, title }: { readonly conflict: Conflict; readonly title: string }) {
  const texts = t.sync.conflicts;
  const { decision, field, at } = conflict;
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-ellipsis">{title}</span>
      </div>
      <div className="cv-doc-second cv-ellipsis">
        {fieldName(field, t.sync)} · {momentText(at)}
      </div>
      <div className="cv-doc-side">
        {decision === '' ? (
          <StatusTag meaning="warn">{texts.openTag}</StatusTag>
        ) : (
          <StatusTag meaning="good">{texts.decidedTag[decision]}</StatusTag>
        )}
      </div>
    </div>
  );
}

function Empty({
  loading,
  chip,
  filtered,
}: {
  readonly loading: boolean;
  readonly chip: ConflictChip;
  readonly filtered: boolean;
}) {
  const texts = t.sync.conflicts;
  if (loading) return <EmptyState title={t.common.list.loading} />;
  if (filtered) return <EmptyState title={texts.nothingFound} />;
  return <EmptyState title={chip === 'open' ? texts.none : texts.noneDecided} />;
}
