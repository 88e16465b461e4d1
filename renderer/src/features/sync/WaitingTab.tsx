import { useMemo, useState } from 'react';
import { navigate } from '../../app/router';
import { type OutboxEntry, useCounts, useOutbox } from '../../data';
import { t } from '../../i18n';
import { type Column, DataGrid, EmptyState, momentText } from '../../ui';
import { screenOf, useNameOf, useSubjects } from './names';
import { mainChange } from './operation-words';

/** Exactly the operations the server has not answered yet, oldest first. */
export function WaitingTab() {
  const entries = useOutbox('pending');
  const { waiting } = useCounts();
  const nameOf = useNameOf();
  const subjects = useSubjects(useMemo(() => entries.map((entry) => entry.operation), [entries]));
  const [active, setActive] = useState<string | null>(null);
  const texts = t.sync.waiting;
  const subjectOf = (entry: OutboxEntry): string => {
    const name = subjects.get(entry.id) ?? '';
    const main = mainChange(entry.operation);
    return name === '' && main !== undefined ? t.sync.kinds[main.coll] : name;
  };
  const whoOf = (entry: OutboxEntry): string => nameOf(entry.operation.actor) || t.sync.noPerson;
  const columns: readonly Column<OutboxEntry>[] = [
    { key: 'n', title: texts.columns.n, width: '72px', align: 'end', render: ({ n }) => n },
    {
      key: 'what',
      title: texts.columns.what,
      width: '220px',
      render: ({ operation }) => t.sync.commands[operation.command],
    },
    { key: 'document', title: texts.columns.document, width: 'minmax(240px, 1fr)', render: subjectOf },
    { key: 'who', title: texts.columns.who, width: '180px', render: whoOf },
    {
      key: 'when',
      title: texts.columns.when,
      width: '140px',
      render: ({ operation }) => momentText(operation.at),
    },
  ];
  return (
    <>
      <DataGrid
        label={texts.list}
        rows={entries}
        columns={columns}
        idOf={(entry) => entry.id}
        textOf={(entry) => `${t.sync.commands[entry.operation.command]} ${subjectOf(entry)}`}
        activeId={active}
        onActive={setActive}
        onOpen={(id) => openSubject(entries.find((entry) => entry.id === id))}
        empty={<EmptyState title={texts.empty} hint={texts.emptyHint} />}
      />
      {waiting > entries.length ? <div className="cv-list-foot">{texts.count(waiting)}</div> : null}
    </>
  );
}

function openSubject(entry: OutboxEntry | undefined): void {
  const main = entry === undefined ? undefined : mainChange(entry.operation);
  const to = main === undefined ? '' : screenOf(main.coll, main.id);
  if (to !== '') navigate(to);
}
